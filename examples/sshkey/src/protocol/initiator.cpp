// The initiator's states, one function each.
#include "protocol/key_schedule.hpp"
#include "protocol/proof.hpp"

namespace sshkey {

Initiator::Initiator(std::shared_ptr<const Credential> credential, Target target, const Fixed32& binding,
                     std::uint32_t flags, const PeerPolicy& policy)
    : credential_(std::move(credential)),
      target_(std::move(target)),
      binding_(binding),
      flags_(flags),
      policy_(policy) {}

OrRefusal<Bytes> Initiator::begin(std::int64_t now) {
  if (state_ != State::start) {
    state_ = State::failed;
    return std::unexpected(Refusal::malformed);
  }
  state_ = State::failed;
  if (now > credential_->fields.not_after) return std::unexpected(Refusal::own_credential_gone);
  if (!policy_.trusts_authority(target_.authority_id)) return std::unexpected(Refusal::peer_refused);
  ephemeral_ = make_x25519();
  transcript_ = encode(Message1{flags_, ephemeral_.public_key, to_string(target_), binding_});
  state_ = State::awaiting_message2;
  return transcript_;
}

OrRefusal<Bytes> Initiator::on_message2(View message2, std::int64_t now) {
  const bool expected = state_ == State::awaiting_message2;
  state_ = State::failed;
  if (!expected) return std::unexpected(Refusal::malformed);
  auto message3 = answer(message2, now);
  ephemeral_.private_key.clear();
  if (message3) state_ = State::finished;
  return message3;
}

OrRefusal<Bytes> Initiator::answer(View message2, std::int64_t now) {
  if (now > credential_->fields.not_after) return std::unexpected(Refusal::own_credential_gone);
  const auto received = decode_message2(message2);
  if (!received || equal(received->ephemeral, ephemeral_.public_key)) return std::unexpected(Refusal::malformed);
  const auto shared = x25519_shared(ephemeral_.private_key, received->ephemeral);
  if (!shared) return std::unexpected(Refusal::malformed);

  Bytes before = transcript_;
  const Bytes header = message2_header(received->ephemeral);
  before.insert(before.end(), header.begin(), header.end());
  const HandshakeKeys keys = derive_handshake_keys(*shared, before);
  const auto proof = open_peer_proof(Role::acceptor, received->sealed, keys, before, *credential_, now);
  if (!proof) return std::unexpected(proof.error());
  if (!equal(proof->statement.authority_id, target_.authority_id)) return std::unexpected(Refusal::wrong_principal);
  auto peer = policy_.find_peer(proof->statement, proof->key, now);
  if (!peer) return std::unexpected(Refusal::peer_refused);
  if (!same_account(peer->account, target_.account)) return std::unexpected(Refusal::wrong_principal);

  transcript_.insert(transcript_.end(), message2.begin(), message2.end());
  before = transcript_;
  const Bytes header3 = message3_header();
  before.insert(before.end(), header3.begin(), header3.end());
  const auto sealed = make_sealed_proof(Role::initiator, *credential_, keys, before);
  if (!sealed) return std::unexpected(sealed.error());
  Bytes message3 = encode_message3(*sealed);
  transcript_.insert(transcript_.end(), message3.begin(), message3.end());
  finished_ = Finished{std::move(*peer), derive_traffic_keys(keys.pseudorandom_key, transcript_), flags_};
  return message3;
}

}  // namespace sshkey
