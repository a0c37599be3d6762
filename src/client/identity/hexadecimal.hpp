// Bytes as characters that any string can hold.
#pragma once

#include <string_view>

#include "base/bytes.hpp"

namespace openlsa::client {

// Two characters a byte, without terminator.
inline void write_hexadecimal(base::ByteView bytes, char16_t* out) {
  constexpr char16_t digits[] = u"0123456789ABCDEF";
  for (const std::uint8_t byte : bytes) {
    *out++ = digits[byte >> 4];
    *out++ = digits[byte & 15];
  }
}

// -1 for what is no digit. One spelling only, so that there is one text for the same bytes.
inline int hexadecimal_digit(char16_t character) {
  if (character >= u'0' && character <= u'9') return character - u'0';
  if (character >= u'A' && character <= u'F') return character - u'A' + 10;
  return -1;
}

// Exactly out.size() bytes, from exactly twice as many digits.
inline bool read_hexadecimal(std::u16string_view text, base::MutableByteView out) {
  if (text.size() != 2 * out.size()) return false;
  for (std::size_t i = 0; i < out.size(); ++i) {
    const int high = hexadecimal_digit(text[2 * i]), low = hexadecimal_digit(text[2 * i + 1]);
    if (high < 0 || low < 0) return false;
    out[i] = static_cast<std::uint8_t>(high << 4 | low);
  }
  return true;
}

}  // namespace openlsa::client
