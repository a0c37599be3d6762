// The POSIX identity of one thread while it impersonates: effective uid, gid and groups of the token, and no effective
// capabilities. The C library's functions change all threads (nptl(7)), so these are the raw system calls; real and
// saved ids stay, and give the way back. A POSIX thread inherits the identity of the thread that starts it and, since
// it does not impersonate, cannot leave it: start threads before impersonating.
#pragma once

#include "nt/token_data.hpp"

namespace openlsa::win32 {

enum class AssumeResult {
  assumed,     // the thread has the identity
  token_only,  // the token is of the thread's own uid: the thread has its own identity
  refused,     // the thread may not take this identity; it keeps the one it had, own or assumed
};

// Gives the calling thread the identity, from its own one (an assumed one is given back first). Order: setgroups,
// setresgid(-1, gid, -1), setresuid(-1, uid, -1), empty effective capabilities.
AssumeResult assume_posix_identity(const nt::PosixIdentity& identity);
// Back to the thread's own identity, in reverse order. A thread that cannot get back would go on as somebody else,
// so failure ends the process. Nothing happens when no identity is assumed.
void revert_posix_identity();

}  // namespace openlsa::win32
