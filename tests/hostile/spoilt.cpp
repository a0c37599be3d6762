#include "hostile/spoilt.hpp"

#include "hostile/soak.hpp"

namespace openlsa::test {
namespace {

constexpr std::size_t header_size = sizeof(wire::FrameHeader);

}  // namespace

std::vector<Spoilt> truncations(const Datagram& good) {
  std::vector<Spoilt> all;
  for (std::size_t size = 0; size < good.size(); ++size) {
    const Datagram cut(good.begin(), good.begin() + static_cast<std::ptrdiff_t>(size));
    all.push_back({"the first " + std::to_string(size) + " bytes", cut});
    if (size < header_size) continue;
    all.push_back({"a body of " + std::to_string(size - header_size) + " bytes", cut});
    wire::FrameHeader header = header_of(cut);
    header.body_size_bytes = static_cast<std::uint32_t>(size - header_size);
    set_header(all.back().datagram, header);
  }
  return all;
}

std::vector<Spoilt> bit_flips(const Datagram& good) {
  std::vector<Spoilt> all;
  const std::size_t step = soak() ? 1 : 7;
  for (std::size_t bit = 0; bit < 8 * good.size(); bit += bit < 8 * header_size ? 1 : step) {
    all.push_back({"bit " + std::to_string(bit % 8) + " of byte " + std::to_string(bit / 8), good});
    all.back().datagram[bit / 8] ^= static_cast<std::uint8_t>(1 << bit % 8);
  }
  return all;
}

}  // namespace openlsa::test
