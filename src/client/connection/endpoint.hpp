// The other side of a connection of this process, with the question that a library in other people's processes must
// ask before each use: is it still ours, and still there?
#pragma once

#include "wire/transport.hpp"

namespace openlsa::client {

class Endpoint : public wire::Transport {
 public:
  // False when the descriptor is no longer our socket (closefrom, close, dup2), when this is another process than the
  // one that made the connection, or when the other side has hung up. Then only a new endpoint helps.
  virtual bool usable() const = 0;
  // A call failed on it. Asks nobody.
  virtual bool broken() const = 0;
};

}  // namespace openlsa::client
