/* What an authentication package tells the LSA about the token to make (LSA_TOKEN_INFORMATION_TYPE). */
#ifndef OPENLSA_NTSECPKG_TOKEN_INFORMATION_H
#define OPENLSA_NTSECPKG_TOKEN_INFORMATION_H

#include "../winnt.h"
#include "../ntsecapi.h"

EXTERN_C_START

typedef enum _LSA_TOKEN_INFORMATION_TYPE OPENLSA_INT_ENUM {
  LsaTokenInformationNull, /* only a system component may log on with it */
  LsaTokenInformationV1,
  LsaTokenInformationV2,
  LsaTokenInformationV3
} LSA_TOKEN_INFORMATION_TYPE, *PLSA_TOKEN_INFORMATION_TYPE;

/* A token without a user: ANONYMOUS and the groups. */
typedef struct _LSA_TOKEN_INFORMATION_NULL {
  LARGE_INTEGER ExpirationTime; /* when the logon session expires, a FILETIME count */
  PTOKEN_GROUPS Groups;
} LSA_TOKEN_INFORMATION_NULL, *PLSA_TOKEN_INFORMATION_NULL;

/* Each pointer, and each SID in it, is a block of its own (allocated with AllocatePrivateHeap or AllocateLsaHeap). */
typedef struct _LSA_TOKEN_INFORMATION_V1 {
  LARGE_INTEGER ExpirationTime;
  TOKEN_USER User;
  PTOKEN_GROUPS Groups;
  TOKEN_PRIMARY_GROUP PrimaryGroup;
  PTOKEN_PRIVILEGES Privileges; /* NULL: the policy decides */
  TOKEN_OWNER Owner;            /* NULL: the user */
  TOKEN_DEFAULT_DACL DefaultDacl;
} LSA_TOKEN_INFORMATION_V1, *PLSA_TOKEN_INFORMATION_V1;

/* As V1, but the structure and all that it points to are one block. */
typedef LSA_TOKEN_INFORMATION_V1 LSA_TOKEN_INFORMATION_V2, *PLSA_TOKEN_INFORMATION_V2;

typedef struct _LSA_TOKEN_INFORMATION_V3 {
  LARGE_INTEGER ExpirationTime;
  TOKEN_USER User;
  PTOKEN_GROUPS Groups;
  TOKEN_PRIMARY_GROUP PrimaryGroup;
  PTOKEN_PRIVILEGES Privileges;
  TOKEN_OWNER Owner;
  TOKEN_DEFAULT_DACL DefaultDacl;
  TOKEN_USER_CLAIMS UserClaims;
  TOKEN_DEVICE_CLAIMS DeviceClaims;
  PTOKEN_GROUPS DeviceGroups;
} LSA_TOKEN_INFORMATION_V3, *PLSA_TOKEN_INFORMATION_V3;

EXTERN_C_END

#endif
