/* Packages that keep a credential of their own in the account database: the database calls them when a password
 * changes. */
#ifndef OPENLSA_NTSECPKG_SAM_CREDENTIALS_H
#define OPENLSA_NTSECPKG_SAM_CREDENTIALS_H

#include "../winnt.h"
#include "../subauth.h"

#define SAM_CREDENTIAL_UPDATE_NOTIFY_ROUTINE "CredentialUpdateNotify"
#define SAM_CREDENTIAL_UPDATE_REGISTER_ROUTINE "CredentialUpdateRegister"
#define SAM_CREDENTIAL_UPDATE_FREE_ROUTINE "CredentialUpdateFree"
#define SAM_CREDENTIAL_UPDATE_REGISTER_MAPPED_ENTRYPOINTS_ROUTINE "RegisterMappedEntrypoints"

EXTERN_C_START

typedef struct _SAM_REGISTER_MAPPING_ELEMENT {
  PSTR Original;
  PSTR Mapped;
  BOOLEAN Continuable;
} SAM_REGISTER_MAPPING_ELEMENT, *PSAM_REGISTER_MAPPING_ELEMENT;

typedef struct _SAM_REGISTER_MAPPING_LIST {
  ULONG Count;
  PSAM_REGISTER_MAPPING_ELEMENT Elements;
} SAM_REGISTER_MAPPING_LIST, *PSAM_REGISTER_MAPPING_LIST;

typedef struct _SAM_REGISTER_MAPPING_TABLE {
  ULONG Count;
  PSAM_REGISTER_MAPPING_LIST Lists;
} SAM_REGISTER_MAPPING_TABLE, *PSAM_REGISTER_MAPPING_TABLE;

typedef NTSTATUS (*PSAM_CREDENTIAL_UPDATE_NOTIFY_ROUTINE)(PUNICODE_STRING ClearPassword, PVOID OldCredentials,
                                                          ULONG OldCredentialSize, ULONG UserAccountControl,
                                                          PUNICODE_STRING UPN, PUNICODE_STRING UserName,
                                                          PUNICODE_STRING NetbiosDomainName,
                                                          PUNICODE_STRING DnsDomainName, PVOID *NewCredentials,
                                                          ULONG *NewCredentialSize);
typedef BOOLEAN (*PSAM_CREDENTIAL_UPDATE_REGISTER_ROUTINE)(PUNICODE_STRING CredentialName);
typedef VOID (*PSAM_CREDENTIAL_UPDATE_FREE_ROUTINE)(PVOID p);
typedef NTSTATUS (*PSAM_CREDENTIAL_UPDATE_REGISTER_MAPPED_ENTRYPOINTS_ROUTINE)(PSAM_REGISTER_MAPPING_TABLE Table);

EXTERN_C_END

#endif
