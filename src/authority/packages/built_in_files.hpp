// The package files that come with this release: what a drop-in says of others, the authority says of these itself.
#pragma once

#include <string_view>
#include <vector>

#include "authority/packages/drop_in.hpp"

namespace openlsa::authority {

struct Configuration;

struct BuiltInFile {
  std::string_view name;  // as of a drop-in
  std::string_view file;
  bool Configuration::* enabled;
  seam::Door door = seam::Door::security_packages;
};
// In the order in which they are loaded.
const std::vector<BuiltInFile>& built_in_files();
bool is_built_in_file(std::string_view name);

// A built-in package speaks for every account, and asks the authority what keys say. A door only answers.
Rights built_in_rights(seam::Door door);

}  // namespace openlsa::authority
