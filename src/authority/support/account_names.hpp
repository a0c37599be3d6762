// Accounts by the names that packages use, and back.
#pragma once

#include <expected>
#include <optional>
#include <string_view>

#include "authority/accounts/account_store.hpp"
#include "nt/status.hpp"
#include "seam/values.hpp"

namespace openlsa::authority {

// "account", "DOMAIN\account", or a user principal name whose suffix is this machine's domain.
std::optional<Account> find_account(const AccountStore& accounts, std::u16string_view name);

// By a name of a SECPKG_NAME_TYPE. STATUS_INVALID_PARAMETER: no such type, no name, or an alternate id without its
// prefix. STATUS_NO_SUCH_USER.
std::expected<Account, nt::Status> find_account(const AccountStore& accounts, std::u16string_view name,
                                                std::uint32_t name_type, const seam::OptionalText& prefix);

// The account that stands in for one that is not there (OpenSamUser, AllowGuest): "Guest", when it is enabled.
std::optional<Account> find_guest(const AccountStore& accounts);

}  // namespace openlsa::authority
