// Trusted domains are objects of a domain controller. This machine trusts none: enumerations are empty, what is named
// does not exist, and none can be made.
#include "client/c_edge.hpp"
#include "client/policy/arguments.hpp"

using namespace openlsa::client;

namespace {

NTSTATUS enumerate(LSA_HANDLE policy, PLSA_ENUMERATION_HANDLE context, PVOID* buffer, PULONG count) {
  if (context == nullptr || buffer == nullptr || count == nullptr) return STATUS_INVALID_PARAMETER;
  const NTSTATUS status = check_policy_access(policy, POLICY_VIEW_LOCAL_INFORMATION);
  return status == STATUS_SUCCESS ? STATUS_NO_MORE_ENTRIES : status;
}

// The domain that a name or a SID names, which is not there.
NTSTATUS find(LSA_HANDLE policy, ACCESS_MASK access, const LSA_UNICODE_STRING* name) {
  openlsa::seam::Text text;
  if (const NTSTATUS status = copy_string(name, text); status != STATUS_SUCCESS) return status;
  const NTSTATUS status = check_policy_access(policy, access);
  return status == STATUS_SUCCESS ? STATUS_OBJECT_NAME_NOT_FOUND : status;
}
NTSTATUS find(LSA_HANDLE policy, ACCESS_MASK access, PSID sid) {
  openlsa::nt::Sid copy;
  if (const NTSTATUS status = copy_sid(sid, copy); status != STATUS_SUCCESS) return status;
  const NTSTATUS status = check_policy_access(policy, access);
  return status == STATUS_SUCCESS ? STATUS_NO_SUCH_DOMAIN : status;
}

bool is_class(TRUSTED_INFORMATION_CLASS information_class) {
  return information_class >= TrustedDomainNameInformation &&
         information_class <= TrustedDomainSupportedEncryptionTypes;
}

}  // namespace

NTSTATUS LsaEnumerateTrustedDomains(LSA_HANDLE PolicyHandle, PLSA_ENUMERATION_HANDLE EnumerationContext, PVOID* Buffer,
                                    ULONG, PULONG CountReturned) {
  return at_edge([&] { return enumerate(PolicyHandle, EnumerationContext, Buffer, CountReturned); });
}

NTSTATUS LsaEnumerateTrustedDomainsEx(LSA_HANDLE PolicyHandle, PLSA_ENUMERATION_HANDLE EnumerationContext,
                                      PVOID* Buffer, ULONG, PULONG CountReturned) {
  return at_edge([&] { return enumerate(PolicyHandle, EnumerationContext, Buffer, CountReturned); });
}

NTSTATUS LsaOpenTrustedDomainByName(LSA_HANDLE PolicyHandle, PLSA_UNICODE_STRING TrustedDomainName, ACCESS_MASK,
                                    PLSA_HANDLE TrustedDomainHandle) {
  return at_edge([&]() -> NTSTATUS {
    if (TrustedDomainHandle == nullptr) return STATUS_INVALID_PARAMETER;
    return find(PolicyHandle, POLICY_VIEW_LOCAL_INFORMATION, TrustedDomainName);
  });
}

NTSTATUS LsaQueryTrustedDomainInfo(LSA_HANDLE PolicyHandle, PSID TrustedDomainSid,
                                   TRUSTED_INFORMATION_CLASS InformationClass, PVOID* Buffer) {
  return at_edge([&]() -> NTSTATUS {
    if (Buffer == nullptr || !is_class(InformationClass)) return STATUS_INVALID_PARAMETER;
    return find(PolicyHandle, POLICY_VIEW_LOCAL_INFORMATION, TrustedDomainSid);
  });
}

NTSTATUS LsaQueryTrustedDomainInfoByName(LSA_HANDLE PolicyHandle, PLSA_UNICODE_STRING TrustedDomainName,
                                         TRUSTED_INFORMATION_CLASS InformationClass, PVOID* Buffer) {
  return at_edge([&]() -> NTSTATUS {
    if (Buffer == nullptr || !is_class(InformationClass)) return STATUS_INVALID_PARAMETER;
    return find(PolicyHandle, POLICY_VIEW_LOCAL_INFORMATION, TrustedDomainName);
  });
}

