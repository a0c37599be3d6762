#include "client/c_edge.hpp"
#include "client/policy/arguments.hpp"

using namespace openlsa::client;

namespace {

// [MS-LSAD] 3.1.4.4.3 names the access that each class needs; 0 for what cannot be set.
ACCESS_MASK access_to_set(POLICY_INFORMATION_CLASS information_class) {
  switch (information_class) {
    case PolicyAuditEventsInformation:
      return POLICY_SET_AUDIT_REQUIREMENTS;
    case PolicyPrimaryDomainInformation:
    case PolicyAccountDomainInformation:
    case PolicyLocalAccountDomainInformation:
    case PolicyDnsDomainInformation:
    case PolicyDnsDomainInformationInt:
      return POLICY_TRUST_ADMIN;
    case PolicyLsaServerRoleInformation:
    case PolicyReplicaSourceInformation:
      return POLICY_SERVER_ADMIN;
    case PolicyDefaultQuotaInformation:
      return POLICY_SET_DEFAULT_QUOTA_LIMITS;
    case PolicyAuditFullSetInformation:
      return POLICY_AUDIT_LOG_ADMIN;
    default:
      return 0;
  }
}

}  // namespace

// What the policy says of the machine comes from lsa.toml and the audit trail records everything: neither changes while
// the authority runs.
NTSTATUS LsaSetInformationPolicy(LSA_HANDLE PolicyHandle, POLICY_INFORMATION_CLASS InformationClass, PVOID Buffer) {
  return at_edge([&]() -> NTSTATUS {
    const ACCESS_MASK access = access_to_set(InformationClass);
    if (Buffer == nullptr || access == 0) return STATUS_INVALID_PARAMETER;
    const NTSTATUS status = check_policy_access(PolicyHandle, access);
    return status == STATUS_SUCCESS ? STATUS_NOT_SUPPORTED : status;
  });
}
