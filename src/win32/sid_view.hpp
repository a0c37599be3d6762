// Reading SIDs that a caller points to. Their size is theirs alone to promise, so only what the count covers is read.
#pragma once

#include <openlsa/windows.h>

#include <cstddef>
#include <cstdlib>
#include <cstring>
#include <optional>

#include "nt/sid.hpp"

namespace openlsa::win32 {

inline SID* as_sid(PSID sid) { return static_cast<SID*>(sid); }

constexpr std::size_t sid_size_bytes(std::size_t sub_authorities) {
  return offsetof(SID, SubAuthority) + sub_authorities * sizeof(DWORD);
}

inline bool is_valid(PSID sid) {
  return sid != nullptr && as_sid(sid)->Revision == SID_REVISION &&
         as_sid(sid)->SubAuthorityCount <= SID_MAX_SUB_AUTHORITIES;
}

inline std::optional<nt::Sid> read_sid(PSID sid) {
  if (!is_valid(sid)) return std::nullopt;
  return nt::Sid::from_bytes(base::as_bytes(sid, sid_size_bytes(as_sid(sid)->SubAuthorityCount)));
}

// The SID in memory that LocalFree and FreeSid give back; nullptr when there is none.
inline PSID allocate_sid(const nt::Sid& sid) {
  const base::Bytes bytes = sid.to_bytes();
  void* memory = std::malloc(bytes.size());
  if (memory != nullptr) std::memcpy(memory, bytes.data(), bytes.size());
  return memory;
}

}  // namespace openlsa::win32
