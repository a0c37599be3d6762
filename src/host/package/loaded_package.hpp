// One security package of the file, with the slots of its table that count.
#pragma once

#include <atomic>
#include <cstddef>
#include <string>

#include "seam/values.hpp"

#include <openlsa/ntsecpkg.h>

namespace openlsa::host {

struct LoadedPackage {
  seam::PackageId id = 0;
  std::uint32_t index_in_file = 0;
  // SecPkgInfo and what else the authority and the client need to know of it.
  seam::PackageInfo info;
  // A copy; slots beyond what the interface version counts are NULL, whatever lies behind the package's table. A
  // classic AP's exports have the signatures of the slots and stand in them.
  SECPKG_FUNCTION_TABLE table{};
  // It asked to be unloaded: no call enters it any more. The structure stays, for what still names it.
  std::atomic<bool> unloaded{false};

  // For messages: the name, or the place in the file as long as there is none.
  std::string display_name() const;
};

}  // namespace openlsa::host
