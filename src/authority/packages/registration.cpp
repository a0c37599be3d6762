#include "authority/packages/registration.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <string_view>

#include <openlsa/ntstatus.h>
#include <openlsa/sspi.h>

#include "nt/utf.hpp"

namespace openlsa::authority {
namespace {

// security.h, ntsecapi.h and the pages of SecAuthN, "SSP Packages Provided by Microsoft".
constexpr std::array<std::u16string_view, 14> built_in_names{
    u"Negotiate",
    u"NTLM",
    u"MICROSOFT_AUTHENTICATION_PACKAGE_V1_0",
    u"Kerberos",
    u"WDigest",
    u"Schannel",
    u"Microsoft Unified Security Protocol Provider",
    u"Default TLS SSP",
    u"CREDSSP",
    u"TSSSP",
    u"PKU2U",
    u"NegoExtender",
    u"CloudAP",
    u"LiveSSP",
};

// No custom package has such a name, whether the built-in one is here or not: a program that asks for "Kerberos" means
// Kerberos.
bool is_built_in_name(std::u16string_view name) {
  return std::any_of(built_in_names.begin(), built_in_names.end(),
                     [&](std::u16string_view known) { return nt::equal_names(known, name); });
}

}  // namespace

std::optional<Objection> objection_to(const seam::PackageInfo& package, const std::vector<RegisteredPackage>& others) {
  const std::string name = nt::to_utf8_lossy(package.name);
  if (is_built_in_name(package.name))
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
