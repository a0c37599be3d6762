// What the documentation asks of a package that is registered beside others: restrictions-around-registering-and-
// installing-a-security-package (built-in packages cannot be replaced), SecPkgInfo (one SECPKG_FLAG_NEGO_EXTENDER in
// the system), and a name that no other package has, for callers ask for packages by name.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "authority/packages/host_context.hpp"
#include "nt/status.hpp"
#include "seam/values.hpp"

namespace openlsa::authority {

struct Objection {
  nt::Status status = 0;
  std::string reason;  // for a person
};

// The name of a package that comes with Windows, without case. No custom package has it, whether the built-in one is
// here or not: a program that asks for "Kerberos" means Kerberos.
bool is_built_in_name(std::u16string_view name);

// A package that is here, and the drop-in that it came from.
struct RegisteredPackage {
  const seam::PackageInfo& info;
  const std::string& drop_in;
};
// Why the package cannot be registered beside the others; nothing when it can.
std::optional<Objection> objection_to(const seam::PackageInfo& package, const std::vector<RegisteredPackage>& others);

}  // namespace openlsa::authority
