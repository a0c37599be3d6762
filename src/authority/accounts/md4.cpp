#include "authority/accounts/md4.hpp"

#include <bit>
#include <cstring>

#include "base/secret.hpp"

namespace openlsa::authority {
namespace {

using State = std::array<std::uint32_t, 4>;

// RFC 1320 3.4: three rounds of sixteen steps; each round has its function, its constant, its order of the words and
// its four rotations.
void add_block(State& state, const std::uint8_t* block) {
  static constexpr std::uint8_t order[3][16] = {{0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15},
                                                {0, 4, 8, 12, 1, 5, 9, 13, 2, 6, 10, 14, 3, 7, 11, 15},
                                                {0, 8, 4, 12, 2, 10, 6, 14, 1, 9, 5, 13, 3, 11, 7, 15}};
  static constexpr std::uint8_t rotation[3][4] = {{3, 7, 11, 19}, {3, 5, 9, 13}, {3, 9, 11, 15}};
  static constexpr std::uint32_t constant[3] = {0, 0x5a827999, 0x6ed9eba1};
  std::uint32_t words[16];
  for (int i = 0; i < 16; ++i)
    words[i] = std::uint32_t{block[4 * i]} | std::uint32_t{block[4 * i + 1]} << 8 |
               std::uint32_t{block[4 * i + 2]} << 16 | std::uint32_t{block[4 * i + 3]} << 24;
  auto [a, b, c, d] = state;
  for (int round = 0; round < 3; ++round) {
    for (int step = 0; step < 16; ++step) {
      const std::uint32_t mixed = round == 0   ? (b & c) | (~b & d)
                                  : round == 1 ? (b & c) | (b & d) | (c & d)
                                               : b ^ c ^ d;
      const std::uint32_t turned =
          std::rotl(a + mixed + words[order[round][step]] + constant[round], rotation[round][step % 4]);
      a = d;
      d = c;
      c = b;
      b = turned;
    }
  }
  state = {state[0] + a, state[1] + b, state[2] + c, state[3] + d};
  base::wipe(words, sizeof words);
}

}  // namespace

std::array<std::uint8_t, 16> md4(std::span<const std::uint8_t> message) {
  State state = {0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476};
  std::size_t done = 0;
  for (; message.size() - done >= 64; done += 64) add_block(state, message.data() + done);
  // What is left, a bit that is set, zeros, and the length in bits.
  std::uint8_t tail[128] = {};
  const std::size_t left = message.size() - done;
  if (left != 0) std::memcpy(tail, message.data() + done, left);
  tail[left] = 0x80;
  const std::size_t tail_bytes = left < 56 ? 64 : 128;
  const std::uint64_t bits = std::uint64_t{message.size()} * 8;
  for (int i = 0; i < 8; ++i)
    tail[tail_bytes - 8 + static_cast<std::size_t>(i)] = static_cast<std::uint8_t>(bits >> 8 * i);
  for (std::size_t at = 0; at < tail_bytes; at += 64) add_block(state, tail + at);
  base::wipe(tail, sizeof tail);
  std::array<std::uint8_t, 16> digest{};
  for (std::size_t i = 0; i < 16; ++i) digest[i] = static_cast<std::uint8_t>(state[i / 4] >> 8 * (i % 4));
  base::wipe(state.data(), sizeof state);
  return digest;
}

}  // namespace openlsa::authority
