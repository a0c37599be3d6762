/* Every call of a client and a server, by its plain name, with TEXT and the T types: A without UNICODE, W with it. */
#include "windows_headers.h"

SECURITY_STATUS acquire(PCredHandle credentials, LPTSTR user, LPTSTR domain, LPTSTR password);
SECURITY_STATUS initialize(PCredHandle credentials, PCtxtHandle context, PSecBufferDesc input, PSecBufferDesc output);
SECURITY_STATUS accept_token(PCredHandle credentials, PCtxtHandle context, PSecBufferDesc input, PSecBufferDesc output);
SECURITY_STATUS describe(PCtxtHandle context, PCredHandle credentials);
SECURITY_STATUS protect(PCtxtHandle context, PSecBufferDesc message);
SECURITY_STATUS packages(VOID);
BOOLEAN names(LPTSTR buffer, PULONG size);
SECURITY_STATUS move(PCtxtHandle context, PCtxtHandle moved);
VOID close_all(PCredHandle credentials, PCtxtHandle context);

SECURITY_STATUS acquire(PCredHandle credentials, LPTSTR user, LPTSTR domain, LPTSTR password) {
  TimeStamp expiry;
  SEC_WINNT_AUTH_IDENTITY identity;
  PSEC_WINNT_AUTH_IDENTITY pointer = &identity;
  ZeroMemory(&identity, sizeof(identity));
#ifdef UNICODE
  identity.User = (unsigned short *)user;
  identity.Domain = (unsigned short *)domain;
  identity.Password = (unsigned short *)password;
  identity.Flags = SEC_WINNT_AUTH_IDENTITY_UNICODE;
#else
  identity.User = (unsigned char *)user;
  identity.Domain = (unsigned char *)domain;
  identity.Password = (unsigned char *)password;
  identity.Flags = SEC_WINNT_AUTH_IDENTITY_ANSI;
#endif
  SecInvalidateHandle(credentials);
  return AcquireCredentialsHandle(NULL, (LPTSTR)TEXT("Negotiate"), SECPKG_CRED_OUTBOUND, NULL, pointer, NULL, NULL,
                                  credentials, &expiry);
}

SECURITY_STATUS initialize(PCredHandle credentials, PCtxtHandle context, PSecBufferDesc input, PSecBufferDesc output) {
  TimeStamp expiry;
  ULONG attributes = 0;
  SECURITY_STATUS status = InitializeSecurityContext(
      credentials, SecIsValidHandle(context) ? context : NULL, (LPTSTR)TEXT("host/server"),
      ISC_REQ_MUTUAL_AUTH | ISC_REQ_ALLOCATE_MEMORY, 0, SECURITY_NATIVE_DREP, input, 0, context, output, &attributes,
      &expiry);
  if (status == SEC_I_COMPLETE_NEEDED || status == SEC_I_COMPLETE_AND_CONTINUE)
    status = CompleteAuthToken(context, output);
  if (FAILED(status)) return status;
  return (attributes & ISC_RET_MUTUAL_AUTH) != 0 ? SEC_E_OK : SEC_E_WRONG_PRINCIPAL;
}

SECURITY_STATUS accept_token(PCredHandle credentials, PCtxtHandle context, PSecBufferDesc input,
                             PSecBufferDesc output) {
  TimeStamp expiry;
  ULONG attributes;
  SECURITY_STATUS status = AcceptSecurityContext(credentials, NULL, input, ASC_REQ_CONNECTION, SECURITY_NATIVE_DREP,
                                                 context, output, &attributes, &expiry);
  if (status == SEC_E_OK) status = ImpersonateSecurityContext(context);
  return status == SEC_E_OK ? RevertSecurityContext(context) : status;
}

SECURITY_STATUS describe(PCtxtHandle context, PCredHandle credentials) {
  SecPkgContext_Sizes sizes;
  SecPkgContext_Names user;
  SecPkgContext_PackageInfo package;
  SecPkgContext_NegotiationInfo negotiation;
  SecPkgContext_KeyInfo key;
  SecPkgCredentials_Names owner;
  SecPkgContext_Flags flags = {0};
  LPTSTR name = NULL;
  SECURITY_STATUS status = QueryContextAttributes(context, SECPKG_ATTR_SIZES, &sizes);
  if (status == SEC_E_OK) status = QueryContextAttributes(context, SECPKG_ATTR_NAMES, &user);
  if (status == SEC_E_OK) name = user.sUserName;
  if (status == SEC_E_OK) status = QueryContextAttributes(context, SECPKG_ATTR_PACKAGE_INFO, &package);
  if (status == SEC_E_OK) name = package.PackageInfo->Name;
  if (status == SEC_E_OK) status = QueryContextAttributes(context, SECPKG_ATTR_NEGOTIATION_INFO, &negotiation);
  if (status == SEC_E_OK) name = negotiation.PackageInfo->Comment;
  if (status == SEC_E_OK) status = QueryContextAttributes(context, SECPKG_ATTR_KEY_INFO, &key);
  if (status == SEC_E_OK) name = key.sEncryptAlgorithmName;
  if (status == SEC_E_OK) status = QueryCredentialsAttributes(credentials, SECPKG_CRED_ATTR_NAMES, &owner);
  if (status == SEC_E_OK) name = owner.sUserName;
  if (status == SEC_E_OK) status = SetContextAttributes(context, SECPKG_ATTR_FLAGS, &flags, sizeof(flags));
  return name != NULL ? FreeContextBuffer(name) : status;
}

SECURITY_STATUS protect(PCtxtHandle context, PSecBufferDesc message) {
  ULONG quality;
  SECURITY_STATUS status = MakeSignature(context, 0, message, 0);
  if (status == SEC_E_OK) status = VerifySignature(context, message, 0, &quality);
  if (status == SEC_E_OK) status = EncryptMessage(context, 0, message, 1);
  return status == SEC_E_OK ? DecryptMessage(context, message, 1, &quality) : status;
}

SECURITY_STATUS packages(VOID) {
  PSecPkgInfo all = NULL;
  SecPkgInfo copy;
  ULONG count = 0;
  SECURITY_STATUS status = EnumerateSecurityPackages(&count, &all);
  if (status != SEC_E_OK || count == 0) return status;
  copy = all[0];
  FreeContextBuffer(all);
  return QuerySecurityPackageInfo(copy.Name, &all);
}

BOOLEAN names(LPTSTR buffer, PULONG size) {
  return GetUserNameEx(NameSamCompatible, buffer, size) || GetComputerObjectName(NameDnsDomain, buffer, size);
}

SECURITY_STATUS move(PCtxtHandle context, PCtxtHandle moved) {
  SecBuffer packed = {0, SECBUFFER_EMPTY, NULL};
  HANDLE token = NULL;
  const SECURITY_STATUS status = ExportSecurityContext(context, SECPKG_CONTEXT_EXPORT_DELETE_OLD, &packed, &token);
  if (status != SEC_E_OK) return status;
  return ImportSecurityContext((LPTSTR)TEXT("Kerberos"), &packed, token, moved);
}

VOID close_all(PCredHandle credentials, PCtxtHandle context) {
  DeleteSecurityContext(context);
  FreeCredentialsHandle(credentials);
}
