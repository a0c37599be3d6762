/* OpenLSA: structures of QueryCredentialsAttributes and SetCredentialsAttributes (SECPKG_CRED_ATTR_...). */
#ifndef OPENLSA_SSPI_CREDENTIALS_H
#define OPENLSA_SSPI_CREDENTIALS_H

EXTERN_C_START

typedef enum _SECPKG_CRED_CLASS OPENLSA_INT_ENUM {
  SecPkgCredClass_None = 0,
  SecPkgCredClass_Ephemeral = 10,
  SecPkgCredClass_PersistedGeneric = 20,
  SecPkgCredClass_PersistedSpecific = 30,
  SecPkgCredClass_Explicit = 40
} SECPKG_CRED_CLASS, *PSECPKG_CRED_CLASS;

/* SECPKG_CRED_ATTR_NAMES */
typedef struct _SecPkgCredentials_NamesW {
  SEC_WCHAR* sUserName; /* free it with FreeContextBuffer */
} SecPkgCredentials_NamesW, *PSecPkgCredentials_NamesW;

typedef struct _SecPkgCredentials_NamesA {
  SEC_CHAR* sUserName; /* free it with FreeContextBuffer */
} SecPkgCredentials_NamesA, *PSecPkgCredentials_NamesA;

/* SECPKG_CRED_ATTR_SSI_PROVIDER */
typedef struct _SecPkgCredentials_SSIProviderW {
  SEC_WCHAR* sProviderName;
  ULONG ProviderInfoLength;
  char* ProviderInfo;
} SecPkgCredentials_SSIProviderW, *PSecPkgCredentials_SSIProviderW;

typedef struct _SecPkgCredentials_SSIProviderA {
  SEC_CHAR* sProviderName;
  ULONG ProviderInfoLength;
  char* ProviderInfo;
} SecPkgCredentials_SSIProviderA, *PSecPkgCredentials_SSIProviderA;

/* SECPKG_CRED_ATTR_KDC_PROXY_SETTINGS: offsets count from the start of the structure. */
#define KDC_PROXY_SETTINGS_V1 1
#define KDC_PROXY_SETTINGS_FLAGS_FORCEPROXY 0x1

typedef struct _SecPkgCredentials_KdcProxySettingsW {
  ULONG Version; /* KDC_PROXY_SETTINGS_V1 */
  ULONG Flags;
  USHORT ProxyServerOffset;
  USHORT ProxyServerLength;
  USHORT ClientTlsCredOffset;
  USHORT ClientTlsCredLength;
} SecPkgCredentials_KdcProxySettingsW, *PSecPkgCredentials_KdcProxySettingsW;

/* SECPKG_CRED_ATTR_CERT */
typedef struct _SecPkgCredentials_Cert {
  ULONG EncodedCertSize;
  UCHAR* EncodedCert;
} SecPkgCredentials_Cert, *PSecPkgCredentials_Cert;

EXTERN_C_END

#ifdef UNICODE
#define SecPkgCredentials_Names SecPkgCredentials_NamesW
#define PSecPkgCredentials_Names PSecPkgCredentials_NamesW
#define SecPkgCredentials_SSIProvider SecPkgCredentials_SSIProviderW
#define PSecPkgCredentials_SSIProvider PSecPkgCredentials_SSIProviderW
#else
#define SecPkgCredentials_Names SecPkgCredentials_NamesA
#define PSecPkgCredentials_Names PSecPkgCredentials_NamesA
#define SecPkgCredentials_SSIProvider SecPkgCredentials_SSIProviderA
#define PSecPkgCredentials_SSIProvider PSecPkgCredentials_SSIProviderA
#endif

#endif
