// Functions of the table that are not offered: they answer so, and change nothing.
#include <openlsa/sspi.h>

SECURITY_STATUS ExportSecurityContext(PCtxtHandle, ULONG, PSecBuffer, void**) { return SEC_E_UNSUPPORTED_FUNCTION; }
SECURITY_STATUS ImportSecurityContextA(SEC_CHAR*, PSecBuffer, void*, PCtxtHandle) { return SEC_E_UNSUPPORTED_FUNCTION; }
SECURITY_STATUS ImportSecurityContextW(SEC_WCHAR*, PSecBuffer, void*, PCtxtHandle) {
  return SEC_E_UNSUPPORTED_FUNCTION;
}
SECURITY_STATUS AddCredentialsA(PCredHandle, SEC_CHAR*, SEC_CHAR*, ULONG, void*, SEC_GET_KEY_FN, void*, PTimeStamp) {
  return SEC_E_UNSUPPORTED_FUNCTION;
}
SECURITY_STATUS AddCredentialsW(PCredHandle, SEC_WCHAR*, SEC_WCHAR*, ULONG, void*, SEC_GET_KEY_FN, void*, PTimeStamp) {
  return SEC_E_UNSUPPORTED_FUNCTION;
}
SECURITY_STATUS SetContextAttributesA(PCtxtHandle, ULONG, void*, ULONG) { return SEC_E_UNSUPPORTED_FUNCTION; }
SECURITY_STATUS SetContextAttributesW(PCtxtHandle, ULONG, void*, ULONG) { return SEC_E_UNSUPPORTED_FUNCTION; }
SECURITY_STATUS SetCredentialsAttributesA(PCredHandle, ULONG, void*, ULONG) { return SEC_E_UNSUPPORTED_FUNCTION; }
SECURITY_STATUS SetCredentialsAttributesW(PCredHandle, ULONG, void*, ULONG) { return SEC_E_UNSUPPORTED_FUNCTION; }
SECURITY_STATUS ChangeAccountPasswordA(SEC_CHAR*, SEC_CHAR*, SEC_CHAR*, SEC_CHAR*, SEC_CHAR*, BOOLEAN, ULONG,
                                       PSecBufferDesc) {
  return SEC_E_UNSUPPORTED_FUNCTION;
}
SECURITY_STATUS ChangeAccountPasswordW(SEC_WCHAR*, SEC_WCHAR*, SEC_WCHAR*, SEC_WCHAR*, SEC_WCHAR*, BOOLEAN, ULONG,
                                       PSecBufferDesc) {
  return SEC_E_UNSUPPORTED_FUNCTION;
}
