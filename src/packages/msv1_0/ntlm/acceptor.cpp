#include "ntlm/acceptor.hpp"

#include "ntlm/fields.hpp"
#include "ntlm/negotiate_message.hpp"

namespace msv1_0 {
namespace {

// What a client may ask for and get.
constexpr std::uint32_t supported = flag::request_target | flag::session_security | flag::lm_key | flag::always_sign |
                                    flag::extended_session_security | flag::identify | flag::version | flag::key_128 |
                                    flag::key_exchange | flag::key_56;

}  // namespace

SECURITY_STATUS Acceptor::step(ByteView input, const LegInputs& inputs, CredentialVerifier& verifier, Bytes& output) {
  output.clear();
  const State was = std::exchange(state_, State::failed);
  if (config_.policy.lm_compatibility_level > 5) return SEC_E_INVALID_PARAMETER;
  const bool begins = was == State::start && config_.datagram && input.empty();
  if (!begins) {
    const auto type = message_type(input);
    if (!type || *type == MessageType::challenge) return SEC_E_INVALID_TOKEN;
    const State expects = *type == MessageType::negotiate ? State::start : State::challenged;
    if (was != expects) return SEC_E_OUT_OF_SEQUENCE;
  }
  const SECURITY_STATUS status =
      was == State::start ? challenge(input, inputs, output) : accept(input, inputs, verifier);
  if (status == SEC_I_CONTINUE_NEEDED) state_ = State::challenged;
  if (status == SEC_E_OK) state_ = State::established;
  return status;
}

AvPairs Acceptor::describe_server(std::uint64_t now) const {
  AvPairs pairs;
  // Clients refuse to sign without these two (3.1.5.1.2).
  pairs.set_text(AvId::nb_domain_name, config_.nb_domain_name);
  pairs.set_text(AvId::nb_computer_name, config_.nb_computer_name);
  if (!config_.dns_domain_name.empty()) pairs.set_text(AvId::dns_domain_name, config_.dns_domain_name);
  if (!config_.dns_computer_name.empty()) pairs.set_text(AvId::dns_computer_name, config_.dns_computer_name);
  if (!config_.dns_tree_name.empty()) pairs.set_text(AvId::dns_tree_name, config_.dns_tree_name);
  pairs.set_timestamp(now);
  return pairs;
}

// 3.2.5.1.1. Every CHALLENGE has target info, so that every NTLMv2 client can say what it was told.
SECURITY_STATUS Acceptor::challenge(ByteView input, const LegInputs& inputs, Bytes& output) {
  if (is_zero(inputs.challenge)) return SEC_E_INTERNAL_ERROR;
  std::uint32_t asked = supported | flag::unicode;
  if (!input.empty()) {
    const auto message = NegotiateMessage::parse(input);
    if (!message) return message.error();
    asked = message->flags;
  }
  if ((asked & (flag::unicode | flag::oem)) == 0) return SEC_E_INVALID_TOKEN;
  ChallengeMessage message;
  message.flags = (asked & supported & ~config_.withheld) | flag::ntlm | flag::target_info;
  message.flags |= (asked & flag::unicode) != 0 ? flag::unicode : flag::oem;
  if (config_.datagram) message.flags |= flag::datagram;
  // The two exclude each other; and LM's keys are for those alone who admit LM.
  if ((message.flags & flag::extended_session_security) != 0 || config_.policy.lm_compatibility_level > 3)
    message.flags &= ~flag::lm_key;
  if ((asked & flag::request_target) != 0) {
    message.flags |= config_.is_domain ? flag::target_type_domain : flag::target_type_server;
    message.target_name = config_.is_domain ? config_.nb_domain_name : config_.nb_computer_name;
  }
  offered_ = message.flags;
  std::uint32_t needed = config_.demanded;
  if ((offered_ & flag::session_security) != 0) needed |= config_.policy.minimum_session_security;
  if ((offered_ & needed) != needed) return SEC_E_UNSUPPORTED_FUNCTION;
  message.server_challenge = server_challenge_ = inputs.challenge;
  own_pairs_ = describe_server(inputs.now);
  message.target_info = own_pairs_;
  if ((offered_ & flag::version) != 0) message.version = config_.version;
  auto built = message.build();
  if (!built) return built.error();
  negotiate_.assign(input.begin(), input.end());
  challenge_ = *built;
  output = std::move(*built);
  return SEC_I_CONTINUE_NEEDED;
}

// 3.2.5.1.2
SECURITY_STATUS Acceptor::accept(ByteView input, const LegInputs& inputs, CredentialVerifier& verifier) {
  const auto message = AuthenticateMessage::parse(input);
  if (!message) return message.error();
  user_ = message->user;
  domain_ = message->domain;
  workstation_ = message->workstation;
  if (const SECURITY_STATUS status = classify(*message); status != SEC_E_OK) return status;
  if (const SECURITY_STATUS status = agree(*message); status != SEC_E_OK) return status;
  Key key_exchange_key;
  if (!anonymous_) {
    if (const SECURITY_STATUS status = ask(*message, verifier, key_exchange_key); status != SEC_E_OK) return status;
  }
  take_session_key(*message, key_exchange_key);
  return check_proven(*message, input, inputs.now);
}

}  // namespace msv1_0
