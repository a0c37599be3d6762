// What a password may be ("Password must meet complexity requirements", "Minimum password length"). Passwords are
// UTF-16LE in a base::Secret, as Windows passes them.
#pragma once

#include <optional>
#include <string_view>

#include "authority/accounts/account.hpp"
#include "authority/accounts/account_policy.hpp"
#include "base/secret.hpp"

namespace openlsa::authority {

inline constexpr std::size_t max_password_units = 256;  // PWLEN

// From UTF-8 (terminals, files); nothing when it is none.
std::optional<base::Secret> password_from_utf8(base::ByteView utf8);
// STATUS_ILL_FORMED_PASSWORD would be the answer: half a unit, too long, or a NUL in it.
bool is_well_formed_password(base::ByteView password);
bool is_long_enough(base::ByteView password, const AccountPolicy& policy);
// Neither the account's name nor a part of the full name is in it, and three of the five kinds of characters are.
bool is_complex(base::ByteView password, std::string_view name, std::string_view full_name);

}  // namespace openlsa::authority
