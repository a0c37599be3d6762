// The files that are no security packages and have a say in logons and passwords: how one is found and called.
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "authority/packages/registry.hpp"

namespace openlsa::authority {

// Every file of the kind that an administrator has registered, in the order in which they came: one that failed to
// start is among them, for what it would have refused must not pass because of that.
inline std::vector<std::shared_ptr<PackageFile>> side_doors(Registry& registry, seam::Door door) {
  std::vector<std::shared_ptr<PackageFile>> files;
  for (std::shared_ptr<PackageFile>& file : registry.files())
    if (file->drop_in()->door == door) files.push_back(std::move(file));
  return files;
}

}  // namespace openlsa::authority
