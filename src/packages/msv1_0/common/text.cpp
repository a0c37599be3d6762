#include "common/text.hpp"

namespace msv1_0 {
namespace {

// The length of the sequence that begins with `lead`, and the bits of it that count; 0 for what begins none.
std::size_t sequence_length(unsigned char lead, char32_t& value) {
  if (lead < 0x80) return value = lead, 1;
  if (lead >= 0xc2 && lead < 0xe0) return value = lead & 0x1f, 2;
  if (lead >= 0xe0 && lead < 0xf0) return value = lead & 0x0f, 3;
  if (lead >= 0xf0 && lead < 0xf5) return value = lead & 0x07, 4;
  return 0;
}

bool is_scalar(char32_t value, std::size_t length) {
  constexpr char32_t smallest[] = {0, 0, 0x80, 0x800, 0x10000};
  return value >= smallest[length] && value <= 0x10ffff && !(value >= 0xd800 && value < 0xe000);
}

}  // namespace

std::optional<std::u16string> from_ansi(std::string_view text) {
  std::u16string out;
  while (!text.empty()) {
    char32_t value = 0;
    const std::size_t length = sequence_length(static_cast<unsigned char>(text.front()), value);
    if (length == 0 || length > text.size()) return std::nullopt;
    for (std::size_t i = 1; i < length; ++i) {
      const auto byte = static_cast<unsigned char>(text[i]);
      if ((byte & 0xc0) != 0x80) return std::nullopt;
      value = value << 6 | (byte & 0x3f);
    }
    if (!is_scalar(value, length)) return std::nullopt;
    if (value >= 0x10000) {
      value -= 0x10000;
      out += static_cast<char16_t>(0xd800 + (value >> 10));
      out += static_cast<char16_t>(0xdc00 + (value & 0x3ff));
    } else {
      out += static_cast<char16_t>(value);
    }
    text.remove_prefix(length);
  }
  return out;
}

}  // namespace msv1_0
