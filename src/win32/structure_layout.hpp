// The documented structures of SIDs, groups and privileges in an InformationBlock: for GetTokenInformation, and for the
// token information that a host hands to its packages.
#pragma once

#include <openlsa/windows.h>

#include <cstddef>

#include "nt/token_data.hpp"
#include "win32/information_block.hpp"

namespace openlsa::win32 {

inline LUID to_luid(nt::Luid luid) { return {luid.low(), luid.high()}; }
DWORD count_of(const auto& list) { return static_cast<DWORD>(list.size()); }

inline void point_to_sid(InformationBlock& block, std::size_t pointer, const nt::Sid& sid) {
  block.point(pointer, block.append(sid.to_bytes(), alignof(DWORD)));
}

// Fills the SID_AND_ATTRIBUTES at `offset`; the SID itself goes behind.
inline void fill_sid_and_attributes(InformationBlock& block, std::size_t offset, const nt::SidAndAttributes& value) {
  block.write(offset + offsetof(SID_AND_ATTRIBUTES, Attributes), DWORD{value.attributes});
  point_to_sid(block, offset + offsetof(SID_AND_ATTRIBUTES, Sid), value.sid);
}

// An array of them, and behind it the SIDs. The array's offset.
inline std::size_t append_sids(InformationBlock& block, const std::vector<nt::SidAndAttributes>& sids) {
  const std::size_t array = block.reserve(sids.size() * sizeof(SID_AND_ATTRIBUTES), alignof(SID_AND_ATTRIBUTES));
  for (std::size_t i = 0; i < sids.size(); ++i)
    fill_sid_and_attributes(block, array + i * sizeof(SID_AND_ATTRIBUTES), sids[i]);
  return array;
}

inline std::size_t append_privileges(InformationBlock& block, const std::vector<nt::Privilege>& privileges) {
  const std::size_t array =
      block.reserve(privileges.size() * sizeof(LUID_AND_ATTRIBUTES), alignof(LUID_AND_ATTRIBUTES));
  for (std::size_t i = 0; i < privileges.size(); ++i)
    block.write(array + i * sizeof(LUID_AND_ATTRIBUTES),
                LUID_AND_ATTRIBUTES{to_luid(privileges[i].luid), privileges[i].attributes});
  return array;
}

// TOKEN_GROUPS; its offset.
inline std::size_t append_groups(InformationBlock& block, const std::vector<nt::SidAndAttributes>& groups) {
  const std::size_t head = block.reserve(offsetof(TOKEN_GROUPS, Groups), alignof(TOKEN_GROUPS));
  block.write(head, count_of(groups));
  append_sids(block, groups);
  return head;
}

// TOKEN_PRIVILEGES; its offset.
inline std::size_t append_privilege_list(InformationBlock& block, const std::vector<nt::Privilege>& privileges) {
  const std::size_t head = block.reserve(offsetof(TOKEN_PRIVILEGES, Privileges), alignof(TOKEN_PRIVILEGES));
  block.write(head, count_of(privileges));
  append_privileges(block, privileges);
  return head;
}

}  // namespace openlsa::win32
