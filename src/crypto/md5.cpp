#include "crypto/md5.hpp"

#include "crypto/md5_steps.hpp"

namespace openlsa::crypto {

void Md5Rounds::compress(HashState& state, const std::uint8_t* first, std::size_t blocks) {
  std::uint32_t a = state[0], b = state[1], c = state[2], d = state[3];
  for (; blocks != 0; --blocks, first += 64) {
    const std::uint32_t a0 = a, b0 = b, c0 = c, d0 = d;
#define OPENLSA_WORD(i) load_le32(first + 4 * (i))
#define OPENLSA_NOTHING(i)
    OPENLSA_MD5_STEPS(OPENLSA_WORD, OPENLSA_NOTHING)
#undef OPENLSA_NOTHING
#undef OPENLSA_WORD
    a += a0, b += b0, c += c0, d += d0;
  }
  state = {a, b, c, d};
}

}  // namespace openlsa::crypto
