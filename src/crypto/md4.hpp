// MD4 (RFC 1320). Broken as a hash; NTLM's one-way function is made of it ([MS-NLMP] 3.3.1).
#pragma once

#include "crypto/block_hash.hpp"

namespace openlsa::crypto {

struct Md4Rounds {
  static void compress(HashState& state, const std::uint8_t* first, std::size_t blocks);
};
using Md4 = BlockHash<Md4Rounds>;

}  // namespace openlsa::crypto
