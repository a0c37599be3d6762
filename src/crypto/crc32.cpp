#include "crypto/crc32.hpp"

namespace openlsa::crypto {
namespace {

consteval std::array<std::uint32_t, 256> make_table() {
  std::array<std::uint32_t, 256> table{};
  for (std::uint32_t n = 0; n < 256; ++n) {
    std::uint32_t c = n;
    for (int bit = 0; bit < 8; ++bit) c = (c & 1) != 0 ? 0xedb88320 ^ (c >> 1) : c >> 1;
    table[n] = c;
  }
  return table;
}
constexpr auto table = make_table();

}  // namespace

void Crc32::update(ByteView data) {
  for (const std::uint8_t byte : data) register_ = table[(register_ ^ byte) & 0xff] ^ (register_ >> 8);
}

}  // namespace openlsa::crypto
