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

}  // namespace openlsa::service
