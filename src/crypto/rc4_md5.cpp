#include "crypto/rc4_md5.hpp"

#include <algorithm>

#include "crypto/md5_steps.hpp"

namespace openlsa::crypto {
namespace {

constexpr std::size_t block_bytes = Md5::block_bytes;
using Words = std::array<std::uint32_t, 16>;

void load(Words& words, const std::uint8_t* from) {
  for (std::size_t i = 0; i < words.size(); ++i) words[i] = load_le32(from + 4 * i);
}

// Takes `words` into the hash, and puts the next 64 bytes of the key stream over `data`: a byte of the one between two
// steps of the other.
[[gnu::always_inline]] inline void block(HashState& hash, const Words& words, Rc4::State& cipher, std::uint8_t* data) {
  std::uint32_t a = hash[0], b = hash[1], c = hash[2], d = hash[3];
  std::uint32_t* const table = cipher.table.data();
  std::uint32_t i = cipher.i, j = cipher.j, stream = 0;
#define OPENLSA_WORD(n) words[n]
#define OPENLSA_RC4_BYTE(n)                                           \
  {                                                                   \
    i = (i + 1) & 0xff;                                               \
    const std::uint32_t x = table[i];                                 \
    j = (j + x) & 0xff;                                               \
    const std::uint32_t y = table[j];                                 \
    table[i] = y;                                                     \
    table[j] = x;                                                     \
    stream |= table[(x + y) & 0xff] << 8 * ((n) % 4);                 \
    if ((n) % 4 == 3) {                                               \
      store_le32(data + (n) - 3, load_le32(data + (n) - 3) ^ stream); \
      stream = 0;                                                     \
    }                                                                 \
  }
  OPENLSA_MD5_STEPS(OPENLSA_WORD, OPENLSA_RC4_BYTE)
#undef OPENLSA_RC4_BYTE
#undef OPENLSA_WORD
  hash[0] += a, hash[1] += b, hash[2] += c, hash[3] += d;
  cipher.i = i;
  cipher.j = j;
}

// What brings the hash to the begin of a block.
std::size_t bytes_to_block(const Md5& hash, std::size_t available) {
  return std::min((block_bytes - hash.held_bytes()) % block_bytes, available);
}

}  // namespace

void hash_and_encrypt(Md5& hash, Rc4& cipher, MutableByteView data) {
  const std::size_t first = bytes_to_block(hash, data.size());
  hash.update(data.first(first));
  cipher.apply(data.first(first));
  data = data.subspan(first);
  const std::size_t blocks = data.size() / block_bytes;
  Words words;
  for (std::size_t n = 0; n < blocks; ++n) {
    load(words, data.data() + n * block_bytes);
    block(hash.state(), words, cipher.state(), data.data() + n * block_bytes);
  }
  hash.count_blocks(blocks);
  wipe(words.data(), sizeof words);
  data = data.subspan(blocks * block_bytes);
  hash.update(data);
  cipher.apply(data);
}

// The hash is one block behind the cipher.
void decrypt_and_hash(Md5& hash, Rc4& cipher, MutableByteView data) {
  const std::size_t first = bytes_to_block(hash, data.size());
  cipher.apply(data.first(first));
  hash.update(data.first(first));
  data = data.subspan(first);
  const std::size_t blocks = data.size() / block_bytes;
  if (blocks > 1) {
    cipher.apply(data.first(block_bytes));
    Words words;
    for (std::size_t n = 1; n < blocks; ++n) {
      load(words, data.data() + (n - 1) * block_bytes);
      block(hash.state(), words, cipher.state(), data.data() + n * block_bytes);
    }
    hash.count_blocks(blocks - 1);
    wipe(words.data(), sizeof words);
    const MutableByteView last = data.subspan((blocks - 1) * block_bytes);
    hash.update(last.first(block_bytes));
    data = last.subspan(block_bytes);
  }
  cipher.apply(data);
  hash.update(data);
}

}  // namespace openlsa::crypto
