// What an NTLM response says of a key ([MS-NLMP] 3.3): HMACs and DES over bytes that the package took out of the
// message. The authority reads no message; it compares what must be equal.
#pragma once

#include <optional>
#include <string_view>

#include "authority/accounts/nt_key.hpp"
#include "seam/support_calls.hpp"

namespace openlsa::authority {

struct NtlmResponse {
  std::u16string_view user_name;  // as the message names them: they are part of the key
  std::u16string_view domain_name;
  seam::NtlmChallenge challenge{};
  std::uint32_t accepted = 0;  // OPENLSA_RESPONSE_*
  base::ByteView nt_response;

  // Whether there is a response of a kind that is accepted. What there is of another kind is never looked at.
  bool has_accepted() const;
};

struct ResponseKeys {
  base::Secret session_base_key;
  std::uint32_t user_flags = 0;  // LOGON_NTLMV2_ENABLED, LOGON_NTLM_V2
};

// Nothing when no accepted response was made with the key.
std::optional<ResponseKeys> verify_response(const NtKey& key, const NtlmResponse& response);

// The other side ([MS-NLMP] 3.3.2): NTProofStr and SessionBaseKey.
struct NtlmProof {
  base::Bytes proof;
  base::Secret session_base_key;
};
NtlmProof compute_proof(const NtKey& key, std::u16string_view user_name, std::u16string_view domain_name,
                        const seam::NtlmChallenge& challenge, base::ByteView blob);

}  // namespace openlsa::authority
