#include "protocol/proof.hpp"

#include "core/wire.hpp"

namespace sshkey {
namespace {

// Label, role, and SHA-256 of everything before; the only form of bytes that a session key ever signs.
Bytes signed_bytes(Role signer, View before, const Proof& proof) {
  const Bytes own = Writer().string(proof.statement).string(proof.sshsig).take();
  Writer writer;
  writer.raw(handshake_label).u8(static_cast<std::uint8_t>(signer)).raw(sha256({before, own}));
  return writer.take();
}

Fixed32 mac_of(Role signer, const HandshakeKeys& keys, View before, const Proof& proof) {
  const Bytes own = Writer().string(proof.statement).string(proof.sshsig).raw(proof.signature).take();
  Writer writer;
  writer.raw(handshake_label).u8(static_cast<std::uint8_t>(signer)).raw(sha256({before, own}));
  const Secret& key = signer == Role::initiator ? keys.mac_initiator : keys.mac_acceptor;
  return hmac_sha256(key.reveal(), writer.bytes());
}

const Secret& aead_key(Role signer, const HandshakeKeys& keys) {
  return signer == Role::initiator ? keys.aead_initiator : keys.aead_acceptor;
}

bool may_act_as(Role role, const Statement& statement) {
  return (statement.purpose & (role == Role::initiator ? purpose_initiate : purpose_accept)) != 0;
}

}  // namespace

OrRefusal<Bytes> make_sealed_proof(Role signer, const Credential& credential, const HandshakeKeys& keys, View before) {
  Proof proof;
  proof.statement = credential.statement;
  proof.sshsig = credential.sshsig;
  const auto signature = ed25519_sign(credential.session_private, signed_bytes(signer, before, proof));
  if (!signature) return std::unexpected(Refusal::own_credential_gone);
  proof.signature = *signature;
  proof.mac = mac_of(signer, keys, before, proof);
  return aead_seal_once(aead_key(signer, keys), sha256({before}), encode(proof));
}

OrRefusal<PeerProof> open_peer_proof(Role signer, View sealed, const HandshakeKeys& keys, View before,
                                     const Credential& own, std::int64_t now) {
  const auto opened = aead_open_once(aead_key(signer, keys), sha256({before}), sealed);
  if (!opened) return std::unexpected(Refusal::altered);
  const auto proof = decode_proof(*opened);
  if (!proof) return std::unexpected(Refusal::malformed);
  if (!equal_constant_time(proof->mac, mac_of(signer, keys, before, *proof))) return std::unexpected(Refusal::altered);

  const auto statement = decode_statement(proof->statement);
  if (!statement) return std::unexpected(Refusal::malformed);
  if (equal(statement->session_key, own.fields.session_key)) return std::unexpected(Refusal::malformed);
  auto key = PublicKey::parse(statement->user_key);
  if (!key || !sshsig_verify(proof->sshsig, *key, proof->statement) ||
      !ed25519_verify(statement->session_key, signed_bytes(signer, before, *proof), proof->signature) ||
      now < statement->not_before || now > statement->not_after || !may_act_as(signer, *statement))
    return std::unexpected(Refusal::peer_refused);
  return PeerProof{*statement, std::move(*key)};
}

}  // namespace sshkey
