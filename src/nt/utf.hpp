// UTF-16 (the strings of the API) and UTF-8 (files, terminals). Invalid input gives nothing, never a guess.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace openlsa::nt {

std::optional<std::u16string> to_utf16(std::string_view utf8);
std::optional<std::string> to_utf8(std::u16string_view utf16);
// For messages and logs only: what is not valid becomes U+FFFD.
std::string to_utf8_lossy(std::u16string_view utf16);

// Names of accounts and packages compare without case: by the upper case that NTOWFv2 takes of a user name.
char16_t fold_case(char16_t unit);
bool equal_names(std::u16string_view a, std::u16string_view b);

}  // namespace openlsa::nt
