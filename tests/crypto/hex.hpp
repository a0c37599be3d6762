// Bytes written as hexadecimal digits; blanks between them count for nothing.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdlib>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace openlsa::test {

using Bytes = std::vector<std::uint8_t>;

inline Bytes hex(std::string_view text) {
  Bytes bytes;
  int digits = 0;
  unsigned value = 0;
  for (const char c : text) {
    if (c == ' ' || c == '\n') continue;
    const unsigned digit = c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10u : 16;
    if (digit == 16) std::abort();
    value = value << 4 | digit;
    if (++digits % 2 == 0) {
      bytes.push_back(static_cast<std::uint8_t>(value));
      value = 0;
    }
  }
  if (digits % 2 != 0) std::abort();
  return bytes;
}

inline std::string hex(std::span<const std::uint8_t> bytes) {
  std::string text;
  for (const std::uint8_t byte : bytes) {
    text += "0123456789abcdef"[byte >> 4];
    text += "0123456789abcdef"[byte & 15];
  }
  return text;
}

inline Bytes bytes(std::string_view text) { return {text.begin(), text.end()}; }

template <std::size_t size>
std::array<std::uint8_t, size> array(std::string_view text) {
  const Bytes from = hex(text);
  if (from.size() != size) std::abort();
  std::array<std::uint8_t, size> to;
  std::copy(from.begin(), from.end(), to.begin());
  return to;
}

}  // namespace openlsa::test
