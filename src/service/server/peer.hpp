// Who connected, from the kernel: SO_PEERCRED, a pidfd of that very process, and its start time.
#pragma once

#include <optional>

#include "authority/clients/peer_identity.hpp"
#include "base/unique_fd.hpp"

namespace openlsa::service {

struct Peer {
  authority::PeerIdentity identity;
  base::UniqueFd process;  // becomes readable when the process ends
};

// Nothing when the process cannot be told apart from one that took its id since.
std::optional<Peer> identify_peer(int socket);

// The audit session of the process that began then, now. Nothing: it is in none, the kernel has none, or the process is
// gone.
std::optional<std::uint32_t> audit_session_of(std::uint32_t process_id, std::uint64_t start_time_ticks);

}  // namespace openlsa::service
