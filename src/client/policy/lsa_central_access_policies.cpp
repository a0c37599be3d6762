// Central access policies come to a machine with its domain's group policy: none are applied here.
#include "client/c_edge.hpp"
#include "client/policy/arguments.hpp"
#include "client/policy/this_system.hpp"

using namespace openlsa::client;

NTSTATUS LsaSetCAPs(PLSA_UNICODE_STRING, ULONG, ULONG) { return STATUS_NOT_SUPPORTED; }

NTSTATUS LsaGetAppliedCAPIDs(PLSA_UNICODE_STRING SystemName, PSID** CAPIDs, PULONG CAPIDCount) {
  return at_edge([&]() -> NTSTATUS {
    if (CAPIDs == nullptr || CAPIDCount == nullptr) return STATUS_INVALID_PARAMETER;
    if (const NTSTATUS status = check_system_name(SystemName); status != STATUS_SUCCESS) return status;
    *CAPIDs = nullptr;
    *CAPIDCount = 0;
    return STATUS_SUCCESS;
  });
}

// Those with these ids, or all.
NTSTATUS LsaQueryCAPs(PSID* CAPIDs, ULONG CAPIDCount, PCENTRAL_ACCESS_POLICY* CAPs, PULONG CAPCount) {
  return at_edge([&]() -> NTSTATUS {
    if (CAPs == nullptr || CAPCount == nullptr || (CAPIDs == nullptr && CAPIDCount != 0))
      return STATUS_INVALID_PARAMETER;
    *CAPs = nullptr;
    *CAPCount = 0;
    return STATUS_SUCCESS;
  });
}
