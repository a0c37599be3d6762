#include "client/policy/policy_information.hpp"

#include <cstddef>

namespace openlsa::client {
namespace {

nt::Status lay_out_account_domain(const seam::QueryPolicyReply& reply, ResultBlock& block) {
  const std::size_t at = block.add<POLICY_ACCOUNT_DOMAIN_INFO>();
  block.write_sid(at + offsetof(POLICY_ACCOUNT_DOMAIN_INFO, DomainSid), reply.domain_sid);
  return block.write_text(at + offsetof(POLICY_ACCOUNT_DOMAIN_INFO, DomainName), reply.domain_name)
             ? STATUS_SUCCESS
             : STATUS_INTERNAL_ERROR;
}

nt::Status lay_out_primary_domain(const seam::QueryPolicyReply& reply, ResultBlock& block) {
  const std::size_t at = block.add<POLICY_PRIMARY_DOMAIN_INFO>();
  block.write_sid(at + offsetof(POLICY_PRIMARY_DOMAIN_INFO, Sid), reply.domain_sid);
  return block.write_text(at + offsetof(POLICY_PRIMARY_DOMAIN_INFO, Name), reply.domain_name) ? STATUS_SUCCESS
                                                                                              : STATUS_INTERNAL_ERROR;
}

// A member of no domain has no DNS names, and the domain no GUID.
nt::Status lay_out_dns_domain(const seam::QueryPolicyReply& reply, ResultBlock& block) {
  const std::size_t at = block.add<POLICY_DNS_DOMAIN_INFO>();
  block.write_sid(at + offsetof(POLICY_DNS_DOMAIN_INFO, Sid), reply.domain_sid);
  const bool good = block.write_text(at + offsetof(POLICY_DNS_DOMAIN_INFO, Name), reply.domain_name) &&
                    block.write_text(at + offsetof(POLICY_DNS_DOMAIN_INFO, DnsDomainName), u"") &&
                    block.write_text(at + offsetof(POLICY_DNS_DOMAIN_INFO, DnsForestName), u"");
  return good ? STATUS_SUCCESS : STATUS_INTERNAL_ERROR;
}

nt::Status lay_out_audit_events(const seam::QueryPolicyReply& reply, ResultBlock& block) {
  const std::size_t at = block.add<POLICY_AUDIT_EVENTS_INFO>();
  const std::size_t options = block.add<POLICY_AUDIT_EVENT_OPTIONS>(reply.audit_options.size());
  for (std::size_t i = 0; i < reply.audit_options.size(); ++i)
    block.write(options + i * sizeof(POLICY_AUDIT_EVENT_OPTIONS), reply.audit_options[i]);
  block.write(at + offsetof(POLICY_AUDIT_EVENTS_INFO, AuditingMode), static_cast<BOOLEAN>(reply.auditing));
  block.write(at + offsetof(POLICY_AUDIT_EVENTS_INFO, MaximumAuditEventCount),
              static_cast<ULONG>(reply.audit_options.size()));
  block.point(at + offsetof(POLICY_AUDIT_EVENTS_INFO, EventAuditingOptions), options);
  return STATUS_SUCCESS;
}

nt::Status lay_out_modification(const seam::QueryPolicyReply& reply, ResultBlock& block) {
  const std::size_t at = block.add<POLICY_MODIFICATION_INFO>();
  block.write(at + offsetof(POLICY_MODIFICATION_INFO, ModifiedId), reply.modified_id);
  block.write(at + offsetof(POLICY_MODIFICATION_INFO, DatabaseCreationTime), reply.created.ticks);
  return STATUS_SUCCESS;
}

}  // namespace

nt::Status lay_out_policy(POLICY_INFORMATION_CLASS information_class, const seam::QueryPolicyReply& reply,
                          ResultBlock& block) {
  switch (information_class) {
    case PolicyAuditEventsInformation:
      return lay_out_audit_events(reply, block);
    case PolicyPrimaryDomainInformation:
      return lay_out_primary_domain(reply, block);
    case PolicyAccountDomainInformation:
    case PolicyLocalAccountDomainInformation:
      return lay_out_account_domain(reply, block);
    case PolicyLsaServerRoleInformation:
      block.write(block.add<POLICY_LSA_SERVER_ROLE_INFO>(), static_cast<std::uint32_t>(reply.server_role));
      return STATUS_SUCCESS;
    case PolicyModificationInformation:
      return lay_out_modification(reply, block);
    case PolicyDnsDomainInformation:
    case PolicyDnsDomainInformationInt:
      return lay_out_dns_domain(reply, block);
    case PolicyMachineAccountInformation:
      block.add<POLICY_MACHINE_ACCT_INFO>();  // no account: rid 0, SID NULL
      return STATUS_SUCCESS;
    default:
      return STATUS_INTERNAL_ERROR;
  }
}

}  // namespace openlsa::client
