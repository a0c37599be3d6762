// The client's side of the handshake: NEGOTIATE, then CHALLENGE in and AUTHENTICATE out ([MS-NLMP] 3.1.5).
//
//   start --(nothing)--> negotiated --CHALLENGE--> established
// A message of another kind is SEC_E_INVALID_TOKEN, one that comes at the wrong time SEC_E_OUT_OF_SEQUENCE (N-17);
// every failure ends the handshake. In datagram mode the first leg sends nothing.
#pragma once

#include <optional>
#include <string>

#include "ntlm/challenge_message.hpp"
#include "ntlm/channel_bindings.hpp"
#include "ntlm/leg_inputs.hpp"
#include "ntlm/policy.hpp"
#include "ntlm/session.hpp"

namespace msv1_0 {

// The step that needs the user's NT key, which may live in another process.
class ResponseSource {
 public:
  virtual ~ResponseSource() = default;

  // crypto::ntlmv2_proof under NTOWFv2 of the credential's user and domain. Called once for the NTLMv2 response, and
  // once with the client's challenge alone when an LMv2 response is sent.
  virtual SECURITY_STATUS ntlmv2(const crypto::Challenge& server, ByteView blob, crypto::Ntlmv2Proof& proof) = 0;

  struct V1 {
    crypto::Response24 nt{};
    Key session_base_key;
    // Only when asked for, and only if the account has an LM hash.
    std::optional<crypto::Response24> lm;
    crypto::Wiped<8> lm_owf_start;
  };
  // For levels 0 to 2. `nt_challenge` is what the NT response answers, `server` what the LM response does.
  virtual SECURITY_STATUS ntlmv1(const crypto::Challenge& server, const crypto::Challenge& nt_challenge, bool want_lm,
                                 V1& out);

  // Whether the challenge is one that this machine's own acceptor has open while the target is somebody else: a
  // reflection (N-14, CVE-2025-33073).
  virtual bool reflected(const crypto::Challenge& server, std::u16string_view target_name);
};

struct InitiatorConfig {
  std::u16string user, domain;  // as they go into the message; both empty with `anonymous`
  std::u16string workstation;
  std::u16string target_name;      // the SPN that the application named
  bool unverified_target = false;  // ISC_REQ_UNVERIFIED_TARGET_NAME
  bool anonymous = false;          // ISC_REQ_NULL_SESSION
  // Of flag::sign, seal, datagram, identify: what the application asked for.
  std::uint32_t wanted = 0;
  // Of these: without which the handshake fails instead of going on without them.
  std::uint32_t demanded = 0;
  // What is not offered although this code has it (128-bit keys, key exchange, extended session security).
  std::uint32_t withheld = 0;
  std::optional<BindingsHash> channel_bindings;
  std::optional<SingleHost> single_host;
  Version version;
  Policy policy;
};

class Initiator {
 public:
  explicit Initiator(InitiatorConfig config) : config_(std::move(config)) {}

  // SEC_I_CONTINUE_NEEDED after the first leg, SEC_E_OK after the second, with the message for the server in `output`.
  // `input` is empty in the first leg. A failure leaves `output` empty.
  SECURITY_STATUS step(ByteView input, const LegInputs& inputs, ResponseSource& source, Bytes& output);

  // SECBUFFER_CHANNEL_BINDINGS may come with any leg; those of the last count.
  void set_channel_bindings(const BindingsHash& bindings) { config_.channel_bindings = bindings; }

  bool established() const { return state_ == State::established; }
  // Of an established context.
  std::uint32_t flags() const { return flags_; }
  const Key& exported_session_key() const { return exported_; }
  bool sent_mic() const { return sent_mic_; }
  // What the server said of itself; none when it said nothing.
  const std::optional<AvPairs>& server() const { return server_; }
  Session session() const { return {flags_, Sender::initiator, exported_}; }

 private:
  enum class State { start, negotiated, established, failed };
  // Everything the AUTHENTICATE_MESSAGE is made of.
  struct Response {
    Bytes nt, lm;
    Key key_exchange_key;
    bool mic = false;
  };

  std::uint32_t requested_flags() const;
  SECURITY_STATUS negotiate(Bytes& output);
  SECURITY_STATUS authenticate(ByteView input, const LegInputs& inputs, ResponseSource& source, Bytes& output);
  SECURITY_STATUS agree(const ChallengeMessage& challenge);
  SECURITY_STATUS respond(const ChallengeMessage& challenge, const LegInputs& inputs, ResponseSource& source,
                          Response& response);
  SECURITY_STATUS respond_v2(const ChallengeMessage& challenge, const LegInputs& inputs, ResponseSource& source,
                             Response& response);
  SECURITY_STATUS respond_v1(const ChallengeMessage& challenge, const LegInputs& inputs, ResponseSource& source,
                             Response& response);
  AvPairs pairs_for(const ChallengeMessage& challenge, bool mic) const;
  SECURITY_STATUS build(const Response& response, const LegInputs& inputs, ByteView challenge, Bytes& output);

  InitiatorConfig config_;
  State state_ = State::start;
  Bytes negotiate_;
  std::uint32_t flags_ = 0;
  Key exported_;
  bool sent_mic_ = false;
  std::optional<AvPairs> server_;
};

}  // namespace msv1_0
