#include "client/c_edge.hpp"
#include "client/policy/lookup_names.hpp"

using namespace openlsa::client;

// Both options speak of accounts that are connected to an internet identity, which no account here is.
NTSTATUS LsaLookupSids2(LSA_HANDLE PolicyHandle, ULONG LookupOptions, ULONG Count, PSID* Sids,
                        PLSA_REFERENCED_DOMAIN_LIST* ReferencedDomains, PLSA_TRANSLATED_NAME* Names) {
  return at_edge([&]() -> NTSTATUS {
    constexpr ULONG known = LSA_LOOKUP_DISALLOW_CONNECTED_ACCOUNT_INTERNET_SID | LSA_LOOKUP_PREFER_INTERNET_NAMES;
    if ((LookupOptions & ~known) != 0) return STATUS_INVALID_PARAMETER;
    return lookup_sids(PolicyHandle, Sids, Count, ReferencedDomains, Names);
  });
}
