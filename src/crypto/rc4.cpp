#include "crypto/rc4.hpp"

#include <bitset>
#include <utility>

namespace openlsa::crypto {

Rc4::Rc4(ByteView key) {
  auto& table = state_.table;
  for (std::uint32_t i = 0; i < 256; ++i) table[i] = i;
  if (key.empty()) return;
  std::uint32_t j = 0;
  for (std::size_t i = 0, k = 0; i < 256; ++i) {
    j = (j + table[i] + key[k]) & 0xff;
    std::swap(table[i], table[j]);
    if (++k == key.size()) k = 0;
  }
}

void Rc4::apply(MutableByteView data) {
  std::uint32_t* const table = state_.table.data();
  std::uint32_t i = state_.i, j = state_.j;
  for (std::uint8_t& byte : data) {
    i = (i + 1) & 0xff;
    const std::uint32_t x = table[i];
    j = (j + x) & 0xff;
    const std::uint32_t y = table[j];
    table[i] = y;
    table[j] = x;
    byte ^= static_cast<std::uint8_t>(table[(x + y) & 0xff]);
  }
  state_.i = i;
  state_.j = j;
}

void Rc4::pack(std::span<std::uint8_t, packed_bytes> out) const {
  for (std::size_t i = 0; i < 256; ++i) out[i] = static_cast<std::uint8_t>(state_.table[i]);
  out[256] = static_cast<std::uint8_t>(state_.i);
  out[257] = static_cast<std::uint8_t>(state_.j);
}

bool Rc4::unpack(std::span<const std::uint8_t, packed_bytes> from) {
  std::bitset<256> seen;
  for (std::size_t i = 0; i < 256; ++i) seen.set(from[i]);
  if (!seen.all()) return false;
  for (std::size_t i = 0; i < 256; ++i) state_.table[i] = from[i];
  state_.i = from[256];
  state_.j = from[257];
  return true;
}

void rc4_once(ByteView key, MutableByteView data) { Rc4(key).apply(data); }

}  // namespace openlsa::crypto
