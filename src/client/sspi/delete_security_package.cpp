#include "client/bare/bare_providers.hpp"
#include "client/sspi/security_package_list.hpp"
#include "client/sspi/sspi_edge.hpp"

using namespace openlsa::client;
namespace nt = openlsa::nt;

namespace {

// A bare SSP by its file or by a package's name, for new credentials of this process; one that lsa.toml lists is the
// administrator's. Another name without an ending is the authority's, by the name of its file. With an ending it can
// only mean a bare SSP: a hosted package, which would be gone for good, does not stand in for one.
template <class Char>
nt::Status take_back(const Char* given) {
  PackageName name;
  if (const nt::Status status = read_package_name(given, name); status != SEC_E_OK) return status;
  const nt::Status status = BareProviders::of_process().remove(name.path, name.text);
  return status == SEC_E_SECPKG_NOT_FOUND && !name.has_ending ? remove_from_authority(name) : status;
}

}  // namespace

SECURITY_STATUS DeleteSecurityPackageA(SEC_CHAR* pszPackageName) {
  return sspi_edge([&] { return take_back(pszPackageName); });
}

SECURITY_STATUS DeleteSecurityPackageW(SEC_WCHAR* pszPackageName) {
  return sspi_edge([&] { return take_back(pszPackageName); });
}
