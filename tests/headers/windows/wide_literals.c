/* A source of the W functions with L"" literals, as it stands on Windows: it needs -fshort-wchar here. */
#include "windows_headers.h"

#include <wchar.h>

static WCHAR package[] = L"Negotiate";
static const wchar_t *const target = L"host/server";

SECURITY_STATUS acquire_wide(PCredHandle credentials);
SECURITY_STATUS acquire_wide(PCredHandle credentials) {
  SEC_WINNT_AUTH_IDENTITY_W identity;
  TimeStamp expiry;
  ZeroMemory(&identity, sizeof(identity));
  identity.User = (unsigned short *)L"user";
  identity.UserLength = 4;
  identity.Flags = SEC_WINNT_AUTH_IDENTITY_UNICODE;
  if (target[0] == 0) return SEC_E_TARGET_UNKNOWN;
  return AcquireCredentialsHandleW(NULL, package, SECPKG_CRED_OUTBOUND, NULL, &identity, NULL, NULL, credentials,
                                   &expiry);
}
