// The handshake, in the manner of SIGMA-I (H. Krawczyk, "SIGMA: the 'SIGn-and-MAc' approach", 2003): three messages,
// the initiator's identity protected against active attackers. Pure: no clock, no store, no I/O of its own.
//
//   initiator:  start --begin--> awaiting_message2 --on_message2--> finished
//   acceptor:   awaiting_message1 --on_message1--> awaiting_message3 --on_message3--> finished
//   anything else, and every refusal, leads to `failed`, which nothing leaves.
#pragma once

#include "protocol/messages.hpp"

namespace sshkey {

inline constexpr std::string_view handshake_label = "openlsa-sshkey-v1";

enum class Role : std::uint8_t { initiator = 1, acceptor = 2 };

// Why a handshake ends; lsa_mode/status.hpp gives the documented status of each for each role.
enum class Refusal {
  malformed,           // not a message of this protocol, not the one expected now, or one's own key coming back
  altered,             // the AEAD or the MAC does not hold: changed, or from another handshake
  bad_bindings,        // a channel binding is missing or is another
  peer_refused,        // the peer's proof does not hold, has expired, or is not one that this side trusts
  wrong_principal,     // the peer proved to be somebody else than the target
  own_credential_gone  // this side's own statement has expired
};
template <class T>
using OrRefusal = std::expected<T, Refusal>;

// What a logon session can prove itself with.
struct Credential {
  Statement fields;
  Bytes statement;
  Bytes sshsig;
  Secret session_private;
  std::string account;  // UTF-8
};

// The peer as this side's own store knows it.
struct Peer {
  std::string account;  // the local account that the peer's key is enrolled for
  Bytes account_sid;
  Fixed32 authority_id{};
  std::string key_fingerprint;
  std::int64_t not_after = 0;
};

// This side's store and trust list.
class PeerPolicy {
 public:
  virtual ~PeerPolicy() = default;
  virtual bool trusts_authority(const Fixed32& authority_id) const = 0;
  // The account for which `key` is enrolled, when `statement` may speak for it.
  virtual std::optional<Peer> find_peer(const Statement& statement, const PublicKey& key, std::int64_t now) const = 0;
};

struct Target {
  std::string account;
  Fixed32 authority_id{};
};
// From `account@authority-id` with the id as 64 hexadecimal digits.
std::optional<Target> parse_target(std::string_view text);
std::string to_string(const Target& target);
// Account names compare without case, as everywhere in the LSA (ASCII letters).
bool same_account(std::string_view a, std::string_view b);

struct TrafficKeys {
  Secret seal_from_initiator, seal_from_acceptor, sign_from_initiator, sign_from_acceptor;
};

struct Finished {
  Peer peer;
  TrafficKeys keys;
  std::uint32_t initiator_flags = 0;  // flags of M1
};

struct HandshakeKeys {
  Secret pseudorandom_key;
  Secret aead_initiator, aead_acceptor, mac_initiator, mac_acceptor;
};

class Initiator {
 public:
  enum class State { start, awaiting_message2, finished, failed };

  // `policy` and `credential` outlive the handshake.
  Initiator(std::shared_ptr<const Credential> credential, Target target, const Fixed32& binding, std::uint32_t flags,
            const PeerPolicy& policy);

  OrRefusal<Bytes> begin(std::int64_t now);                       // gives M1
  OrRefusal<Bytes> on_message2(View message2, std::int64_t now);  // gives M3
  State state() const { return state_; }
  const Finished& result() const { return finished_; }  // only in `finished`

 private:
  OrRefusal<Bytes> answer(View message2, std::int64_t now);
  State state_ = State::start;
  std::shared_ptr<const Credential> credential_;
  Target target_;
  Fixed32 binding_;
  std::uint32_t flags_;
  const PeerPolicy& policy_;
  KeyPair ephemeral_;
  Bytes transcript_;
  Finished finished_;
};

struct AcceptorBinding {
  Fixed32 expected{};  // zero: this side gives none, and whatever the initiator bound to is not looked at
  bool allow_missing = false;
};

class Acceptor {
 public:
  enum class State { awaiting_message1, awaiting_message3, finished, failed };

  Acceptor(std::shared_ptr<const Credential> credential, const Fixed32& own_authority, const AcceptorBinding& binding,
           const PeerPolicy& policy);

  OrRefusal<Bytes> on_message1(View message1, std::int64_t now);  // gives M2
  OrRefusal<void> on_message3(View message3, std::int64_t now);
  State state() const { return state_; }
  const Finished& result() const { return finished_; }  // only in `finished`

 private:
  OrRefusal<Bytes> answer(View message1, std::int64_t now);
  OrRefusal<void> conclude(View message3, std::int64_t now);
  State state_ = State::awaiting_message1;
  std::shared_ptr<const Credential> credential_;
  Fixed32 own_authority_;
  AcceptorBinding binding_;
  const PeerPolicy& policy_;
  HandshakeKeys keys_;
  Bytes transcript_;
  Finished finished_;
};

}  // namespace sshkey
