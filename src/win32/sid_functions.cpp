// SIDs in their binary form (securitybaseapi.h).
#include <openlsa/windows.h>

#include <algorithm>

#include "win32/c_edge.hpp"
#include "win32/sid_view.hpp"

using namespace openlsa::win32;

BOOL IsValidSid(PSID sid) { return is_valid(sid) ? TRUE : fail(ERROR_INVALID_SID); }

// Of an invalid SID "the return value is undefined": 0, so that nobody copies by it.
DWORD GetLengthSid(PSID sid) {
  if (is_valid(sid)) return static_cast<DWORD>(sid_size_bytes(as_sid(sid)->SubAuthorityCount));
  set_last_error(ERROR_INVALID_SID);
  return 0;
}

DWORD GetSidLengthRequired(UCHAR sub_authority_count) {
  return static_cast<DWORD>(sid_size_bytes(sub_authority_count));
}

BOOL CopySid(DWORD destination_size_bytes, PSID destination, PSID source) {
  if (!is_valid(source)) return fail(ERROR_INVALID_SID);
  const std::size_t size_bytes = sid_size_bytes(as_sid(source)->SubAuthorityCount);
  if (destination_size_bytes < size_bytes) return fail(ERROR_INSUFFICIENT_BUFFER);
  if (destination == nullptr) return fail(ERROR_INVALID_PARAMETER);
  std::memmove(destination, source, size_bytes);
  return TRUE;
}

BOOL EqualSid(PSID a, PSID b) {
  if (!is_valid(a) || !is_valid(b)) return fail(ERROR_INVALID_SID);
  set_last_error(ERROR_SUCCESS);  // FALSE with it: different, and both valid
  const std::uint8_t count = as_sid(a)->SubAuthorityCount;
  return count == as_sid(b)->SubAuthorityCount && std::memcmp(a, b, sid_size_bytes(count)) == 0;
}

// All but the last sub-authority: SIDs of one domain.
BOOL EqualPrefixSid(PSID a, PSID b) {
  if (!is_valid(a) || !is_valid(b)) return fail(ERROR_INVALID_SID);
  const std::uint8_t count = as_sid(a)->SubAuthorityCount;
  if (count != as_sid(b)->SubAuthorityCount) return FALSE;
  return std::memcmp(a, b, sid_size_bytes(count == 0 ? 0 : count - 1u)) == 0;
}

PUCHAR GetSidSubAuthorityCount(PSID sid) { return sid == nullptr ? nullptr : &as_sid(sid)->SubAuthorityCount; }

// No check of the index: a SID may be built through this pointer, as documented for InitializeSid.
PDWORD GetSidSubAuthority(PSID sid, DWORD index) {
  if (sid == nullptr || index >= SID_MAX_SUB_AUTHORITIES) {
    set_last_error(ERROR_INVALID_PARAMETER);
    return nullptr;
  }
  return as_sid(sid)->SubAuthority + index;
}

PSID_IDENTIFIER_AUTHORITY GetSidIdentifierAuthority(PSID sid) {
  return sid == nullptr ? nullptr : &as_sid(sid)->IdentifierAuthority;
}

BOOL InitializeSid(PSID sid, PSID_IDENTIFIER_AUTHORITY authority, BYTE sub_authority_count) {
  if (sid == nullptr || authority == nullptr || sub_authority_count > SID_MAX_SUB_AUTHORITIES)
    return fail(ERROR_INVALID_PARAMETER);
  as_sid(sid)->Revision = SID_REVISION;
  as_sid(sid)->SubAuthorityCount = sub_authority_count;
  as_sid(sid)->IdentifierAuthority = *authority;
  return TRUE;
}

BOOL AllocateAndInitializeSid(PSID_IDENTIFIER_AUTHORITY authority, BYTE sub_authority_count, DWORD s0, DWORD s1,
                              DWORD s2, DWORD s3, DWORD s4, DWORD s5, DWORD s6, DWORD s7, PSID* sid) {
  const DWORD sub_authorities[] = {s0, s1, s2, s3, s4, s5, s6, s7};
  if (sid == nullptr || authority == nullptr) return fail(ERROR_INVALID_PARAMETER);
  if (sub_authority_count > ARRAYSIZE(sub_authorities)) return fail(ERROR_INVALID_SID);
  PSID made = std::malloc(sid_size_bytes(sub_authority_count));
  if (made == nullptr) return fail(ERROR_NOT_ENOUGH_MEMORY);
  InitializeSid(made, authority, sub_authority_count);
  std::memcpy(as_sid(made)->SubAuthority, sub_authorities, sub_authority_count * sizeof(DWORD));
  *sid = made;
  return TRUE;
}

// NULL for success.
PVOID FreeSid(PSID sid) {
  std::free(sid);
  return nullptr;
}
