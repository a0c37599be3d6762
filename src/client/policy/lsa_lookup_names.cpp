#include "client/c_edge.hpp"
#include "client/policy/lookup_names.hpp"

using namespace openlsa::client;

// Divides each SID into its domain's and a RID.
NTSTATUS LsaLookupNames(LSA_HANDLE PolicyHandle, ULONG Count, PLSA_UNICODE_STRING Names,
                        PLSA_REFERENCED_DOMAIN_LIST* ReferencedDomains, PLSA_TRANSLATED_SID* Sids) {
  return at_edge([&]() -> NTSTATUS {
    return lookup_names(PolicyHandle, Names, Count, lay_out_rids, ReferencedDomains, reinterpret_cast<void**>(Sids));
  });
}
