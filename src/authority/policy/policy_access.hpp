// Access to the policy object, which has one fixed security descriptor: everybody may look names up and view what is
// no secret (POLICY_EXECUTE), administrators may do all ([MS-LSAD] 3.1.1.2.1 gives World and Administrators so).
#pragma once

#include <cstdint>
#include <expected>

#include "authority/clients/client.hpp"
#include "nt/status.hpp"

namespace openlsa::authority {

// ntsecapi.h: POLICY_*
enum PolicyAccess : std::uint32_t {
  policy_view_local_information = 0x0001,
  policy_view_audit_information = 0x0002,
  policy_get_private_information = 0x0004,
  policy_create_account = 0x0010,
  policy_create_secret = 0x0020,
  policy_lookup_names = 0x0800,
};

// What a caller who wants `desired` gets; STATUS_ACCESS_DENIED when that is not all of it.
std::expected<std::uint32_t, nt::Status> grant_policy_access(std::uint32_t desired, bool administrator);

// The caller acts as the operating system: its process is of the TCB, and its thread acts as itself or with a token
// that holds SeTcbPrivilege, at a level at which one acts. `handle` is the token's, 0 for the process's own.
bool acts_as_tcb(const Client& client, const Token& token, std::uint32_t handle);
// Or as an administrator: its effective token is a member of Administrators.
bool acts_as_administrator(const Client& client, const Token& token, std::uint32_t handle);

}  // namespace openlsa::authority
