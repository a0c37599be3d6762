// Byte sequences. Owned bytes are a vector, borrowed bytes a span; secrets have their own type (secret.hpp).
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <string_view>
#include <vector>

namespace openlsa::base {

using Bytes = std::vector<std::uint8_t>;
using ByteView = std::span<const std::uint8_t>;
using MutableByteView = std::span<std::uint8_t>;

inline ByteView as_bytes(std::string_view text) {
  return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

inline ByteView as_bytes(const void* data, std::size_t size_bytes) {
  return {static_cast<const std::uint8_t*>(data), size_bytes};
}

inline Bytes to_bytes(ByteView view) { return {view.begin(), view.end()}; }

inline bool equal(ByteView a, ByteView b) {
  return a.size() == b.size() && (a.empty() || std::memcmp(a.data(), b.data(), a.size()) == 0);
}

// Equality without a data-dependent branch, for values that an attacker may probe (MACs, challenges).
inline bool equal_constant_time(ByteView a, ByteView b) {
  if (a.size() != b.size()) return false;
  std::uint8_t difference = 0;
  for (std::size_t i = 0; i < a.size(); ++i) difference |= static_cast<std::uint8_t>(a[i] ^ b[i]);
  return difference == 0;
}

}  // namespace openlsa::base
