/* Credential identities as a 32-bit client lays them out, and the SASL context attribute. */
#ifndef OPENLSA_NTSECPKG_LEGACY_IDENTITY_H
#define OPENLSA_NTSECPKG_LEGACY_IDENTITY_H

#include "../sspi.h"

#define MAX_CRED_SIZE 1024

EXTERN_C_START

typedef struct _SEC_WINNT_AUTH_IDENTITY32 {
  ULONG User;
  ULONG UserLength;
  ULONG Domain;
  ULONG DomainLength;
  ULONG Password;
  ULONG PasswordLength;
  ULONG Flags;
} SEC_WINNT_AUTH_IDENTITY32, *PSEC_WINNT_AUTH_IDENTITY32;

typedef struct _SEC_WINNT_AUTH_IDENTITY_EX32 {
  ULONG Version;
  ULONG Length;
  ULONG User;
  ULONG UserLength;
  ULONG Domain;
  ULONG DomainLength;
  ULONG Password;
  ULONG PasswordLength;
  ULONG Flags;
  ULONG PackageList;
  ULONG PackageListLength;
} SEC_WINNT_AUTH_IDENTITY_EX32, *PSEC_WINNT_AUTH_IDENTITY_EX32;

typedef struct _SecPkgContext_SaslContext {
  PVOID SaslContext;
} SecPkgContext_SaslContext, *PSecPkgContext_SaslContext;

EXTERN_C_END

#endif
