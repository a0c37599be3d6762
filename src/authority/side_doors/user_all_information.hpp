// An account as a sub-authentication package sees it, without its key.
#pragma once

#include "authority/accounts/account_store.hpp"
#include "seam/door_calls.hpp"

namespace openlsa::authority {

seam::UserAllInformation user_all_information(const AccountStore& accounts, const Account& account);

}  // namespace openlsa::authority
