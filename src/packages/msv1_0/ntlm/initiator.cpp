#include "ntlm/initiator.hpp"

#include "crypto/rc4.hpp"
#include "ntlm/fields.hpp"
#include "ntlm/negotiate_message.hpp"

namespace msv1_0 {
namespace {

bool is_name(std::u16string_view text) {
  return text.size() <= most_name_characters && text.find(u'\0') == std::u16string_view::npos;
}

bool well_formed(const InitiatorConfig& config) {
  if (config.policy.lm_compatibility_level > 5) return false;
  if (!is_name(config.user) || !is_name(config.domain) || !is_name(config.workstation) || !is_name(config.target_name))
    return false;
  return config.anonymous ? config.user.empty() && config.domain.empty() : !config.user.empty();
}

}  // namespace

SECURITY_STATUS Initiator::step(ByteView input, const LegInputs& inputs, ResponseSource& source, Bytes& output) {
  output.clear();
  const State was = std::exchange(state_, State::failed);
  SECURITY_STATUS status = SEC_E_OUT_OF_SEQUENCE;
  if (was == State::start) {
    status = input.empty() ? negotiate(output) : SEC_E_INVALID_TOKEN;
  } else if (was == State::negotiated) {
    status = authenticate(input, inputs, source, output);
  }
  if (status == SEC_I_CONTINUE_NEEDED) state_ = State::negotiated;
  if (status == SEC_E_OK) state_ = State::established;
  return status;
}

// 3.1.5.1.1
std::uint32_t Initiator::requested_flags() const {
  std::uint32_t flags = flag::unicode | flag::oem | flag::request_target | flag::ntlm | flag::always_sign |
                        flag::version | flag::key_128 | flag::key_56;
  flags |= config_.wanted & (flag::session_security | flag::datagram | flag::identify);
  if (config_.policy.lm_compatibility_level > 0) flags |= flag::extended_session_security;
  if ((flags & flag::session_security) != 0) flags |= flag::key_exchange;
  return flags & ~config_.withheld;
}

SECURITY_STATUS Initiator::negotiate(Bytes& output) {
  if (!well_formed(config_)) return SEC_E_INVALID_PARAMETER;
  if ((config_.wanted & flag::datagram) != 0) return SEC_I_CONTINUE_NEEDED;  // 3.1.5.2: the server begins
  NegotiateMessage message;
  message.flags = requested_flags();
  message.version = config_.version;
  negotiate_ = message.build();
  output = negotiate_;
  return SEC_I_CONTINUE_NEEDED;
}

SECURITY_STATUS Initiator::authenticate(ByteView input, const LegInputs& inputs, ResponseSource& source,
                                        Bytes& output) {
  const auto challenge = ChallengeMessage::parse(input);
  if (!challenge) return challenge.error();
  if (const SECURITY_STATUS status = agree(*challenge); status != SEC_E_OK) return status;
  if (source.reflected(challenge->server_challenge, config_.target_name)) return SEC_E_LOGON_DENIED;
  Response response;
  if (const SECURITY_STATUS status = respond(*challenge, inputs, source, response); status != SEC_E_OK) return status;
  server_ = challenge->target_info;
  return build(response, inputs, input, output);
}

// What both sides have. The character set is the server's choice.
SECURITY_STATUS Initiator::agree(const ChallengeMessage& challenge) {
  const std::uint32_t requested = requested_flags();
  flags_ = requested & (challenge.flags | flag::request_target);
  flags_ |= challenge.flags & flag::target_info;
  if ((flags_ & (flag::unicode | flag::oem)) == 0) return SEC_E_INVALID_TOKEN;
  if ((flags_ & flag::unicode) != 0) flags_ &= ~flag::oem;
  if (config_.anonymous) {  // has no session security (3.4)
    flags_ &= ~flag::session_security;
    flags_ |= flag::anonymous;
  }
  if ((flags_ & flag::session_security) == 0) flags_ &= ~flag::key_exchange;
  std::uint32_t needed = config_.demanded | (config_.wanted & flag::datagram);
  if ((flags_ & flag::session_security) != 0) needed |= config_.policy.minimum_session_security;
  return (flags_ & needed) == needed ? SEC_E_OK : SEC_E_UNSUPPORTED_FUNCTION;
}

SECURITY_STATUS Initiator::build(const Response& response, const LegInputs& inputs, ByteView challenge, Bytes& output) {
  AuthenticateMessage message;
  message.flags = flags_;
  message.domain = config_.domain;
  message.user = config_.user;
  message.workstation = config_.workstation;
  message.lm_response = response.lm;
  message.nt_response = response.nt;
  if ((flags_ & flag::version) != 0) message.version = config_.version;
  exported_ = response.key_exchange_key;
  std::array<std::uint8_t, 16> encrypted;
  if ((flags_ & flag::key_exchange) != 0) {
    exported_ = inputs.session_key;
    if (is_zero(exported_.reveal())) return SEC_E_INTERNAL_ERROR;
    std::memcpy(encrypted.data(), exported_.reveal().data(), encrypted.size());
    crypto::rc4_once(response.key_exchange_key.reveal(), encrypted);
    message.encrypted_session_key = encrypted;
  }
  auto built = message.build(response.mic);
  if (!built) return built.error();
  if (response.mic) {
    const Mic mic = message_integrity_code(exported_, negotiate_, challenge, *built);
    std::memcpy(built->data() + mic_place, mic.data(), mic.size());
  }
  sent_mic_ = response.mic;
  output = std::move(*built);
  return SEC_E_OK;
}

}  // namespace msv1_0
