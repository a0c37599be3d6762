/* Each WRONG must not compile; without any it does. */
#if WRONG == 1
#define SECURITY_KERNEL /* documented for drivers only */
#endif
#include "windows_headers.h"
#include <ntsecpkg.h>

SECURITY_STATUS use(PCredHandle credentials, PCtxtHandle context, PSecBufferDesc message);
SECURITY_STATUS use(PCredHandle credentials, PCtxtHandle context, PSecBufferDesc message) {
  SecurityFunctionTableW wide;
  SecurityFunctionTableA ansi;
  SECPKG_FUNCTION_TABLE package;
  SEC_WINNT_AUTH_IDENTITY_W identity;
  ULONG quality = 0;
  ZeroMemory(&package, sizeof(package));
  wide.MakeSignature = MakeSignature;
  ansi.AcquireCredentialsHandleA = AcquireCredentialsHandleA;
  wide.AcquireCredentialsHandleW = AcquireCredentialsHandleW;
  identity.User = NULL;
#if WRONG == 2 /* a function of another type */
  wide.VerifySignature = MakeSignature;
#elif WRONG == 3 /* the W function in the A table */
  ansi.AcquireCredentialsHandleA = AcquireCredentialsHandleW;
#elif WRONG == 4 /* the A member of the W table: there is none */
  wide.AcquireCredentialsHandleA = NULL;
#elif WRONG == 5 /* a slot of a package with a function of the interface */
  package.Shutdown = FreeContextBuffer;
#elif WRONG == 6 /* char text for a W function */
  static char name[] = "NTLM";
  PSecPkgInfoW found;
  return QuerySecurityPackageInfoW(name, &found);
#elif WRONG == 7 /* char text in a W identity */
  static char user[] = "user";
  identity.User = user;
#elif WRONG == 8 /* one argument is missing */
  return VerifySignature(context, message, 0);
#elif WRONG == 9 /* a credentials handle by value */
  return FreeCredentialsHandle(*credentials);
#endif
  if (wide.MakeSignature == NULL || ansi.AcquireCredentialsHandleA == NULL || identity.User != NULL ||
      wide.AcquireCredentialsHandleW == NULL || package.Shutdown != NULL)
    return FreeCredentialsHandle(credentials);
  return VerifySignature(context, message, 0, &quality);
}
