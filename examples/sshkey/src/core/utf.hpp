// UTF-16 is the text of the API, UTF-8 that of files and messages. What is not valid gives nothing, never a guess.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace sshkey {

std::optional<std::string> to_utf8(std::u16string_view text);
std::optional<std::u16string> to_utf16(std::string_view text);

}  // namespace sshkey
