// Accounts by the names that packages use, and back.
#pragma once

#include <optional>
#include <string_view>

#include "authority/accounts/account_store.hpp"

namespace openlsa::authority {

// "account", "DOMAIN\account", or a user principal name whose suffix is this machine's domain.
std::optional<Account> find_account(const AccountStore& accounts, std::u16string_view name);

}  // namespace openlsa::authority
