/* OpenLSA: the credential manager's structures (Windows header wincred.h), as far as packages meet them: CrediRead and
 * its kin of LSA_SECPKG_FUNCTION_TABLE, and target information. The functions for applications (CredRead, CredWrite)
 * are not here. */
#ifndef OPENLSA_WINCRED_H
#define OPENLSA_WINCRED_H

#include "windef.h"

/* Windows' marker macro. */
#ifndef _WINCRED_H_
#define _WINCRED_H_
#endif

EXTERN_C_START

/* Lengths in characters with the terminating null, sizes in bytes. */
#define CRED_MAX_STRING_LENGTH 256
#define CRED_MAX_USERNAME_LENGTH 513
#define CRED_MAX_GENERIC_TARGET_NAME_LENGTH 32767
#define CRED_MAX_DOMAIN_TARGET_NAME_LENGTH 337
#define CRED_MAX_TARGETNAME_NAMESPACE_LENGTH 256
#define CRED_MAX_TARGETNAME_ATTRIBUTE_LENGTH 256
#define CRED_MAX_VALUE_SIZE 256
#define CRED_MAX_ATTRIBUTES 64
#define CRED_MAX_CREDENTIAL_BLOB_SIZE (5 * 512)

/* CREDENTIALW.Flags */
#define CRED_FLAGS_PROMPT_NOW 0x2
#define CRED_FLAGS_USERNAME_TARGET 0x4

/* CREDENTIALW.Type */
#define CRED_TYPE_GENERIC 1
#define CRED_TYPE_DOMAIN_PASSWORD 2
#define CRED_TYPE_DOMAIN_CERTIFICATE 3
#define CRED_TYPE_DOMAIN_VISIBLE_PASSWORD 4
#define CRED_TYPE_GENERIC_CERTIFICATE 5
#define CRED_TYPE_DOMAIN_EXTENDED 6
#define CRED_TYPE_MAXIMUM 7
#define CRED_TYPE_MAXIMUM_EX (CRED_TYPE_MAXIMUM + 1000)

/* CREDENTIALW.Persist */
#define CRED_PERSIST_NONE 0
#define CRED_PERSIST_SESSION 1
#define CRED_PERSIST_LOCAL_MACHINE 2
#define CRED_PERSIST_ENTERPRISE 3

/* The target name that matches every server, before "*" does. */
#define CRED_SESSION_WILDCARD_NAME_W OPENLSA_WIDE("*Session")
#define CRED_SESSION_WILDCARD_NAME_A "*Session"

/* CREDENTIAL_TARGET_INFORMATIONW.Flags */
#define CRED_TI_SERVER_FORMAT_UNKNOWN 0x1
#define CRED_TI_DOMAIN_FORMAT_UNKNOWN 0x2
#define CRED_TI_ONLY_PASSWORD_REQUIRED 0x4
#define CRED_TI_USERNAME_TARGET 0x8
#define CRED_TI_CREATE_EXPLICIT_CRED 0x10
#define CRED_TI_WORKGROUP_MEMBER 0x20

typedef struct _CREDENTIAL_ATTRIBUTEW {
  LPWSTR Keyword;
  DWORD Flags; /* 0 */
  DWORD ValueSize;
  LPBYTE Value;
} CREDENTIAL_ATTRIBUTEW, *PCREDENTIAL_ATTRIBUTEW;

typedef struct _CREDENTIALW {
  DWORD Flags;
  DWORD Type;
  LPWSTR TargetName; /* with Type the credential's name; compares without case */
  LPWSTR Comment;
  FILETIME LastWritten;
  DWORD CredentialBlobSize;
  LPBYTE CredentialBlob;
  DWORD Persist;
  DWORD AttributeCount;
  PCREDENTIAL_ATTRIBUTEW Attributes;
  LPWSTR TargetAlias;
  LPWSTR UserName;
} CREDENTIALW, *PCREDENTIALW;

typedef struct _CREDENTIAL_TARGET_INFORMATIONW {
  LPWSTR TargetName;
  LPWSTR NetbiosServerName;
  LPWSTR DnsServerName;
  LPWSTR NetbiosDomainName;
  LPWSTR DnsDomainName;
  LPWSTR DnsTreeName;
  LPWSTR PackageName;
  ULONG Flags; /* CRED_TI_... */
  DWORD CredTypeCount;
  LPDWORD CredTypes; /* preferred types first */
} CREDENTIAL_TARGET_INFORMATIONW, *PCREDENTIAL_TARGET_INFORMATIONW;

EXTERN_C_END

#endif
