#include "base/utf8.hpp"

namespace openlsa::base {

std::optional<std::uint32_t> next_utf8(std::string_view text, std::size_t& at) {
  const auto lead = static_cast<std::uint8_t>(text[at++]);
  if (lead < 0x80) return lead;
  int more = lead >= 0xf0 ? 3 : lead >= 0xe0 ? 2 : 1;
  if (lead < 0xc2 || lead > 0xf4) return std::nullopt;
  std::uint32_t point = lead & (0x3fu >> more);
  const std::uint32_t smallest = more == 1 ? 0x80 : more == 2 ? 0x800 : 0x10000;
  for (; more > 0; --more) {
    if (at >= text.size() || (static_cast<std::uint8_t>(text[at]) & 0xc0) != 0x80) return std::nullopt;
    point = point << 6 | (static_cast<std::uint8_t>(text[at++]) & 0x3fu);
  }
  if (point < smallest || point > 0x10ffff || (point >= 0xd800 && point < 0xe000)) return std::nullopt;
  return point;
}

}  // namespace openlsa::base
