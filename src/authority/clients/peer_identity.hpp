// Who is at the other end, as the kernel says it (SO_PEERCRED and /proc at accept), never as a message says it.
#pragma once

#include <cstdint>
#include <optional>

namespace openlsa::authority {

struct PeerIdentity {
  std::uint32_t process_id = 0;
  std::uint32_t uid = 0;
  std::uint32_t gid = 0;
  std::uint64_t start_time_ticks = 0;  // of the process: a process id alone comes back
  // The audit session at connect (/proc/PID/sessionid); none when the process is of no login. It is no part of which
  // process this is: a login program gets another one while it works (pam_loginuid(8)).
  std::optional<std::uint32_t> audit_session = {};
  bool operator==(const PeerIdentity& other) const {
    return process_id == other.process_id && uid == other.uid && gid == other.gid &&
           start_time_ticks == other.start_time_ticks;
  }
};

// What a uid of a foreign user namespace looks like (user_namespaces(7)): nobody we know.
inline constexpr std::uint32_t overflow_uid = 65534;

// What the kernel says for "no audit session" (AUDIT_SID_UNSET of linux/audit.h).
inline constexpr std::uint32_t no_audit_session = 0xffffffff;

}  // namespace openlsa::authority
