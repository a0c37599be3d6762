#include "authority/accounts/ntlm_response.hpp"

#include <openlsa/openlsa.h>

#include "crypto/ntlm_response.hpp"

namespace openlsa::authority {
namespace {

constexpr std::size_t v1_response = 24;
constexpr std::size_t proof_bytes = 16;
constexpr std::size_t smallest_v2_response = proof_bytes + 28;  // [MS-NLMP] 2.2.2.7, without AV pairs

crypto::Owf owf_of(const NtKey& key) { return crypto::Owf(key.reveal()); }

crypto::Owf owf_v2_of(const NtKey& key, const NtlmResponse& response) {
  return crypto::nt_owf_v2(owf_of(key), response.user_name, response.domain_name);
}

std::optional<ResponseKeys> keys_of_proof(const crypto::Owf& owf, const seam::NtlmChallenge& challenge,
                                          base::ByteView response, std::uint32_t flags) {
  const crypto::Ntlmv2Proof made = crypto::ntlmv2_proof(owf, challenge, response.subspan(proof_bytes));
  if (!base::equal_constant_time(made.proof, response.first(proof_bytes))) return std::nullopt;
  return ResponseKeys{base::Secret(base::ByteView(made.session_base_key.reveal())), flags};
}

// [MS-NLMP] 3.3.1. With extended session security the challenge is the one that the package made of both sides'.
std::optional<ResponseKeys> verify_v1(const NtKey& key, const NtlmResponse& response) {
  const crypto::Owf owf = owf_of(key);
  const crypto::Response24 expected = crypto::ntlmv1_response(owf, response.challenge);
  if (!base::equal_constant_time(expected, response.nt_response)) return std::nullopt;
  return ResponseKeys{base::Secret(base::ByteView(crypto::ntlmv1_session_base_key(owf).reveal())), 0};
}

bool is_v2(base::ByteView response) { return response.size() >= smallest_v2_response; }

bool takes(const NtlmResponse& response, std::uint32_t kind) { return (response.accepted & kind) != 0; }

}  // namespace

bool NtlmResponse::has_accepted() const {
  return (takes(*this, OPENLSA_RESPONSE_NTLM_V2) && is_v2(nt_response)) ||
         (takes(*this, OPENLSA_RESPONSE_NTLM_V1) && nt_response.size() == v1_response);
}

// The NT response decides alone. An LM response is neither a second guess nor, as LMv2, a proof by itself: [MS-NLMP]
// 3.3.2 makes the session base key of NTProofStr, which an LMv2 response does not have, so that 3.4 would have no key
// to sign, seal and check a MIC with.
std::optional<ResponseKeys> verify_response(const NtKey& key, const NtlmResponse& response) {
  if (!response.has_accepted()) return std::nullopt;
  if (!is_v2(response.nt_response)) return verify_v1(key, response);
  return keys_of_proof(owf_v2_of(key, response), response.challenge, response.nt_response,
                       LOGON_NTLMV2_ENABLED | LOGON_NTLM_V2);
}

NtlmProof compute_proof(const NtKey& key, std::u16string_view user_name, std::u16string_view domain_name,
                        const seam::NtlmChallenge& challenge, base::ByteView blob) {
  const crypto::Ntlmv2Proof made =
      crypto::ntlmv2_proof(crypto::nt_owf_v2(owf_of(key), user_name, domain_name), challenge, blob);
  return {base::Bytes(made.proof.begin(), made.proof.end()),
          base::Secret(base::ByteView(made.session_base_key.reveal()))};
}

}  // namespace openlsa::authority
