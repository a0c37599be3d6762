#include "client/c_edge.hpp"
#include "client/policy/lookup_names.hpp"

using namespace openlsa::client;

NTSTATUS LsaLookupSids(LSA_HANDLE PolicyHandle, ULONG Count, PSID* Sids, PLSA_REFERENCED_DOMAIN_LIST* ReferencedDomains,
                       PLSA_TRANSLATED_NAME* Names) {
  return at_edge([&]() -> NTSTATUS { return lookup_sids(PolicyHandle, Sids, Count, ReferencedDomains, Names); });
}
