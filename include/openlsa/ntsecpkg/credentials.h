/* Credentials as they pass between the LSA and its packages. */
#ifndef OPENLSA_NTSECPKG_CREDENTIALS_H
#define OPENLSA_NTSECPKG_CREDENTIALS_H

#include "../winnt.h"
#include "../subauth.h"

EXTERN_C_START

typedef ULONG_PTR LSA_SEC_HANDLE, *PLSA_SEC_HANDLE;

/* The credentials of one logon. A package that gets them (SpAcceptCredentials) copies what it keeps; any string may be
 * empty. */
typedef struct _SECPKG_PRIMARY_CRED {
  LUID LogonId;
  UNICODE_STRING DownlevelName; /* the account's SAM name */
  UNICODE_STRING DomainName;    /* the NetBIOS name of the account's domain */
  UNICODE_STRING Password;      /* see PRIMARY_CRED_CLEAR_PASSWORD and PRIMARY_CRED_OWF_PASSWORD */
  UNICODE_STRING OldPassword;
  PSID UserSid;
  ULONG Flags; /* PRIMARY_CRED_... */
  UNICODE_STRING DnsDomainName;
  UNICODE_STRING Upn;
  UNICODE_STRING LogonServer;
  UNICODE_STRING Spare1;
  UNICODE_STRING Spare2;
  UNICODE_STRING Spare3;
  UNICODE_STRING Spare4;
} SECPKG_PRIMARY_CRED, *PSECPKG_PRIMARY_CRED;

/* Present when Flags has PRIMARY_CRED_EX. */
typedef struct _SECPKG_PRIMARY_CRED_EX {
  LUID LogonId;
  UNICODE_STRING DownlevelName;
  UNICODE_STRING DomainName;
  UNICODE_STRING Password;
  UNICODE_STRING OldPassword;
  PSID UserSid;
  ULONG Flags;
  UNICODE_STRING DnsDomainName;
  UNICODE_STRING Upn;
  UNICODE_STRING LogonServer;
  UNICODE_STRING Spare1;
  UNICODE_STRING Spare2;
  UNICODE_STRING Spare3;
  UNICODE_STRING Spare4;
  ULONG_PTR PackageId;
  LUID PrevLogonId;
  ULONG FlagsEx; /* SECPKG_PRIMARY_CRED_EX_FLAGS_EX_... */
} SECPKG_PRIMARY_CRED_EX, *PSECPKG_PRIMARY_CRED_EX;

typedef struct _SECPKG_SUPPLEMENTAL_CRED {
  UNICODE_STRING PackageName;
  ULONG CredentialSize; /* bytes at Credentials */
  PUCHAR Credentials;
} SECPKG_SUPPLEMENTAL_CRED, *PSECPKG_SUPPLEMENTAL_CRED;

typedef struct _SECPKG_SUPPLEMENTAL_CRED_ARRAY {
  ULONG CredentialCount;
  SECPKG_SUPPLEMENTAL_CRED Credentials[1]; /* CredentialCount of them */
} SECPKG_SUPPLEMENTAL_CRED_ARRAY, *PSECPKG_SUPPLEMENTAL_CRED_ARRAY;

/* Vectors inside one block: offsets in bytes from the block's start. */
typedef struct _SECPKG_BYTE_VECTOR {
  ULONG ByteArrayOffset;
  USHORT ByteArrayLength; /* bytes */
} SECPKG_BYTE_VECTOR, *PSECPKG_BYTE_VECTOR;

typedef struct _SECPKG_SHORT_VECTOR {
  ULONG ShortArrayOffset;
  USHORT ShortArrayCount; /* 16-bit elements */
} SECPKG_SHORT_VECTOR, *PSECPKG_SHORT_VECTOR;

typedef struct _SECPKG_SUPPLIED_CREDENTIAL {
  USHORT cbHeaderLength;
  USHORT cbStructureLength;
  SECPKG_SHORT_VECTOR UserName;
  SECPKG_SHORT_VECTOR DomainName;
  SECPKG_BYTE_VECTOR PackedCredentials;
  ULONG CredFlags;
} SECPKG_SUPPLIED_CREDENTIAL, *PSECPKG_SUPPLIED_CREDENTIAL;

typedef struct _SECPKG_CREDENTIAL {
  ULONG64 Version; /* SECPKG_CREDENTIAL_VERSION */
  USHORT cbHeaderLength;
  ULONG cbStructureLength;
  ULONG ClientProcess;
  ULONG ClientThread;
  LUID LogonId;
  HANDLE ClientToken;
  ULONG SessionId;
  LUID ModifiedId;
  ULONG fCredentials;
  ULONG Flags; /* SECPKG_CREDENTIAL_FLAGS_... */
  SECPKG_BYTE_VECTOR PrincipalName;
  SECPKG_BYTE_VECTOR PackageList;
  SECPKG_BYTE_VECTOR MarshaledSuppliedCreds;
} SECPKG_CREDENTIAL, *PSECPKG_CREDENTIAL;

/* Surrogates add data to a logon before the package sees it (PreLogonUserSurrogate) and see its result. */
typedef struct _SECPKG_SURROGATE_LOGON_ENTRY {
  GUID Type;
  PVOID Data;
} SECPKG_SURROGATE_LOGON_ENTRY, *PSECPKG_SURROGATE_LOGON_ENTRY;

typedef struct _SECPKG_SURROGATE_LOGON {
  ULONG Version; /* SECPKG_SURROGATE_LOGON_VERSION_1 */
  LUID SurrogateLogonID;
  ULONG EntryCount;
  PSECPKG_SURROGATE_LOGON_ENTRY Entries;
} SECPKG_SURROGATE_LOGON, *PSECPKG_SURROGATE_LOGON;

EXTERN_C_END

#endif
