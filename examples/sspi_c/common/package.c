#include "common/package.h"

#include <stdio.h>

#include "common/status.h"
#include "common/text.h"

int print_packages(void) {
  PSecPkgInfo packages = NULL;
  ULONG count = 0, i;
  const SECURITY_STATUS status = EnumerateSecurityPackages(&count, &packages);
  if (status != SEC_E_OK) {
    report_status("EnumerateSecurityPackages", status);
    return 0;
  }
  for (i = 0; i < count; ++i) {
    print_text(stdout, packages[i].Name);
    printf("\t0x%08x\t%u\t", (unsigned)packages[i].fCapabilities, (unsigned)packages[i].cbMaxToken);
    print_text(stdout, packages[i].Comment);
    printf("\n");
  }
  /* One block: the array and its texts. */
  FreeContextBuffer(packages);
  return 1;
}

ULONG longest_token(TCHAR *package) {
  PSecPkgInfo information = NULL;
  ULONG longest;
  const SECURITY_STATUS status = QuerySecurityPackageInfo(package, &information);
  if (status != SEC_E_OK) {
    report_status("QuerySecurityPackageInfo", status);
    return 0;
  }
  longest = information->cbMaxToken;
  FreeContextBuffer(information);
  return longest;
}

int acquire_credentials(TCHAR *package, ULONG use, SEC_WINNT_AUTH_IDENTITY *identity, PCredHandle credentials) {
  TimeStamp expiry;
  const SECURITY_STATUS status =
      AcquireCredentialsHandle(NULL, package, use, NULL, identity, NULL, NULL, credentials, &expiry);
  if (status == SEC_E_OK) return 1;
  report_status("AcquireCredentialsHandle", status);
  return 0;
}
