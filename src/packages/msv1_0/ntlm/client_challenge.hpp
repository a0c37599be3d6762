// NTLMv2_CLIENT_CHALLENGE ([MS-NLMP] 2.2.2.7): what the proof of an NTLMv2 response is computed over, besides the
// server's challenge.
#pragma once

#include "crypto/ntlm_response.hpp"
#include "ntlm/av_pairs.hpp"

namespace msv1_0 {

struct ClientChallenge {
  std::uint64_t timestamp = 0;  // FILETIME
  crypto::Challenge challenge{};
  AvPairs pairs;

  static OrStatus<ClientChallenge> parse(ByteView blob);
  Bytes build() const;
};

// Where it begins in the NT response: behind NTProofStr.
inline constexpr std::size_t proof_bytes = 16;

}  // namespace msv1_0
