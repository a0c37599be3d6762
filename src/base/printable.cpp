#include "base/printable.hpp"

#include <cstddef>
#include <cstdint>

#include "base/utf8.hpp"

namespace openlsa::base {
namespace {

// C0 and C1 controls, line and paragraph separators, and the bidirectional formatting characters.
bool steers(std::uint32_t code) {
  return code < 0x20 || (code >= 0x7f && code < 0xa0) || code == 0x61c || code == 0x200e || code == 0x200f ||
         (code >= 0x2028 && code <= 0x202e) || (code >= 0x2066 && code <= 0x2069);
}

}  // namespace

std::string printable(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t first = at;
    const std::optional<std::uint32_t> code = next_utf8(text, at);
    if (!code) at = first + 1;  // each byte that is none by itself
    if (text[first] == '\n' || text[first] == '\t')
      out += ' ';
    else if (!code || steers(*code))
      out += '?';
    else
      out += text.substr(first, at - first);
  }
  return out;
}

}  // namespace openlsa::base
