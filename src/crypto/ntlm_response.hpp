// The responses and the session base keys that follow from a one-way function ([MS-NLMP] 3.3.1, 3.3.2).
#pragma once

#include "crypto/ntlm_owf.hpp"

namespace openlsa::crypto {

using Challenge = std::array<std::uint8_t, 8>;
using Response24 = std::array<std::uint8_t, 24>;

// NTProofStr, and the session base key that follows from it.
struct Ntlmv2Proof {
  std::array<std::uint8_t, 16> proof{};
  Wiped<16> session_base_key;
};
// `blob` is what the client sends behind the proof (NTLMv2_CLIENT_CHALLENGE, "temp"). With the client's challenge
// alone as the blob, the proof is the first 16 bytes of LMv2_RESPONSE, whose key is the same.
Ntlmv2Proof ntlmv2_proof(const Owf& owf_v2, const Challenge& server, ByteView blob);

// NTLM_RESPONSE and LM_RESPONSE: DESL under NTOWFv1 or LMOWFv1.
Response24 ntlmv1_response(const Owf& owf, const Challenge& challenge);
// MD4 of NTOWFv1.
Wiped<16> ntlmv1_session_base_key(const Owf& nt);
// What the NT response answers when NTLMv1 is used with extended session security.
Challenge ntlm2_session_challenge(const Challenge& server, const Challenge& client);

}  // namespace openlsa::crypto
