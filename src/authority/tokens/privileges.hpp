// Privileges (winnt.h: SE_*_PRIVILEGE are LUIDs with small numbers) apart from the policy, which gives them to accounts
// and groups (policy_rights.hpp).
#pragma once

#include <optional>
#include <vector>

#include "nt/token_data.hpp"

namespace openlsa::authority {

// The documented set of the LocalSystem account; uid 0 has it too.
std::vector<nt::Privilege> system_privileges();

enum class PrivilegeHolder { user, administrator, system };
// A package may ask for a privilege; nothing that would put an ordinary user above the others is granted.
bool may_hold(PrivilegeHolder holder, nt::Luid privilege);
bool is_known_privilege(nt::Luid privilege);
// Adds what is not there yet.
void add_privilege(std::vector<nt::Privilege>& privileges, const nt::Privilege& privilege);

}  // namespace openlsa::authority
