// What kind of response came, whether the policy takes it, and what the verifier says of it ([MS-NLMP] 3.2.5.1.2).
#include "crypto/rc4.hpp"
#include "ntlm/acceptor.hpp"

namespace msv1_0 {
namespace {

bool is_name(std::u16string_view text) {
  return text.size() <= most_name_characters && text.find(u'\0') == std::u16string_view::npos;
}

}  // namespace

SECURITY_STATUS Acceptor::classify(const AuthenticateMessage& message) {
  if (!is_name(message.user) || !is_name(message.domain) || !is_name(message.workstation)) return SEC_E_LOGON_DENIED;
  const bool has_lm = message.lm_response.size() > 1;
  anonymous_ = message.user.empty() && message.nt_response.empty() && !has_lm;
  if (anonymous_)  // N-13
    return message.domain.empty() && config_.policy.allow_anonymous ? SEC_E_OK : SEC_E_LOGON_DENIED;
  if (message.user.empty() || (message.flags & flag::anonymous) != 0) return SEC_E_LOGON_DENIED;
  const unsigned level = config_.policy.lm_compatibility_level;
  if (message.is_ntlmv2()) {
    kind_ = ResponseKind::ntlmv2;
    return SEC_E_OK;
  }
  // N-12: what is refused here never reaches the verifier.
  if (!message.nt_response.empty()) {
    kind_ = ResponseKind::ntlmv1;
    return level <= 4 && !config_.policy.require_mic ? SEC_E_OK : SEC_E_LOGON_DENIED;
  }
  if (!has_lm) return SEC_E_LOGON_DENIED;
  kind_ = ResponseKind::lm;
  return level <= 3 && !config_.policy.require_mic ? SEC_E_OK : SEC_E_LOGON_DENIED;
}

// The client's flags can only take away from what the CHALLENGE offered, and not below the policy (CVE-2016-2110).
SECURITY_STATUS Acceptor::agree(const AuthenticateMessage& message) {
  flags_ = message.flags & offered_;
  if (anonymous_) flags_ &= ~flag::session_security;  // 3.4: none for anonymous
  std::uint32_t needed = config_.demanded;
  if ((flags_ & flag::session_security) != 0) needed |= config_.policy.minimum_session_security;
  if (config_.datagram) needed |= flag::datagram;
  return (flags_ & needed) == needed ? SEC_E_OK : SEC_E_UNSUPPORTED_FUNCTION;
}

SECURITY_STATUS Acceptor::ask(const AuthenticateMessage& message, CredentialVerifier& verifier, Key& key_exchange_key) {
  const bool extended = (flags_ & flag::extended_session_security) != 0;
  CredentialQuestion question{message.user,      message.domain,      message.workstation, *kind_,
                              server_challenge_, message.nt_response, message.lm_response};
  if (kind_ == ResponseKind::ntlmv1) {
    if (extended) {
      if (message.lm_response.size() != 24) return SEC_E_LOGON_DENIED;  // it carries the client's challenge
      crypto::Challenge client;
      std::memcpy(client.data(), message.lm_response.data(), client.size());
      question.challenge = crypto::ntlm2_session_challenge(server_challenge_, client);
    }
    if (extended || config_.policy.lm_compatibility_level > 3) question.lm_response = {};
  }
  CredentialAnswer answer;
  if (const SECURITY_STATUS status = verifier.verify(question, answer); status != SEC_E_OK) return status;
  guest_ = answer.guest;
  if (guest_ && !config_.policy.allow_guest) return SEC_E_LOGON_DENIED;
  if (guest_) {  // 3.4: none for guests
    flags_ &= ~flag::session_security;
    if ((flags_ & config_.demanded) != config_.demanded) return SEC_E_UNSUPPORTED_FUNCTION;
  } else if (is_zero(answer.session_base_key.reveal())) {
    return SEC_E_INTERNAL_ERROR;
  }
  key_exchange_key = answer.session_base_key;
  if (kind_ == ResponseKind::ntlmv1 || (kind_ == ResponseKind::lm && !extended)) {
    crypto::Response24 lm{};
    if (message.lm_response.size() == lm.size()) std::memcpy(lm.data(), message.lm_response.data(), lm.size());
    key_exchange_key = key_exchange_key_v1(flags_, answer.session_base_key, answer.lm_owf_start, server_challenge_, lm);
  }
  return SEC_E_OK;
}

void Acceptor::take_session_key(const AuthenticateMessage& message, const Key& key_exchange_key) {
  exported_ = key_exchange_key;
  if ((flags_ & flag::key_exchange) == 0 || message.encrypted_session_key.empty()) return;
  // Some clients (Samba) exchange a key whenever the flag is set, without signing or sealing, too.
  std::memcpy(exported_.reveal_mutable().data(), message.encrypted_session_key.data(), 16);
  crypto::rc4_once(key_exchange_key.reveal(), exported_.reveal_mutable());
}

}  // namespace msv1_0
