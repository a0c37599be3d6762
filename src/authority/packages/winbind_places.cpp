#include "authority/packages/winbind_places.hpp"

#include <sys/stat.h>

#include "base/log.hpp"

namespace openlsa::authority {

std::optional<std::uint32_t> winbind_gid() {
  struct stat directory{};
  if (::lstat(winbind_privileged_directory, &directory) != 0) return std::nullopt;
  // Whoever owns the directory would choose a group for the host.
  if (S_ISDIR(directory.st_mode) && directory.st_uid == 0 && directory.st_gid != 0) return directory.st_gid;
  base::log(base::LogLevel::warning,
            std::string(winbind_privileged_directory) +
                " is no directory of root with a group of its own; logons over the network to a domain will fail. Its "
                "group must be winbindd_priv (chgrp winbindd_priv, mode 0750).");
  return std::nullopt;
}

}  // namespace openlsa::authority
