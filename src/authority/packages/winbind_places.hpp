// Where winbindd listens. libwbclient has the first place built in, and gets the second from winbindd; both are those
// of Debian's packages.
#pragma once

#include <cstdint>
#include <optional>

namespace openlsa::authority {

inline constexpr const char* winbind_socket_directory = "/run/samba/winbindd";
// root:winbindd_priv 0750: a logon by responses takes the pipe in it, and the pipe takes its group.
inline constexpr const char* winbind_privileged_directory = "/var/lib/samba/winbindd_privileged";

// The group that opens the privileged directory; none without winbind, or when it is root's own.
std::optional<std::uint32_t> winbind_gid();

}  // namespace openlsa::authority
