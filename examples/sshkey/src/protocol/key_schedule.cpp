#include "protocol/key_schedule.hpp"

namespace sshkey {
namespace {

Secret expand(const Secret& key, std::string_view use, View context) {
  return hkdf_expand(key.reveal(), std::string(handshake_label) + " " + std::string(use), context);
}

}  // namespace

HandshakeKeys derive_handshake_keys(const Secret& shared, View transcript) {
  HandshakeKeys keys;
  keys.pseudorandom_key = hkdf_extract(sha256({transcript}), shared.reveal());
  keys.aead_initiator = expand(keys.pseudorandom_key, "handshake aead initiator", {});
  keys.aead_acceptor = expand(keys.pseudorandom_key, "handshake aead acceptor", {});
  keys.mac_initiator = expand(keys.pseudorandom_key, "handshake mac initiator", {});
  keys.mac_acceptor = expand(keys.pseudorandom_key, "handshake mac acceptor", {});
  return keys;
}

TrafficKeys derive_traffic_keys(const Secret& pseudorandom_key, View transcript) {
  const Fixed32 context = sha256({transcript});
  TrafficKeys keys;
  keys.seal_from_initiator = expand(pseudorandom_key, "traffic seal initiator", context);
  keys.seal_from_acceptor = expand(pseudorandom_key, "traffic seal acceptor", context);
  keys.sign_from_initiator = expand(pseudorandom_key, "traffic sign initiator", context);
  keys.sign_from_acceptor = expand(pseudorandom_key, "traffic sign acceptor", context);
  return keys;
}

}  // namespace sshkey
