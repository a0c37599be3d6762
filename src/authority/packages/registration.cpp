#include "authority/packages/registration.hpp"

#include <fmt/core.h>

#include <openlsa/ntstatus.h>
#include <openlsa/sspi.h>

#include "nt/built_in_packages.hpp"
#include "nt/utf.hpp"

namespace openlsa::authority {
std::optional<Objection> objection_to(const seam::PackageInfo& package, const std::vector<RegisteredPackage>& others,
                                      bool built_in) {
  const std::string name = nt::to_utf8_lossy(package.name);
  if (!built_in && nt::is_built_in_package(package.name))
    return Objection{STATUS_OBJECT_NAME_COLLISION,
                     fmt::format("'{}' is the name of a built-in package, which no other may take. Give the package "
                                 "another name.",
                                 name)};
  for (const RegisteredPackage& other : others) {
    if (nt::equal_names(other.info.name, package.name))
      return Objection{
          STATUS_OBJECT_NAME_COLLISION,
          fmt::format("The package '{}' is there already, from '{}'. Remove that one first.", name, other.drop_in)};
    if ((package.capabilities & other.info.capabilities & SECPKG_FLAG_NEGO_EXTENDER) != 0)
      return Objection{STATUS_OBJECT_NAME_COLLISION,
                       fmt::format("The package '{}' extends Negotiate, and '{}' from '{}' does so already; a system "
                                   "has one. Remove that one first.",
                                   name, nt::to_utf8_lossy(other.info.name), other.drop_in)};
  }
  return std::nullopt;
}

}  // namespace openlsa::authority
