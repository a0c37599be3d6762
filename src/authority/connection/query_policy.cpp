// LsaQueryInformationPolicy: the classes for which this authority has a truth.
#include "authority/connection/connection.hpp"
#include "authority/policy/policy_access.hpp"
#include "nt/utf.hpp"

namespace openlsa::authority {
namespace {

// POLICY_INFORMATION_CLASS
enum : std::uint32_t {
  audit_log = 1,
  audit_events = 2,
  primary_domain = 3,
  account_domain = 5,
  server_role = 6,
  modification = 9,
  dns_domain = 12,
  dns_domain_int = 13,
  local_account_domain = 14,
  machine_account = 15,
};
constexpr std::uint32_t server_role_primary = 3;  // PolicyServerRolePrimary: of every machine that is no backup

// POLICY_AUDIT_EVENT_TYPE, in its order: what the audit trail records and what it does not.
std::vector<std::uint32_t> audited_categories() {
  constexpr std::uint32_t both = 0x3;  // POLICY_AUDIT_EVENT_SUCCESS | POLICY_AUDIT_EVENT_FAILURE
  constexpr std::uint32_t none = 0x4;  // POLICY_AUDIT_EVENT_NONE
  return {both /* System */,
          both /* Logon */,
          none /* ObjectAccess */,
          none /* PrivilegeUse */,
          none /* Detailed */,
          both /* PolicyChange */,
          both /* AccountManagement */,
          none /* Directory */,
          both /* AccountLogon */};
}

}  // namespace

seam::QueryPolicyReply Connection::query_policy(seam::QueryPolicyRequest request) {
  seam::QueryPolicyReply reply;
  Client* const client = living();
  if (client == nullptr) {
    reply.status = STATUS_ACCESS_DENIED;
    return reply;
  }
  const bool audit = request.information_class == audit_events;
  reply.status =
      client->check_policy(request.policy, audit ? policy_view_audit_information : policy_view_local_information);
  if (reply.status != STATUS_SUCCESS) return reply;
  switch (request.information_class) {
    case audit_events:
      reply.auditing = true;
      reply.audit_options = audited_categories();
      break;
    case account_domain:
    case local_account_domain:
      reply.domain_name = nt::to_utf16(authority_.accounts().domain_name()).value_or(u"");
      reply.domain_sid = authority_.accounts().domain_sid();
      break;
    case server_role:
      reply.server_role = server_role_primary;
      break;
    case modification:
      if (const auto found = authority_.policy().modification(); found) {
        reply.modified_id = found->modified_id;
        reply.created = found->created;
      } else {
        reply.status = found.error();
      }
      break;
    case primary_domain:
    case dns_domain:
    case dns_domain_int:
    case machine_account:
      break;  // a member of no domain: no name, no SID, no account there
    default:
      reply.status = request.information_class >= audit_log && request.information_class <= machine_account
                         ? STATUS_NOT_SUPPORTED  // documented as obsolete
                         : STATUS_INVALID_PARAMETER;
  }
  return reply;
}

}  // namespace openlsa::authority
