// The policy of a domain is its controllers': a machine that is none has no value for either class.
#include "client/c_edge.hpp"
#include "client/policy/arguments.hpp"

using namespace openlsa::client;

namespace {

bool is_domain_class(POLICY_DOMAIN_INFORMATION_CLASS information_class) {
  return information_class == PolicyDomainEfsInformation || information_class == PolicyDomainKerberosTicketInformation;
}

}  // namespace

NTSTATUS LsaQueryDomainInformationPolicy(LSA_HANDLE PolicyHandle, POLICY_DOMAIN_INFORMATION_CLASS InformationClass,
                                         PVOID* Buffer) {
  return at_edge([&]() -> NTSTATUS {
    if (Buffer == nullptr || !is_domain_class(InformationClass)) return STATUS_INVALID_PARAMETER;
    const NTSTATUS status = check_policy_access(PolicyHandle, POLICY_VIEW_LOCAL_INFORMATION);
    return status == STATUS_SUCCESS ? STATUS_OBJECT_NAME_NOT_FOUND : status;
  });
}

// A NULL buffer removes the value.
NTSTATUS LsaSetDomainInformationPolicy(LSA_HANDLE PolicyHandle, POLICY_DOMAIN_INFORMATION_CLASS InformationClass,
                                       PVOID) {
  return at_edge([&]() -> NTSTATUS {
    if (!is_domain_class(InformationClass)) return STATUS_INVALID_PARAMETER;
    const NTSTATUS status = check_policy_access(PolicyHandle, POLICY_SERVER_ADMIN);
    return status == STATUS_SUCCESS ? STATUS_NOT_SUPPORTED : status;
  });
}
