// How the client answers a challenge ([MS-NLMP] 3.1.5.1.2, 3.3).
#include "ntlm/initiator.hpp"

namespace msv1_0 {

SECURITY_STATUS ResponseSource::ntlmv1(const crypto::Challenge&, const crypto::Challenge&, bool, V1&) {
  return SEC_E_UNSUPPORTED_FUNCTION;
}
bool ResponseSource::reflected(const crypto::Challenge&, std::u16string_view) { return false; }

SECURITY_STATUS Initiator::respond(const ChallengeMessage& challenge, const LegInputs& inputs, ResponseSource& source,
                                   Response& response) {
  if (config_.anonymous) {  // no NT response, one zero byte as LM response, keys of zeros
    response.lm = {0};
    return SEC_E_OK;
  }
  if (is_zero(inputs.challenge)) return SEC_E_INTERNAL_ERROR;
  const SECURITY_STATUS status = config_.policy.lm_compatibility_level >= 3
                                     ? respond_v2(challenge, inputs, source, response)
                                     : respond_v1(challenge, inputs, source, response);
  if (status != SEC_E_OK) return status;
  return is_zero(response.key_exchange_key.reveal()) ? SEC_E_INTERNAL_ERROR : SEC_E_OK;
}

// The server's pairs as they came, and what the client says of itself.
AvPairs Initiator::pairs_for(const ChallengeMessage& challenge, bool mic) const {
  AvPairs pairs = challenge.target_info.value_or(AvPairs{});
  const bool protect = !config_.policy.suppress_extended_protection;
  // The flags that are the client's to set are not taken over from the server.
  const std::uint32_t given = pairs.flags().value_or(0) & ~(av_flag::mic | av_flag::unverified_target);
  const std::uint32_t flags =
      given | (mic ? av_flag::mic : 0) | (protect && config_.unverified_target ? av_flag::unverified_target : 0);
  if (flags != 0 || pairs.has(AvId::flags)) pairs.set_flags(flags);
  if (config_.single_host) pairs.set_single_host(*config_.single_host);
  if (!protect) return pairs;
  const BindingsHash bindings = config_.channel_bindings.value_or(BindingsHash{});
  pairs.set(AvId::channel_bindings, Bytes(bindings.begin(), bindings.end()));
  pairs.set_text(AvId::target_name, config_.target_name);
  return pairs;
}

SECURITY_STATUS Initiator::respond_v2(const ChallengeMessage& challenge, const LegInputs& inputs,
                                      ResponseSource& source, Response& response) {
  const auto& info = challenge.target_info;
  const bool names = info && info->has(AvId::nb_computer_name) && info->has(AvId::nb_domain_name);
  if (!names && (flags_ & flag::session_security) != 0) return SEC_E_LOGON_DENIED;  // STATUS_LOGON_FAILURE there
  const auto server_time = info ? info->timestamp() : std::nullopt;
  // A server that sends its time knows the MIC, and no LM response is sent to it.
  response.mic = server_time.has_value();
  ClientChallenge mine;
  mine.timestamp = server_time.value_or(inputs.now);
  mine.challenge = inputs.challenge;
  mine.pairs = pairs_for(challenge, response.mic);
  const Bytes blob = mine.build();
  if (proof_bytes + blob.size() > 0xffff) return SEC_E_INVALID_TOKEN;  // the server's pairs leave no room
  crypto::Ntlmv2Proof proof;
  if (const SECURITY_STATUS status = source.ntlmv2(challenge.server_challenge, blob, proof); status != SEC_E_OK)
    return status;
  append(response.nt, proof.proof);
  append(response.nt, blob);
  response.key_exchange_key = proof.session_base_key;
  if (response.mic) {
    response.lm.assign(24, 0);
    return SEC_E_OK;
  }
  crypto::Ntlmv2Proof lm;  // LMv2_RESPONSE: the same computation over the client's challenge alone
  if (const SECURITY_STATUS status = source.ntlmv2(challenge.server_challenge, inputs.challenge, lm);
      status != SEC_E_OK)
    return status;
  append(response.lm, lm.proof);
  append(response.lm, inputs.challenge);
  return SEC_E_OK;
}

SECURITY_STATUS Initiator::respond_v1(const ChallengeMessage& challenge, const LegInputs& inputs,
                                      ResponseSource& source, Response& response) {
  const bool extended = (flags_ & flag::extended_session_security) != 0;
  const bool want_lm = !extended && config_.policy.lm_compatibility_level < 2;
  const crypto::Challenge nt_challenge =
      extended ? crypto::ntlm2_session_challenge(challenge.server_challenge, inputs.challenge)
               : challenge.server_challenge;
  ResponseSource::V1 v1;
  if (const SECURITY_STATUS status = source.ntlmv1(challenge.server_challenge, nt_challenge, want_lm, v1);
      status != SEC_E_OK)
    return status;
  crypto::Response24 lm = v1.nt;  // without an LM response the NT response stands in its place (3.3.1)
  if (extended) {
    lm = {};
    std::memcpy(lm.data(), inputs.challenge.data(), inputs.challenge.size());
  } else if (want_lm && v1.lm) {
    lm = *v1.lm;
  }
  append(response.nt, v1.nt);
  append(response.lm, lm);
  response.key_exchange_key =
      key_exchange_key_v1(flags_, v1.session_base_key, v1.lm_owf_start, challenge.server_challenge, lm);
  return SEC_E_OK;
}

}  // namespace msv1_0
