// What the primitives share: views, wiping, comparison in constant time, and arrays that wipe themselves.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>

namespace openlsa::crypto {

using ByteView = std::span<const std::uint8_t>;
using MutableByteView = std::span<std::uint8_t>;

// Not removed by the optimiser, unlike memset of what is not read again.
inline void wipe(void* data, std::size_t size_bytes) {
  if (size_bytes != 0) explicit_bzero(data, size_bytes);
}
inline void wipe(MutableByteView view) { wipe(view.data(), view.size()); }

// Takes the same time wherever the difference is. Lengths are no secret.
inline bool equal_constant_time(ByteView a, ByteView b) {
  if (a.size() != b.size()) return false;
  unsigned difference = 0;
  for (std::size_t i = 0; i < a.size(); ++i) difference |= static_cast<unsigned>(a[i] ^ b[i]);
  // Keeps the loop from ending early once the difference is known.
  asm volatile("" : "+r"(difference));
  return difference == 0;
}

// A key: its bytes are wiped when it goes, nothing prints it, and only `reveal` leads to them.
template <std::size_t size_bytes>
class Wiped {
 public:
  Wiped() = default;
  explicit Wiped(std::span<const std::uint8_t, size_bytes> from) {
    std::memcpy(bytes_.data(), from.data(), size_bytes);
  }
  Wiped(const Wiped&) = default;
  Wiped& operator=(const Wiped&) = default;
  ~Wiped() { wipe(bytes_.data(), size_bytes); }

  std::span<const std::uint8_t, size_bytes> reveal() const { return bytes_; }
  std::span<std::uint8_t, size_bytes> reveal_mutable() { return bytes_; }

 private:
  std::array<std::uint8_t, size_bytes> bytes_{};
};

inline std::uint32_t load_le32(const std::uint8_t* from) {
  return static_cast<std::uint32_t>(from[0]) | static_cast<std::uint32_t>(from[1]) << 8 |
         static_cast<std::uint32_t>(from[2]) << 16 | static_cast<std::uint32_t>(from[3]) << 24;
}
inline void store_le32(std::uint8_t* to, std::uint32_t value) {
  for (int i = 0; i < 4; ++i) to[i] = static_cast<std::uint8_t>(value >> (8 * i));
}

}  // namespace openlsa::crypto
