// Who is at the other end, as the kernel says it (SO_PEERCRED and /proc at accept), never as a message says it.
#pragma once

#include <cstdint>

namespace openlsa::authority {

struct PeerIdentity {
  std::uint32_t process_id = 0;
  std::uint32_t uid = 0;
  std::uint32_t gid = 0;
  std::uint64_t start_time_ticks = 0;  // of the process: a process id alone comes back
  bool operator==(const PeerIdentity&) const = default;
};

// What a uid of a foreign user namespace looks like (user_namespaces(7)): nobody we know.
inline constexpr std::uint32_t overflow_uid = 65534;

}  // namespace openlsa::authority
