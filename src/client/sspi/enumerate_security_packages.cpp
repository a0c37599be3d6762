#include "client/sspi/packages.hpp"
#include "client/sspi/sspi_edge.hpp"

using namespace openlsa::client;

SECURITY_STATUS EnumerateSecurityPackagesA(ULONG* pcPackages, PSecPkgInfoA* ppPackageInfo) {
  return sspi_edge([&] { return enumerate_packages(pcPackages, ppPackageInfo); });
}

SECURITY_STATUS EnumerateSecurityPackagesW(ULONG* pcPackages, PSecPkgInfoW* ppPackageInfo) {
  return sspi_edge([&] { return enumerate_packages(pcPackages, ppPackageInfo); });
}
