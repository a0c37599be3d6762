#include "core/utf.hpp"

#include <cstdint>

namespace sshkey {
namespace {

bool is_high(char32_t c) { return c >= 0xd800 && c < 0xdc00; }
bool is_low(char32_t c) { return c >= 0xdc00 && c < 0xe000; }

void append_utf8(std::string& out, char32_t c) {
  if (c < 0x80) {
    out += static_cast<char>(c);
  } else if (c < 0x800) {
    out += static_cast<char>(0xc0 | c >> 6);
    out += static_cast<char>(0x80 | (c & 63));
  } else if (c < 0x10000) {
    out += static_cast<char>(0xe0 | c >> 12);
    out += static_cast<char>(0x80 | (c >> 6 & 63));
    out += static_cast<char>(0x80 | (c & 63));
  } else {
    out += static_cast<char>(0xf0 | c >> 18);
    out += static_cast<char>(0x80 | (c >> 12 & 63));
    out += static_cast<char>(0x80 | (c >> 6 & 63));
    out += static_cast<char>(0x80 | (c & 63));
  }
}

// The code point at `i`, which moves past it; nothing for an ill-formed or overlong sequence (Unicode, table 3-7).
std::optional<char32_t> next_of_utf8(std::string_view text, std::size_t& i) {
  const auto byte = [&](std::size_t at) { return static_cast<std::uint8_t>(text[at]); };
  const std::uint8_t lead = byte(i);
  if (lead < 0x80) return static_cast<char32_t>(text[i++]);
  const int more = lead >= 0xf0 ? 3 : lead >= 0xe0 ? 2 : 1;
  if (lead < 0xc2 || lead > 0xf4 || text.size() - i <= static_cast<std::size_t>(more)) return std::nullopt;
  char32_t c = lead & (0x3f >> more);
  for (int k = 1; k <= more; ++k) {
    const std::uint8_t next = byte(i + static_cast<std::size_t>(k));
    if ((next & 0xc0) != 0x80) return std::nullopt;
    c = c << 6 | (next & 0x3f);
  }
  constexpr char32_t smallest[] = {0, 0x80, 0x800, 0x10000};
  if (c < smallest[more] || c > 0x10ffff || is_high(c) || is_low(c)) return std::nullopt;
  i += static_cast<std::size_t>(more) + 1;
  return c;
}

}  // namespace

std::optional<std::string> to_utf8(std::u16string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    char32_t c = text[i];
    if (is_low(c) || (is_high(c) && (i + 1 == text.size() || !is_low(text[i + 1])))) return std::nullopt;
    if (is_high(c)) c = 0x10000 + ((c - 0xd800) << 10) + (text[++i] - 0xdc00u);
    append_utf8(out, c);
  }
  return out;
}

std::optional<std::u16string> to_utf16(std::string_view text) {
  std::u16string out;
  for (std::size_t i = 0; i < text.size();) {
    const auto c = next_of_utf8(text, i);
    if (!c) return std::nullopt;
    if (*c >= 0x10000) {
      out += static_cast<char16_t>(0xd800 + ((*c - 0x10000) >> 10));
      out += static_cast<char16_t>(0xdc00 + ((*c - 0x10000) & 0x3ff));
    } else {
      out += static_cast<char16_t>(*c);
    }
  }
  return out;
}

}  // namespace sshkey
