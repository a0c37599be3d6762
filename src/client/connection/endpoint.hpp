// The other side of a connection of this process, with the question that a library in other people's processes must
// ask before each use: is it still ours, and still there?
#pragma once

#include "wire/transport.hpp"

namespace openlsa::client {

class Endpoint : public wire::Transport {
 public:
  // False when the descriptor is no longer our socket (closefrom, close, dup2), or when this is another process than
  // the one that made the connection. Must be known before each call.
  virtual bool ours() const = 0;
  // Ours, and the other side has not hung up. A call finds out by itself, before anything is sent (wire::NoReply).
  virtual bool usable() const = 0;
  // A call failed on it. Asks nobody.
  virtual bool broken() const = 0;
};

}  // namespace openlsa::client
