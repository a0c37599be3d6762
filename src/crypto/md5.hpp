// MD5 (RFC 1321).
#pragma once

#include "crypto/block_hash.hpp"

namespace openlsa::crypto {

struct Md5Rounds {
  static void compress(HashState& state, const std::uint8_t* first, std::size_t blocks);
};
using Md5 = BlockHash<Md5Rounds>;

}  // namespace openlsa::crypto
