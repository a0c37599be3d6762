/* SIDs and LUIDs. */
#ifndef OPENLSA_WINDOWS_SIDS_H
#define OPENLSA_WINDOWS_SIDS_H

#include "../winnt.h"

EXTERN_C_START

BOOL WINAPI AllocateLocallyUniqueId(PLUID luid) OPENLSA_SYMBOL(AllocateLocallyUniqueId);

BOOL WINAPI IsValidSid(PSID sid) OPENLSA_SYMBOL(IsValidSid);
DWORD WINAPI GetLengthSid(PSID sid) OPENLSA_SYMBOL(GetLengthSid);
DWORD WINAPI GetSidLengthRequired(UCHAR sub_authority_count) OPENLSA_SYMBOL(GetSidLengthRequired);
BOOL WINAPI CopySid(DWORD destination_size_bytes, PSID destination, PSID source) OPENLSA_SYMBOL(CopySid);
BOOL WINAPI EqualSid(PSID a, PSID b) OPENLSA_SYMBOL(EqualSid);
BOOL WINAPI EqualPrefixSid(PSID a, PSID b) OPENLSA_SYMBOL(EqualPrefixSid);
BOOL WINAPI InitializeSid(PSID sid, PSID_IDENTIFIER_AUTHORITY authority,
                          BYTE sub_authority_count) OPENLSA_SYMBOL(InitializeSid);
/* FreeSid frees it. */
BOOL WINAPI AllocateAndInitializeSid(PSID_IDENTIFIER_AUTHORITY authority, BYTE sub_authority_count, DWORD s0, DWORD s1,
                                     DWORD s2, DWORD s3, DWORD s4, DWORD s5, DWORD s6, DWORD s7,
                                     PSID* sid) OPENLSA_SYMBOL(AllocateAndInitializeSid);
PVOID WINAPI FreeSid(PSID sid) OPENLSA_SYMBOL(FreeSid);
PDWORD WINAPI GetSidSubAuthority(PSID sid, DWORD index) OPENLSA_SYMBOL(GetSidSubAuthority);
PUCHAR WINAPI GetSidSubAuthorityCount(PSID sid) OPENLSA_SYMBOL(GetSidSubAuthorityCount);
PSID_IDENTIFIER_AUTHORITY WINAPI GetSidIdentifierAuthority(PSID sid) OPENLSA_SYMBOL(GetSidIdentifierAuthority);

/* LocalFree frees what these four return. */
BOOL WINAPI ConvertSidToStringSidA(PSID sid, LPSTR* string) OPENLSA_SYMBOL(ConvertSidToStringSidA);
BOOL WINAPI ConvertSidToStringSidW(PSID sid, LPWSTR* string) OPENLSA_SYMBOL(ConvertSidToStringSidW);
BOOL WINAPI ConvertStringSidToSidA(LPCSTR string, PSID* sid) OPENLSA_SYMBOL(ConvertStringSidToSidA);
BOOL WINAPI ConvertStringSidToSidW(LPCWSTR string, PSID* sid) OPENLSA_SYMBOL(ConvertStringSidToSidW);

EXTERN_C_END

#ifdef UNICODE
#define ConvertSidToStringSid ConvertSidToStringSidW
#define ConvertStringSidToSid ConvertStringSidToSidW
#else
#define ConvertSidToStringSid ConvertSidToStringSidA
#define ConvertStringSidToSid ConvertStringSidToSidA
#endif

#endif
