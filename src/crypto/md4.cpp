#include "crypto/md4.hpp"

#include <bit>

namespace openlsa::crypto {
namespace {

using Words = std::array<std::uint32_t, 16>;

std::uint32_t choose(std::uint32_t x, std::uint32_t y, std::uint32_t z) { return (x & y) | (~x & z); }
std::uint32_t majority(std::uint32_t x, std::uint32_t y, std::uint32_t z) { return (x & y) | (x & z) | (y & z); }
std::uint32_t parity(std::uint32_t x, std::uint32_t y, std::uint32_t z) { return x ^ y ^ z; }

// Sixteen steps of a round; the roles of the four words turn with each step.
template <auto function>
void round(HashState& s, const Words& words, const std::array<int, 16>& order, const std::array<int, 4>& shifts,
           std::uint32_t constant) {
  for (std::size_t i = 0; i < 16; ++i) {
    std::uint32_t& a = s[(16 - i) % 4];
    const std::uint32_t b = s[(17 - i) % 4], c = s[(18 - i) % 4], d = s[(19 - i) % 4];
    a = std::rotl(a + function(b, c, d) + words[static_cast<std::size_t>(order[i])] + constant, shifts[i % 4]);
  }
}

}  // namespace

void Md4Rounds::compress(HashState& state, const std::uint8_t* first, std::size_t blocks) {
  Words words;
  HashState work;
  for (; blocks != 0; --blocks, first += 64) {
    for (std::size_t i = 0; i < 16; ++i) words[i] = load_le32(first + 4 * i);
    work = state;
    round<choose>(work, words, {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15}, {3, 7, 11, 19}, 0);
    round<majority>(work, words, {0, 4, 8, 12, 1, 5, 9, 13, 2, 6, 10, 14, 3, 7, 11, 15}, {3, 5, 9, 13}, 0x5a827999);
    round<parity>(work, words, {0, 8, 4, 12, 2, 10, 6, 14, 1, 9, 5, 13, 3, 11, 7, 15}, {3, 9, 11, 15}, 0x6ed9eba1);
    for (std::size_t i = 0; i < 4; ++i) state[i] += work[i];
  }
  wipe(words.data(), sizeof words);
  wipe(work.data(), sizeof work);
}

}  // namespace openlsa::crypto
