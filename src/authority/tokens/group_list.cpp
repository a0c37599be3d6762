#include "authority/tokens/group_list.hpp"

namespace openlsa::authority {
namespace {

// SECURITY_LOGON_TYPE (ntsecapi.h)
enum LogonType : std::uint32_t {
  interactive = 2,
  network = 3,
  batch = 4,
  service = 5,
  unlock = 7,
  network_cleartext = 8,
  remote_interactive = 10,
  cached_interactive = 11,
  cached_remote_interactive = 12,
  cached_unlock = 13,
};

bool is_builtin(const nt::Sid& sid) { return sid.authority() == 5 && sid.count() >= 1 && sid.sub_authority(0) == 32; }

}  // namespace

bool is_system_assigned(const nt::Sid& sid) {
  namespace known = nt::well_known;
  for (const nt::Sid& assigned :
       {known::null_sid, known::world, known::local, known::network, known::batch, known::interactive, known::service,
        known::anonymous, known::authenticated_users, known::remote_interactive})
    if (sid == assigned) return true;
  // S-1-5-5-x-y, the logon SID: it comes with LocalGroups of a logon process, never from a package.
  return false;
}

bool cannot_be_user(const nt::Sid& sid) {
  return sid.empty() || sid.count() == 0 || is_builtin(sid) ||
         (is_system_assigned(sid) && sid != nt::well_known::anonymous) || sid.domain() == nt::well_known::unix_groups;
}

bool makes_administrator(const nt::Sid& group) {
  if (group == nt::well_known::administrators || group == nt::well_known::local_system) return true;
  if (group == nt::well_known::unix_groups.with_rid(0)) return true;
  // [MS-DTYP] 2.4.2.4: DOMAIN_ADMINS, SCHEMA_ADMINISTRATORS, ENTERPRISE_ADMINS of S-1-5-21-...
  if (group.authority() != 5 || group.count() != 5 || group.sub_authority(0) != 21) return false;
  return group.rid() == 512 || group.rid() == 518 || group.rid() == 519;
}

std::vector<nt::Sid> logon_type_sids(std::uint32_t logon_type) {
  switch (logon_type) {
    case interactive:
    case unlock:
    case cached_interactive:
    case cached_unlock:
      return {nt::well_known::interactive};
    case network:
    case network_cleartext:
      return {nt::well_known::network};
    case batch:
      return {nt::well_known::batch};
    case service:
      return {nt::well_known::service};
    // "Access tokens that contain the Remote Interactive Logon SID also contain the Interactive SID" (well-known SIDs).
    case remote_interactive:
    case cached_remote_interactive:
      return {nt::well_known::interactive, nt::well_known::remote_interactive};
    default:  // new credentials: a clone has the SIDs of the token that it was made from
      return {};
  }
}

void GroupList::add(const nt::Sid& sid, std::uint32_t attributes) {
  for (nt::SidAndAttributes& group : groups_) {
    if (group.sid != sid) continue;
    group.attributes |= attributes;
    return;
  }
  groups_.push_back({sid, attributes});
}

bool GroupList::has(const nt::Sid& sid) const {
  for (const nt::SidAndAttributes& group : groups_)
    if (group.sid == sid) return true;
  return false;
}

}  // namespace openlsa::authority
