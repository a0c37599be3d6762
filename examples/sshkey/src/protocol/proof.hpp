// One side's proof: statement, SSHSIG, signature by the session key, MAC; and the check of the other side's.
#pragma once

#include "protocol/handshake.hpp"

namespace sshkey {

// `before` is everything that was sent before the sealed proof, the header of its own message included.
OrRefusal<Bytes> make_sealed_proof(Role signer, const Credential& credential, const HandshakeKeys& keys, View before);

struct PeerProof {
  Statement statement;
  PublicKey key;
};
// Opens and checks what does not depend on this side's store: AEAD, MAC, form, SSHSIG by the user key over the
// statement, signature by the session key over the transcript, time and purpose. `own` is refused when it comes back.
OrRefusal<PeerProof> open_peer_proof(Role signer, View sealed, const HandshakeKeys& keys, View before,
                                     const Credential& own, std::int64_t now);

}  // namespace sshkey
