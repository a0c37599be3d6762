// Packages and their files as JSON.
#pragma once

#include <string>
#include <vector>

#include "authority/audit/json_line.hpp"
#include "authority/packages/drop_in.hpp"
#include "authority/packages/package_file.hpp"
#include "seam/package_calls.hpp"

namespace openlsa::authority::admin {

// {"vouch_for": [...], ...}: all rights, those that are not given too.
std::string rights_json(const Rights& rights);
// ["vouch_for=alice", "network"]: the rights that are given, for one cell of a table.
std::string rights_cell(const Rights& rights);
std::string found_packages_json(const std::vector<seam::PackageInfo>& packages);
std::string dropped_packages_json(const std::vector<seam::DroppedPackage>& dropped);
// One row of `package list`.
std::string file_row(const FileStatus& file);
std::string refused_row(const std::string& name, const std::string& reason);

}  // namespace openlsa::authority::admin
