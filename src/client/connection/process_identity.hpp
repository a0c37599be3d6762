// Who this process is, and whether a socket is still the one that it opened.
#pragma once

#include <sys/types.h>

#include <cstdint>

namespace openlsa::client {

// Counts forks (0 in the first process); with the pid it tells a child from its parent even in a new pid namespace.
// The first call arranges for the counting.
std::uint32_t fork_generation();

// What must not change between two calls on one connection, for the authority knows the process by it (SO_PEERCRED at
// connect). Credentials are those of the calling thread.
struct ProcessIdentity {
  pid_t process_id = 0;
  std::uint32_t generation = 0;
  uid_t real_uid = 0, effective_uid = 0, saved_uid = 0;
  gid_t real_gid = 0, effective_gid = 0, saved_gid = 0;

  static ProcessIdentity now();
  bool same_process(const ProcessIdentity& other) const {
    return process_id == other.process_id && generation == other.generation;
  }
  // A thread that impersonates through the library (it has a token) has another effective identity for a while, and
  // its calls name the token; real and saved ids stay (win32/posix_identity.hpp).
  bool same(const ProcessIdentity& other, bool impersonating) const;
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
