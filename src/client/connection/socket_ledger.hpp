// The sockets of this library in this process, so that a forked child can close its copies: otherwise the child would
// hold its parent's connections open. A fixed table of atomics, for a child may be forked in the middle of anything.
#pragma once

#include "client/connection/process_identity.hpp"

namespace openlsa::client {

// What does not fit is not recorded; a child then keeps its copy until it ends.
void record_socket(const SocketIdentity& socket);
void forget_socket(const SocketIdentity& socket);
// Closes the sockets that ancestors of this process opened, as far as their numbers still name them.
void close_inherited_sockets();

}  // namespace openlsa::client
