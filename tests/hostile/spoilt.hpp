// The ways to spoil a datagram.
#pragma once

#include <functional>

#include "hostile/raw_connection.hpp"

namespace openlsa::test {

struct Spoilt {
  std::string how;
  Datagram datagram;
};

// The first n bytes, for every n; and the same with a header that agrees with what is left of the body.
std::vector<Spoilt> truncations(const Datagram& good);
// One bit turned, for each bit of the header and for the bits of the body (each seventh without OPENLSA_SOAK).
std::vector<Spoilt> bit_flips(const Datagram& good);

}  // namespace openlsa::test
