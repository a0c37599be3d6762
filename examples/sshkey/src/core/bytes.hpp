// Byte sequences: owned, borrowed, and of a fixed size.
#pragma once

#include <array>
#include <cstdint>
#include <cstring>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace sshkey {

using Bytes = std::vector<std::uint8_t>;
using View = std::span<const std::uint8_t>;
using MutableView = std::span<std::uint8_t>;
using Fixed32 = std::array<std::uint8_t, 32>;

inline View view_of(std::string_view text) { return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()}; }
inline std::string text_of(View bytes) { return {reinterpret_cast<const char*>(bytes.data()), bytes.size()}; }
inline Bytes copy_of(View bytes) { return {bytes.begin(), bytes.end()}; }

inline bool equal(View a, View b) {
  return a.size() == b.size() && (a.empty() || std::memcmp(a.data(), b.data(), a.size()) == 0);
}

// Without a branch on the data, for values that an attacker may probe.
inline bool equal_constant_time(View a, View b) {
  if (a.size() != b.size()) return false;
  std::uint8_t difference = 0;
  for (std::size_t i = 0; i < a.size(); ++i) difference |= static_cast<std::uint8_t>(a[i] ^ b[i]);
  return difference == 0;
}

// Lower-case hexadecimal.
std::string to_hex(View bytes);
// Exactly 64 hexadecimal digits; false for anything else, `out` is then unchanged.
bool from_hex(std::string_view text, Fixed32& out);

}  // namespace sshkey
