#include "crypto/des.hpp"

#include "crypto/des_tables.hpp"

namespace openlsa::crypto {
namespace {

// Gathers the bits that the table names out of the `width` low bits of the value.
template <std::size_t size>
std::uint64_t permute(std::uint64_t value, unsigned width, const std::array<std::uint8_t, size>& table) {
  std::uint64_t out = 0;
  for (const std::uint8_t position : table) out = out << 1 | (value >> (width - position) & 1);
  return out;
}

std::uint64_t load_be64(const std::uint8_t* from) {
  std::uint64_t value = 0;
  for (int i = 0; i < 8; ++i) value = value << 8 | from[i];
  return value;
}

std::uint32_t rotate_28(std::uint32_t value, unsigned by) { return (value << by | value >> (28 - by)) & 0xfffffff; }

std::uint32_t round_function(std::uint32_t right, std::uint64_t round_key) {
  const std::uint64_t mixed = permute(right, 32, des::expansion) ^ round_key;
  std::uint32_t out = 0;
  for (unsigned box = 0; box < 8; ++box) {
    const auto six = static_cast<unsigned>(mixed >> (42 - 6 * box)) & 0x3f;
    // The outer bits choose the row, the inner four the column.
    const unsigned place = (six & 0x20) | (six & 1) << 4 | (six >> 1 & 0xf);
    out = out << 4 | des::substitution[box][place];
  }
  return static_cast<std::uint32_t>(permute(out, 32, des::permutation));
}

std::uint64_t encrypt(std::uint64_t key, std::uint64_t block) {
  const std::uint64_t chosen = permute(key, 64, des::key_choice_1);
  auto c = static_cast<std::uint32_t>(chosen >> 28), d = static_cast<std::uint32_t>(chosen & 0xfffffff);
  const std::uint64_t start = permute(block, 64, des::initial_permutation);
  auto left = static_cast<std::uint32_t>(start >> 32), right = static_cast<std::uint32_t>(start);
  for (const std::uint8_t shift : des::key_shifts) {
    c = rotate_28(c, shift);
    d = rotate_28(d, shift);
    const std::uint64_t round_key = permute(std::uint64_t{c} << 28 | d, 56, des::key_choice_2);
    const std::uint32_t next = left ^ round_function(right, round_key);
    left = right;
    right = next;
  }
  return permute(std::uint64_t{right} << 32 | left, 64, des::final_permutation);
}

// The 56 bits of the key in groups of seven, each followed by the unused parity bit.
std::uint64_t spread(std::span<const std::uint8_t, 7> key) {
  std::uint64_t bits = 0, spread_out = 0;
  for (const std::uint8_t byte : key) bits = bits << 8 | byte;
  for (int group = 0; group < 8; ++group) spread_out = spread_out << 8 | (bits >> (49 - 7 * group) & 0x7f) << 1;
  return spread_out;
}

}  // namespace

DesBlock des_of_7_bytes(std::span<const std::uint8_t, 7> key, const DesBlock& block) {
  const std::uint64_t out = encrypt(spread(key), load_be64(block.data()));
  DesBlock result;
  for (std::size_t i = 0; i < 8; ++i) result[i] = static_cast<std::uint8_t>(out >> (56 - 8 * i));
  return result;
}

std::array<std::uint8_t, 24> desl(std::span<const std::uint8_t, 16> key, const DesBlock& block) {
  Wiped<21> padded;
  std::memcpy(padded.reveal_mutable().data(), key.data(), key.size());
  std::array<std::uint8_t, 24> response;
  const auto keys = padded.reveal();
  const DesBlock first = des_of_7_bytes(keys.subspan<0, 7>(), block);
  const DesBlock second = des_of_7_bytes(keys.subspan<7, 7>(), block);
  const DesBlock third = des_of_7_bytes(keys.subspan<14, 7>(), block);
  std::memcpy(response.data(), first.data(), 8);
  std::memcpy(response.data() + 8, second.data(), 8);
  std::memcpy(response.data() + 16, third.data(), 8);
  return response;
}

}  // namespace openlsa::crypto
