// The groups of a token while it is made: each SID once, and only the authority adds those that the system assigns.
#pragma once

#include <vector>

#include "nt/token_data.hpp"

namespace openlsa::authority {

// SE_GROUP_MANDATORY | SE_GROUP_ENABLED_BY_DEFAULT | SE_GROUP_ENABLED
inline constexpr std::uint32_t ordinary_group = 0x7;

// WORLD, the logon types and their like: "the groups of the package must not include SIDs that the system assigns".
bool is_system_assigned(const nt::Sid& sid);
// A SID that names a group or nobody, and so cannot be the user of a token.
bool cannot_be_user(const nt::Sid& sid);
// Membership that makes an administrator: Administrators, SYSTEM, the group of gid 0, the administrators of a domain.
bool makes_administrator(const nt::Sid& group);
// The SIDs of a SECURITY_LOGON_TYPE; none for those that have none.
std::vector<nt::Sid> logon_type_sids(std::uint32_t logon_type);

class GroupList {
 public:
  void add(const nt::Sid& sid, std::uint32_t attributes = ordinary_group);
  bool has(const nt::Sid& sid) const;
  std::vector<nt::SidAndAttributes> take() { return std::move(groups_); }

 private:
  std::vector<nt::SidAndAttributes> groups_;
};

}  // namespace openlsa::authority
