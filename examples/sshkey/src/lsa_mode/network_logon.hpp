// The acceptor's side of a proven client: a network logon session and a token for it in the server's process.
#pragma once

#include "lsa_mode/package.hpp"

namespace sshkey {

// The HANDLE value in the client of the current call (the server process). `not_after`: when the client's proof ends.
std::expected<HANDLE, NTSTATUS> log_on_peer(Package& package, const Peer& peer, SECURITY_IMPERSONATION_LEVEL level,
                                            std::int64_t not_after);

}  // namespace sshkey
