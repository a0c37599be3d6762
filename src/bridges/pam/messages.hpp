// The messages of MSV1_0 that a logon program sends (MSV1_0_INTERACTIVE_LOGON, MSV1_0_CHANGEPASSWORD_REQUEST), each one
// block with its strings behind the structure, wiped when it goes. A package with the name that the administrator chose
// may be anybody's; this is the layout that all of them are asked in.
#pragma once

#include <optional>
#include <string_view>

#include "base/secret.hpp"

namespace openlsa::pam {

// Linux-PAM's own limit for an answer is PAM_MAX_RESP_SIZE.
inline constexpr std::size_t max_password_bytes = 512;
inline constexpr std::size_t max_user_bytes = 256;
inline constexpr std::size_t max_domain_bytes = 255;

// All are UTF-8. Nothing: one is too long, not UTF-8, or holds U+0000.
std::optional<base::Secret> interactive_logon_message(std::string_view domain, std::string_view user,
                                                      std::string_view password);
std::optional<base::Secret> change_password_message(std::string_view domain, std::string_view user,
                                                    std::string_view old_password, std::string_view new_password);

}  // namespace openlsa::pam
