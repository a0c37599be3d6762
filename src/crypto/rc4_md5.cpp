#include "crypto/rc4_md5.hpp"

#include <algorithm>

#include "crypto/rc4_chunk.hpp"

namespace openlsa::crypto {
namespace {

constexpr std::size_t block_bytes = Md5::block_bytes;
static_assert(block_bytes == Rc4::chunk_bytes);

// What brings the hash to the begin of a block.
std::size_t bytes_to_block(const Md5& hash, std::size_t available) {
  return std::min((block_bytes - hash.held_bytes()) % block_bytes, available);
}

}  // namespace

void Md5RoundsBeside::operator()(HashState& state, const std::uint8_t* first, std::size_t blocks) const {
  for (; blocks != 0; --blocks, first += block_bytes) {
    if (cipher_.has_room())
      cipher_.add_chunk([&](Rc4::State& cipher, std::uint8_t* place) {
        rc4_chunk_and_md5_block<FastForm>(cipher, place, state, first);
      });
    else
      Md5Rounds::compress(state, first, 1);
  }
}

// The cipher is behind the hash: by less than a block before each round, by at least one after it.
void hash_and_encrypt(Md5& hash, Rc4& cipher, MutableByteView data) {
  const Md5RoundsBeside rounds(cipher);
  std::size_t hashed = bytes_to_block(hash, data.size()), encrypted = 0;
  hash.update(data.first(hashed), rounds);
  for (; data.size() - hashed >= block_bytes; hashed += block_bytes, encrypted += block_bytes) {
    rounds(hash.state(), data.data() + hashed, 1);
    hash.count_blocks(1);
    cipher.apply_chunk(data.data() + encrypted);
  }
  hash.update(data.subspan(hashed), rounds);
  cipher.apply(data.subspan(encrypted));
}

// The hash is one block behind the cipher.
void decrypt_and_hash(Md5& hash, Rc4& cipher, MutableByteView data) {
  const Md5RoundsBeside rounds(cipher);
  const std::size_t first = bytes_to_block(hash, data.size());
  cipher.apply(data.first(first));
  hash.update(data.first(first), rounds);
  data = data.subspan(first);
  if (data.size() >= block_bytes) cipher.apply(data.first(block_bytes));
  for (; data.size() >= block_bytes; data = data.subspan(block_bytes)) {
    rounds(hash.state(), data.data(), 1);
    hash.count_blocks(1);
    if (data.size() >= 2 * block_bytes) cipher.apply_chunk(data.data() + block_bytes);
  }
  cipher.apply(data);
  hash.update(data, rounds);
}

}  // namespace openlsa::crypto
