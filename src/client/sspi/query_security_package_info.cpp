#include "client/sspi/packages.hpp"
#include "client/sspi/sspi_edge.hpp"

using namespace openlsa::client;

SECURITY_STATUS QuerySecurityPackageInfoA(SEC_CHAR* pszPackageName, PSecPkgInfoA* ppPackageInfo) {
  return sspi_edge([&] { return query_package<SecPkgInfoA, SEC_CHAR>(pszPackageName, ppPackageInfo); });
}

SECURITY_STATUS QuerySecurityPackageInfoW(SEC_WCHAR* pszPackageName, PSecPkgInfoW* ppPackageInfo) {
  return sspi_edge([&] { return query_package<SecPkgInfoW, SEC_WCHAR>(pszPackageName, ppPackageInfo); });
}
