// DES of one block (FIPS 46-3), and what NTLM makes of it ([MS-NLMP] 6, DES and DESL).
//
// Its tables are read at places that depend on the key, so that another process on the same core could learn something
// of it. It serves LM and NTLMv1 alone, which are refused by default and whose responses fall to an exhaustive search.
#pragma once

#include "crypto/bytes.hpp"

namespace openlsa::crypto {

using DesBlock = std::array<std::uint8_t, 8>;

// DES(K, D) of [MS-NLMP] 6: the key is 7 bytes; each 7 bits get a parity bit, which is not looked at.
DesBlock des_of_7_bytes(std::span<const std::uint8_t, 7> key, const DesBlock& block);

// DESL(K, V) of [MS-NLMP] 6: the 16 bytes and five zeros are three keys.
std::array<std::uint8_t, 24> desl(std::span<const std::uint8_t, 16> key, const DesBlock& block);

}  // namespace openlsa::crypto
