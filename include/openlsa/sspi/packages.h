/* OpenLSA: the packages of Negotiate, and SASL. */
#ifndef OPENLSA_SSPI_PACKAGES_H
#define OPENLSA_SSPI_PACKAGES_H

EXTERN_C_START

typedef struct _SECURITY_PACKAGE_OPTIONS {
  ULONG Size;  /* of this structure */
  ULONG Type;  /* SECPKG_OPTIONS_TYPE_... */
  ULONG Flags; /* SECPKG_OPTIONS_PERMANENT */
  ULONG SignatureSize;
  void* Signature;
} SECURITY_PACKAGE_OPTIONS, *PSECURITY_PACKAGE_OPTIONS;

/* What LSA_SECPKG_FUNCTION_TABLE.GetAppModeInfo and SetAppModeInfo exchange, in one piece. */
typedef struct _SECPKG_APP_MODE_INFO {
  ULONG UserFunction;
  ULONG_PTR Argument1;
  ULONG_PTR Argument2;
  SecBuffer UserData;
  BOOLEAN ReturnToLsa;
} SECPKG_APP_MODE_INFO, *PSECPKG_APP_MODE_INFO;

/* Negotiate's list of packages. */
SECURITY_STATUS SEC_ENTRY AddSecurityPackageW(SEC_WCHAR* pszPackageName, PSECURITY_PACKAGE_OPTIONS pOptions);
SECURITY_STATUS SEC_ENTRY AddSecurityPackageA(SEC_CHAR* pszPackageName, PSECURITY_PACKAGE_OPTIONS pOptions);
SECURITY_STATUS SEC_ENTRY DeleteSecurityPackageW(SEC_WCHAR* pszPackageName);
SECURITY_STATUS SEC_ENTRY DeleteSecurityPackageA(SEC_CHAR* pszPackageName);

/* SASL profiles (RFC 4422). */
SECURITY_STATUS SEC_ENTRY SaslEnumerateProfilesW(SEC_WCHAR** ProfileList, ULONG* ProfileCount);
SECURITY_STATUS SEC_ENTRY SaslEnumerateProfilesA(SEC_CHAR** ProfileList, ULONG* ProfileCount);
SECURITY_STATUS SEC_ENTRY SaslGetProfilePackageW(SEC_WCHAR* ProfileName, PSecPkgInfoW* PackageInfo);
SECURITY_STATUS SEC_ENTRY SaslGetProfilePackageA(SEC_CHAR* ProfileName, PSecPkgInfoA* PackageInfo);
SECURITY_STATUS SEC_ENTRY SaslIdentifyPackageW(PSecBufferDesc pInput, PSecPkgInfoW* PackageInfo);
SECURITY_STATUS SEC_ENTRY SaslIdentifyPackageA(PSecBufferDesc pInput, PSecPkgInfoA* PackageInfo);
SECURITY_STATUS SEC_ENTRY SaslInitializeSecurityContextW(PCredHandle phCredential, PCtxtHandle phContext,
                                                         SEC_WCHAR* pszTargetName, ULONG fContextReq, ULONG Reserved1,
                                                         ULONG TargetDataRep, PSecBufferDesc pInput, ULONG Reserved2,
                                                         PCtxtHandle phNewContext, PSecBufferDesc pOutput,
                                                         ULONG* pfContextAttr, PTimeStamp ptsExpiry);
SECURITY_STATUS SEC_ENTRY SaslInitializeSecurityContextA(PCredHandle phCredential, PCtxtHandle phContext,
                                                         SEC_CHAR* pszTargetName, ULONG fContextReq, ULONG Reserved1,
                                                         ULONG TargetDataRep, PSecBufferDesc pInput, ULONG Reserved2,
                                                         PCtxtHandle phNewContext, PSecBufferDesc pOutput,
                                                         ULONG* pfContextAttr, PTimeStamp ptsExpiry);
SECURITY_STATUS SEC_ENTRY SaslAcceptSecurityContext(PCredHandle phCredential, PCtxtHandle phContext,
                                                    PSecBufferDesc pInput, ULONG fContextReq, ULONG TargetDataRep,
                                                    PCtxtHandle phNewContext, PSecBufferDesc pOutput,
                                                    ULONG* pfContextAttr, PTimeStamp ptsExpiry);
SECURITY_STATUS SEC_ENTRY SaslSetContextOption(PCtxtHandle ContextHandle, ULONG Option, void* Value, ULONG Size);
SECURITY_STATUS SEC_ENTRY SaslGetContextOption(PCtxtHandle ContextHandle, ULONG Option, void* Value, ULONG Size,
                                               ULONG* Needed);

EXTERN_C_END

#ifdef UNICODE
#define AddSecurityPackage AddSecurityPackageW
#define DeleteSecurityPackage DeleteSecurityPackageW
#define SaslEnumerateProfiles SaslEnumerateProfilesW
#define SaslGetProfilePackage SaslGetProfilePackageW
#define SaslIdentifyPackage SaslIdentifyPackageW
#define SaslInitializeSecurityContext SaslInitializeSecurityContextW
#else
#define AddSecurityPackage AddSecurityPackageA
#define DeleteSecurityPackage DeleteSecurityPackageA
#define SaslEnumerateProfiles SaslEnumerateProfilesA
#define SaslGetProfilePackage SaslGetProfilePackageA
#define SaslIdentifyPackage SaslIdentifyPackageA
#define SaslInitializeSecurityContext SaslInitializeSecurityContextA
#endif

#endif
