// The server's side of the handshake: NEGOTIATE in, CHALLENGE out, AUTHENTICATE in ([MS-NLMP] 3.2.5).
//
//   start --NEGOTIATE--> challenged --AUTHENTICATE--> established
// In datagram mode the first leg has no input. A message of a kind that no server gets is SEC_E_INVALID_TOKEN, one that
// comes at the wrong time SEC_E_OUT_OF_SEQUENCE (N-17); every failure ends the handshake.
//
// The last leg checks in this order: the whole message is read; the flags against the policy
// (SEC_E_UNSUPPORTED_FUNCTION); anonymous and the kind of response against the policy (SEC_E_LOGON_DENIED); the
// response, by the verifier; and then, on what the response proves: the time, the MIC and the target info
// (SEC_E_MESSAGE_ALTERED), channel bindings (SEC_E_BAD_BINDINGS) and target name (SEC_E_TARGET_UNKNOWN).
#pragma once

#include <optional>
#include <string>

#include "ntlm/challenge_message.hpp"
#include "ntlm/channel_bindings.hpp"
#include "ntlm/leg_inputs.hpp"
#include "ntlm/policy.hpp"
#include "ntlm/session.hpp"

namespace msv1_0 {

enum class ResponseKind {
  ntlmv2,  // the NT response is an NTLMv2_RESPONSE
  ntlmv1,  // 24 bytes; LM may stand beside it
  lm,      // LM or LMv2 alone
};

// What the verifier is asked: does this response fit this account?
struct CredentialQuestion {
  std::u16string_view user, domain, workstation;
  ResponseKind kind = ResponseKind::ntlmv2;
  // What the response answers: with NTLMv1 and extended session security the two challenges hashed together, and no LM
  // response then.
  crypto::Challenge challenge{};
  ByteView nt_response, lm_response;
};

struct CredentialAnswer {
  Key session_base_key;
  crypto::Wiped<8> lm_owf_start;  // the account's "LM session key", for the weak key exchanges of NTLMv1
  bool guest = false;             // not this user: let in as guest
};

class CredentialVerifier {
 public:
  virtual ~CredentialVerifier() = default;
  // A failure's status is what the peer's application gets; SEC_E_LOGON_DENIED for everything that a peer could use to
  // find out which accounts there are.
  virtual SECURITY_STATUS verify(const CredentialQuestion& question, CredentialAnswer& answer) = 0;
};

struct AcceptorConfig {
  std::u16string nb_computer_name, nb_domain_name, dns_computer_name, dns_domain_name, dns_tree_name;
  bool is_domain = false;      // the target name is the domain's
  std::uint32_t demanded = 0;  // of flag::sign, seal: without them the handshake fails
  std::uint32_t withheld = 0;  // flags that no client gets although this code has them
  bool datagram = false;       // ASC_REQ_DATAGRAM
  std::optional<BindingsHash> channel_bindings;
  Version version;
  Policy policy;
};

// What became of the client's channel bindings; for SEC_CHANNEL_BINDINGS_RESULT and for audit.
enum class BindingsState { absent, missing, matched, mismatched };

class Acceptor {
 public:
  explicit Acceptor(AcceptorConfig config) : config_(std::move(config)) {}

  // SEC_I_CONTINUE_NEEDED after the first leg, with the CHALLENGE in `output`, SEC_E_OK after the second. A failure
  // leaves `output` empty.
  SECURITY_STATUS step(ByteView input, const LegInputs& inputs, CredentialVerifier& verifier, Bytes& output);

  // SECBUFFER_CHANNEL_BINDINGS may come with any leg; those of the last count.
  void set_channel_bindings(const BindingsHash& bindings, Demand demand) {
    config_.channel_bindings = bindings;
    config_.policy.channel_bindings = demand;
  }

  bool established() const { return state_ == State::established; }
  const crypto::Challenge& server_challenge() const { return server_challenge_; }

  // Of the client, once its AUTHENTICATE was read; also after a failure, for audit.
  const std::u16string& user() const { return user_; }
  const std::u16string& domain() const { return domain_; }
  const std::u16string& workstation() const { return workstation_; }
  std::optional<ResponseKind> response_kind() const { return kind_; }  // none: anonymous
  BindingsState bindings() const { return bindings_; }

  // Of an established context.
  std::uint32_t flags() const { return flags_; }
  bool anonymous() const { return anonymous_; }
  bool guest() const { return guest_; }
  bool had_mic() const { return had_mic_; }
  const std::u16string& target_name() const { return target_name_; }  // MsvAvTargetName
  const std::optional<SingleHost>& single_host() const { return single_host_; }
  const Key& exported_session_key() const { return exported_; }
  Session session() const { return {flags_, Sender::acceptor, exported_}; }

 private:
  enum class State { start, challenged, established, failed };

  SECURITY_STATUS challenge(ByteView input, const LegInputs& inputs, Bytes& output);
  AvPairs describe_server(std::uint64_t now) const;
  SECURITY_STATUS accept(ByteView input, const LegInputs& inputs, CredentialVerifier& verifier);
  SECURITY_STATUS agree(const AuthenticateMessage& message);
  SECURITY_STATUS classify(const AuthenticateMessage& message);
  SECURITY_STATUS ask(const AuthenticateMessage& message, CredentialVerifier& verifier, Key& key_exchange_key);
  void take_session_key(const AuthenticateMessage& message, const Key& key_exchange_key);
  SECURITY_STATUS check_proven(const AuthenticateMessage& message, ByteView input, std::uint64_t now);
  SECURITY_STATUS check_mic(const AuthenticateMessage& message, ByteView input);
  SECURITY_STATUS check_bindings(const AuthenticateMessage& message);
  SECURITY_STATUS check_target(const AuthenticateMessage& message);

  AcceptorConfig config_;
  State state_ = State::start;
  Bytes negotiate_, challenge_;
  crypto::Challenge server_challenge_{};
  AvPairs own_pairs_;
  std::uint32_t offered_ = 0;  // the flags of the CHALLENGE
  std::uint32_t flags_ = 0;
  std::u16string user_, domain_, workstation_, target_name_;
  std::optional<ResponseKind> kind_;
  BindingsState bindings_ = BindingsState::absent;
  bool anonymous_ = false, guest_ = false, had_mic_ = false;
  std::optional<SingleHost> single_host_;
  Key exported_;
};

}  // namespace msv1_0
