// What the documentation asks of a package that is registered beside others: restrictions-around-registering-and-
// installing-a-security-package (built-in packages cannot be replaced), SecPkgInfo (one SECPKG_FLAG_NEGO_EXTENDER in
// the system), and a name that no other package has, for callers ask for packages by name.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "nt/status.hpp"
#include "seam/values.hpp"

namespace openlsa::authority {

struct Objection {
  nt::Status status = 0;
  std::string reason;  // for a person
};

// A package that is here, and the drop-in that it came from.
struct RegisteredPackage {
  seam::PackageInfo info;
  std::string drop_in;
};
// Why the package cannot be registered beside the others; nothing when it can. `built_in`: it comes with this release.
std::optional<Objection> objection_to(const seam::PackageInfo& package, const std::vector<RegisteredPackage>& others,
                                      bool built_in = false);

}  // namespace openlsa::authority
