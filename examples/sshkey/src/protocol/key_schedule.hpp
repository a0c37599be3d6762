// One key per direction and use: HKDF-SHA256 over the X25519 secret and the transcript. README.md, "Keys", gives the
// labels.
#pragma once

#include "protocol/handshake.hpp"

namespace sshkey {

// `transcript` is M1 and the header of M2: both ephemerals are in it.
HandshakeKeys derive_handshake_keys(const Secret& shared, View transcript);
// `transcript` is M1, M2 and M3.
TrafficKeys derive_traffic_keys(const Secret& pseudorandom_key, View transcript);

}  // namespace sshkey
