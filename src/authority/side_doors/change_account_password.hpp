// A new password for an account, as every writer of one makes it: the policy, the password filters, the store, the
// notification packages, in this order.
#pragma once

#include "authority/accounts/change_password.hpp"
#include "authority/packages/running_calls.hpp"

namespace openlsa::authority {

class Authority;

// What change_password() answers; besides STATUS_ILL_FORMED_PASSWORD and STATUS_PASSWORD_RESTRICTION of the filters.
// May wait for them and for those that are told, with no lock held, until `until` and then a little.
nt::Status change_account_password(Authority& authority, PasswordChange change, RunningCalls::Clock::time_point until);

}  // namespace openlsa::authority
