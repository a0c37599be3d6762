#include "authority/tokens/policy_rights.hpp"

#include "authority/tokens/group_list.hpp"

namespace openlsa::authority {
namespace {

constexpr std::uint32_t enabled = 0x3;        // SE_PRIVILEGE_ENABLED_BY_DEFAULT | SE_PRIVILEGE_ENABLED
constexpr std::uint32_t group_enabled = 0x4;  // SE_GROUP_ENABLED
constexpr std::uint32_t deny_only = 0x10;     // SE_GROUP_USE_FOR_DENY_ONLY

bool has_more(AccountRights rights, PrivilegeHolder than) {
  for (const nt::Luid privilege : rights.privileges())
    if (!may_hold(than, privilege)) return true;
  return false;
}

// Groups that a package's word makes nobody a member of: the authority assigns them, or leaves them out.
bool is_not_the_packages(const nt::Sid& group) {
  return is_system_assigned(group) || group == nt::well_known::users || group.domain() == nt::well_known::unix_groups;
}

}  // namespace

GrantedRights rights_of(const PolicyStore& policy, const nt::TokenInformation& information) {
  GrantedRights rights;
  rights.held = rights.denying = policy.rights_of(information.user.sid);
  for (const nt::SidAndAttributes& group : information.groups) {
    const AccountRights of_group = policy.rights_of(group.sid);
    rights.denying.add(of_group);
    if ((group.attributes & (group_enabled | deny_only)) == group_enabled) rights.held.add(of_group);
  }
  return rights;
}

nt::Status check_logon_type(const GrantedRights& rights, std::uint32_t logon_type) {
  const std::optional<LogonRights> wanted = rights_of_logon_type(logon_type);
  const bool granted = !wanted || (rights.held.has(wanted->needed) && !rights.denying.has(wanted->denies));
  return granted ? STATUS_SUCCESS : STATUS_LOGON_TYPE_NOT_GRANTED;
}

void add_privileges(std::vector<nt::Privilege>& privileges, AccountRights rights) {
  constexpr AccountRights enabled_by_default{AccountRight::change_notify, AccountRight::impersonate,
                                             AccountRight::create_global};
  for (const nt::Luid privilege : rights.privileges())
    add_privilege(privileges,
                  {privilege, enabled_by_default.has(static_cast<AccountRight>(privilege.value)) ? enabled : 0});
}

bool may_reach_privileges(const PolicyStore& policy, const Rights& package, VouchSubject subject, AccountRights own,
                          PrivilegeHolder holder, const std::vector<nt::SidAndAttributes>& claimed) {
  subject.privileged = has_more(own, holder);
  if (subject.privileged && !package.may_vouch_for(subject)) return false;
  for (const nt::SidAndAttributes& group : claimed)
    if (!is_not_the_packages(group.sid) && has_more(policy.rights_of(group.sid), holder) &&
        !package.names_group(group.sid))
      return false;
  return true;
}

}  // namespace openlsa::authority