NTSTATUS LsaSetTrustedDomainInformation(LSA_HANDLE PolicyHandle, PSID TrustedDomainSid,
                                        TRUSTED_INFORMATION_CLASS InformationClass, PVOID Buffer) {
  return at_edge([&]() -> NTSTATUS {
    if (Buffer == nullptr || !is_class(InformationClass)) return STATUS_INVALID_PARAMETER;
    return find(PolicyHandle, POLICY_TRUST_ADMIN, TrustedDomainSid);
  });
}

NTSTATUS LsaSetTrustedDomainInfoByName(LSA_HANDLE PolicyHandle, PLSA_UNICODE_STRING TrustedDomainName,
                                       TRUSTED_INFORMATION_CLASS InformationClass, PVOID Buffer) {
  return at_edge([&]() -> NTSTATUS {
    if (Buffer == nullptr || !is_class(InformationClass)) return STATUS_INVALID_PARAMETER;
    return find(PolicyHandle, POLICY_TRUST_ADMIN, TrustedDomainName);
  });
}

NTSTATUS LsaDeleteTrustedDomain(LSA_HANDLE PolicyHandle, PSID TrustedDomainSid) {
  return at_edge([&] { return find(PolicyHandle, POLICY_TRUST_ADMIN, TrustedDomainSid); });
}

// "STATUS_DIRECTORY_SERVICE_REQUIRED: the target system is not running the directory service."
NTSTATUS LsaCreateTrustedDomainEx(LSA_HANDLE PolicyHandle, PTRUSTED_DOMAIN_INFORMATION_EX TrustedDomainInformation,
                                  PTRUSTED_DOMAIN_AUTH_INFORMATION AuthenticationInformation, ACCESS_MASK,
                                  PLSA_HANDLE TrustedDomainHandle) {
  return at_edge([&]() -> NTSTATUS {
    if (TrustedDomainInformation == nullptr || AuthenticationInformation == nullptr || TrustedDomainHandle == nullptr)
      return STATUS_INVALID_PARAMETER;
    const NTSTATUS status = check_policy_access(PolicyHandle, POLICY_TRUST_ADMIN);
    return status == STATUS_SUCCESS ? STATUS_DIRECTORY_SERVICE_REQUIRED : status;
  });
}

NTSTATUS LsaQueryForestTrustInformation(LSA_HANDLE PolicyHandle, PLSA_UNICODE_STRING TrustedDomainName,
                                        PLSA_FOREST_TRUST_INFORMATION* ForestTrustInfo) {
  return at_edge([&]() -> NTSTATUS {
    if (ForestTrustInfo == nullptr) return STATUS_INVALID_PARAMETER;
    const NTSTATUS status = find(PolicyHandle, POLICY_VIEW_LOCAL_INFORMATION, TrustedDomainName);
    return status == STATUS_OBJECT_NAME_NOT_FOUND ? STATUS_NO_SUCH_DOMAIN : status;
  });
}

// "STATUS_INVALID_DOMAIN_STATE: the operation is illegal in the current state of the domain."
NTSTATUS LsaSetForestTrustInformation(LSA_HANDLE PolicyHandle, PLSA_UNICODE_STRING TrustedDomainName,
                                      PLSA_FOREST_TRUST_INFORMATION ForestTrustInfo, BOOLEAN,
                                      PLSA_FOREST_TRUST_COLLISION_INFORMATION* CollisionInfo) {
  return at_edge([&]() -> NTSTATUS {
    if (ForestTrustInfo == nullptr || CollisionInfo == nullptr) return STATUS_INVALID_PARAMETER;
    const NTSTATUS status = find(PolicyHandle, POLICY_TRUST_ADMIN, TrustedDomainName);
    return status == STATUS_OBJECT_NAME_NOT_FOUND ? STATUS_INVALID_DOMAIN_STATE : status;
  });
}
