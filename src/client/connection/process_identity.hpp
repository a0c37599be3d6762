// Who this process is, and whether a socket is still the one that it opened.
#pragma once

#include <sys/types.h>

#include <cstdint>

namespace openlsa::client {

// Tells a child from its parent, whatever made it (fork, clone, a new pid namespace): 1 in the process that asked
// first, another number in each child with memory of its own. No system call after the first.
std::uint32_t fork_generation();

// What must not change between two calls on one connection, for the authority knows the process by it (SO_PEERCRED at
// connect). Credentials are those of the calling thread.
struct ProcessIdentity {
  std::uint32_t generation = 0;
  uid_t real_uid = 0, effective_uid = 0, saved_uid = 0;
  gid_t real_gid = 0, effective_gid = 0, saved_gid = 0;

  static ProcessIdentity now();
  bool in_its_process() const { return generation == fork_generation(); }
  // A thread that impersonates through the library (it has a token) has another effective identity for a while, and
  // its calls name the token; real and saved ids stay (win32/posix_identity.hpp).
  bool same(const ProcessIdentity& now, bool impersonating) const;
  bool same_effective(const ProcessIdentity& other) const {
    return effective_uid == other.effective_uid && effective_gid == other.effective_gid;
  }
};

// A socket by number and SO_COOKIE, which no other socket of this boot has.
struct SocketIdentity {
  int descriptor = -1;
  std::uint64_t cookie = 0;

  static SocketIdentity of(int descriptor);
  // Whether the number still names this socket: after closefrom(3) it may name nothing, or someone else's file.
  bool holds() const;
};

}  // namespace openlsa::client
