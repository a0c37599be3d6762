// UTF-8 (RFC 3629), one character at a time.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace openlsa::base {

// The code point at `at`, which moves behind it; nothing when the bytes are not UTF-8 (then `at` stands on or behind
// the byte that is wrong, and always further than before).
std::optional<std::uint32_t> next_utf8(std::string_view text, std::size_t& at);

}  // namespace openlsa::base
