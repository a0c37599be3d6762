/* LUID, SID and what carries them. */
#ifndef OPENLSA_WINNT_IDENTITY_H
#define OPENLSA_WINNT_IDENTITY_H

#include "../windef.h"

/* Unique on this machine until it restarts. */
typedef struct _LUID {
  DWORD LowPart;
  LONG HighPart;
} LUID, *PLUID;

typedef struct _LUID_AND_ATTRIBUTES {
  LUID Luid;
  DWORD Attributes;
} LUID_AND_ATTRIBUTES, *PLUID_AND_ATTRIBUTES;
typedef LUID_AND_ATTRIBUTES LUID_AND_ATTRIBUTES_ARRAY[ANYSIZE_ARRAY], *PLUID_AND_ATTRIBUTES_ARRAY;

/* Initialisers: LUID luid = SYSTEM_LUID; */
#define SYSTEM_LUID \
  { 0x3e7, 0x0 }
#define ANONYMOUS_LOGON_LUID \
  { 0x3e6, 0x0 }
#define LOCALSERVICE_LUID \
  { 0x3e5, 0x0 }
#define NETWORKSERVICE_LUID \
  { 0x3e4, 0x0 }
#define IUSER_LUID \
  { 0x3e3, 0x0 }

/* Big-endian, 48 bits ([MS-DTYP] 2.4.1.1). */
typedef struct _SID_IDENTIFIER_AUTHORITY {
  BYTE Value[6];
} SID_IDENTIFIER_AUTHORITY, *PSID_IDENTIFIER_AUTHORITY, *LPSID_IDENTIFIER_AUTHORITY;

/* Variable size: SubAuthority holds SubAuthorityCount values. */
typedef struct _SID {
  BYTE Revision;
  BYTE SubAuthorityCount;
  SID_IDENTIFIER_AUTHORITY IdentifierAuthority;
  DWORD SubAuthority[ANYSIZE_ARRAY];
} SID, *PISID;

#define SID_REVISION 1
#define SID_MAX_SUB_AUTHORITIES 15
#define SID_RECOMMENDED_SUB_AUTHORITIES 1
#define SECURITY_MAX_SID_SIZE (sizeof(SID) - sizeof(DWORD) + SID_MAX_SUB_AUTHORITIES * sizeof(DWORD))
#define SECURITY_SID_SIZE(count) (sizeof(SID) - sizeof(DWORD) + (count) * sizeof(DWORD))
#define SECURITY_MAX_SID_STRING_CHARACTERS (2 + 4 + 15 + 11 * SID_MAX_SUB_AUTHORITIES + 1)

typedef union _SE_SID {
  SID Sid;
  BYTE Buffer[SECURITY_MAX_SID_SIZE];
} SE_SID, *PSE_SID;

typedef struct _SID_AND_ATTRIBUTES {
  PSID Sid;
  DWORD Attributes;
} SID_AND_ATTRIBUTES, *PSID_AND_ATTRIBUTES;
typedef SID_AND_ATTRIBUTES SID_AND_ATTRIBUTES_ARRAY[ANYSIZE_ARRAY], *PSID_AND_ATTRIBUTES_ARRAY;

#define SID_HASH_SIZE 32
typedef ULONG_PTR SID_HASH_ENTRY, *PSID_HASH_ENTRY;

typedef struct _SID_AND_ATTRIBUTES_HASH {
  DWORD SidCount;
  PSID_AND_ATTRIBUTES SidAttr;
  SID_HASH_ENTRY Hash[SID_HASH_SIZE];
} SID_AND_ATTRIBUTES_HASH, *PSID_AND_ATTRIBUTES_HASH;

typedef enum _SID_NAME_USE OPENLSA_INT_ENUM {
  SidTypeUser = 1,
  SidTypeGroup,
  SidTypeDomain,
  SidTypeAlias,
  SidTypeWellKnownGroup,
  SidTypeDeletedAccount,
  SidTypeInvalid,
  SidTypeUnknown,
  SidTypeComputer,
  SidTypeLabel,
  SidTypeLogonSession
} SID_NAME_USE, *PSID_NAME_USE;

/* Attributes of a group in a token. */
#define SE_GROUP_MANDATORY 0x00000001U
#define SE_GROUP_ENABLED_BY_DEFAULT 0x00000002U
#define SE_GROUP_ENABLED 0x00000004U
#define SE_GROUP_OWNER 0x00000008U
#define SE_GROUP_USE_FOR_DENY_ONLY 0x00000010U
#define SE_GROUP_INTEGRITY 0x00000020U
#define SE_GROUP_INTEGRITY_ENABLED 0x00000040U
#define SE_GROUP_RESOURCE 0x20000000U
#define SE_GROUP_LOGON_ID 0xC0000000U
#define SE_GROUP_VALID_ATTRIBUTES                                                                                 \
  (SE_GROUP_MANDATORY | SE_GROUP_ENABLED_BY_DEFAULT | SE_GROUP_ENABLED | SE_GROUP_OWNER |                         \
   SE_GROUP_USE_FOR_DENY_ONLY | SE_GROUP_LOGON_ID | SE_GROUP_RESOURCE | SE_GROUP_INTEGRITY | SE_GROUP_INTEGRITY_ENABLED)

typedef struct _QUOTA_LIMITS {
  SIZE_T PagedPoolLimit;
  SIZE_T NonPagedPoolLimit;
  SIZE_T MinimumWorkingSetSize;
  SIZE_T MaximumWorkingSetSize;
  SIZE_T PagefileLimit;
  LARGE_INTEGER TimeLimit;
} QUOTA_LIMITS, *PQUOTA_LIMITS;

#endif
