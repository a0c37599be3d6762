// The times of a profile.
#pragma once

#include "authority/accounts/account.hpp"
#include "authority/accounts/account_policy.hpp"
#include "seam/door_calls.hpp"

namespace openlsa::authority {

seam::AccountTimes account_times(const Account& account, const AccountPolicy& policy, nt::FileTime now);

}  // namespace openlsa::authority
