// What the policy gives a token: the rights of its user and of its groups, as privileges and as ways to log on.
#pragma once

#include "authority/packages/rights.hpp"
#include "authority/policy/policy_store.hpp"
#include "authority/tokens/privileges.hpp"
#include "nt/token_data.hpp"

namespace openlsa::authority {

// By the user and by groups that are enabled. `denying` counts groups that are for denial only, too.
struct GrantedRights {
  AccountRights held;
  AccountRights denying;
};
GrantedRights rights_of(const PolicyStore& policy, const nt::TokenInformation& information);

// STATUS_LOGON_TYPE_NOT_GRANTED
nt::Status check_logon_type(const GrantedRights& rights, std::uint32_t logon_type);

// Adds the privileges of `rights`. On Windows only these are enabled from the start: SeChangeNotifyPrivilege,
// SeImpersonatePrivilege, SeCreateGlobalPrivilege.
void add_privileges(std::vector<nt::Privilege>& privileges, AccountRights rights);

// Privileges above those of its kind are policy's to give, never a package's to reach: neither by vouching for whoever
// was given one, nor by claiming a group that was. `own` are the rights of the account and of its groups here,
// `claimed` the groups that the package says.
bool may_reach_privileges(const PolicyStore& policy, const Rights& package, VouchSubject subject, AccountRights own,
                          PrivilegeHolder holder, const std::vector<nt::SidAndAttributes>& claimed);

}  // namespace openlsa::authority
