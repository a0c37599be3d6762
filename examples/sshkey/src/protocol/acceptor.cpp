// The acceptor's states, one function each.
#include "protocol/key_schedule.hpp"
#include "protocol/proof.hpp"

namespace sshkey {
namespace {

// AcceptSecurityContext: where the acceptor gives a binding, the initiator must have bound to the same channel;
// ASC_REQ_ALLOW_MISSING_BINDINGS lets one through that bound to none, never one that bound to another.
bool binding_holds(const AcceptorBinding& own, const Fixed32& received) {
  constexpr Fixed32 none{};
  if (equal(own.expected, none)) return true;
  if (equal(received, none)) return own.allow_missing;
  return equal(own.expected, received);
}

}  // namespace

Acceptor::Acceptor(std::shared_ptr<const Credential> credential, const Fixed32& own_authority,
                   const AcceptorBinding& binding, const PeerPolicy& policy)
    : credential_(std::move(credential)), own_authority_(own_authority), binding_(binding), policy_(policy) {}

OrRefusal<Bytes> Acceptor::on_message1(View message1, std::int64_t now) {
  const bool expected = state_ == State::awaiting_message1;
  state_ = State::failed;
  if (!expected) return std::unexpected(Refusal::malformed);
  auto message2 = answer(message1, now);
  if (message2) state_ = State::awaiting_message3;
  return message2;
}

OrRefusal<Bytes> Acceptor::answer(View message1, std::int64_t now) {
  if (now > credential_->fields.not_after) return std::unexpected(Refusal::own_credential_gone);
  const auto received = decode_message1(message1);
  if (!received) return std::unexpected(Refusal::malformed);
  const auto target = parse_target(received->target);
  if (!target) return std::unexpected(Refusal::malformed);
  if (!equal(target->authority_id, own_authority_) || !same_account(target->account, credential_->account))
    return std::unexpected(Refusal::peer_refused);
  if (!binding_holds(binding_, received->binding)) return std::unexpected(Refusal::bad_bindings);

  const KeyPair ephemeral = make_x25519();
  const auto shared = x25519_shared(ephemeral.private_key, received->ephemeral);
  if (!shared || equal(received->ephemeral, ephemeral.public_key)) return std::unexpected(Refusal::malformed);
  transcript_ = copy_of(message1);
  Bytes before = transcript_;
  const Bytes header = message2_header(ephemeral.public_key);
  before.insert(before.end(), header.begin(), header.end());
  keys_ = derive_handshake_keys(*shared, before);
  const auto sealed = make_sealed_proof(Role::acceptor, *credential_, keys_, before);
  if (!sealed) return std::unexpected(sealed.error());
  Bytes message2 = encode(Message2{ephemeral.public_key, *sealed});
  transcript_.insert(transcript_.end(), message2.begin(), message2.end());
  finished_.initiator_flags = received->flags;
  return message2;
}

OrRefusal<void> Acceptor::on_message3(View message3, std::int64_t now) {
  const bool expected = state_ == State::awaiting_message3;
  state_ = State::failed;
  if (!expected) return std::unexpected(Refusal::malformed);
  const auto done = conclude(message3, now);
  keys_ = HandshakeKeys{};
  if (done) state_ = State::finished;
  return done;
}

OrRefusal<void> Acceptor::conclude(View message3, std::int64_t now) {
  if (now > credential_->fields.not_after) return std::unexpected(Refusal::own_credential_gone);
  const auto sealed = decode_message3(message3);
  if (!sealed) return std::unexpected(Refusal::malformed);
  Bytes before = transcript_;
  const Bytes header = message3_header();
  before.insert(before.end(), header.begin(), header.end());
  const auto proof = open_peer_proof(Role::initiator, *sealed, keys_, before, *credential_, now);
  if (!proof) return std::unexpected(proof.error());
  if (!policy_.trusts_authority(proof->statement.authority_id)) return std::unexpected(Refusal::peer_refused);
  auto peer = policy_.find_peer(proof->statement, proof->key, now);
  if (!peer) return std::unexpected(Refusal::peer_refused);
  transcript_.insert(transcript_.end(), message3.begin(), message3.end());
  finished_.peer = std::move(*peer);
  finished_.keys = derive_traffic_keys(keys_.pseudorandom_key, transcript_);
  return {};
}

}  // namespace sshkey
