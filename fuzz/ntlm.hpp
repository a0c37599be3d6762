// What the NTLM targets share: a peer whose keys are known, so that an input reaches what lies behind the proof.
#pragma once

#include "fuzz/fuzz.hpp"
#include "ntlm/acceptor.hpp"
#include "ntlm/initiator.hpp"

namespace openlsa::fuzz {

inline constexpr std::uint64_t ntlm_time = 134'400'000'000'000'000;

struct NtlmAccount : msv1_0::ResponseSource, msv1_0::CredentialVerifier {
  SECURITY_STATUS ntlmv2(const crypto::Challenge& server, crypto::ByteView blob, crypto::Ntlmv2Proof& proof) override {
    proof = crypto::ntlmv2_proof(crypto::Owf{}, server, blob);
    return SEC_E_OK;
  }
  // Every response is right.
  SECURITY_STATUS verify(const msv1_0::CredentialQuestion& question, msv1_0::CredentialAnswer& answer) override {
    require(!question.user.empty());
    answer.session_base_key.reveal_mutable()[0] = 1;
    return SEC_E_OK;
  }
};

inline msv1_0::LegInputs ntlm_inputs() {
  msv1_0::LegInputs inputs;
  inputs.now = ntlm_time;
  inputs.challenge.fill(0xaa);
  inputs.session_key.reveal_mutable()[0] = 0x55;
  return inputs;
}

}  // namespace openlsa::fuzz
