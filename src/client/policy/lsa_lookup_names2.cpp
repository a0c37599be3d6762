#include "client/c_edge.hpp"
#include "client/policy/lookup_names.hpp"

using namespace openlsa::client;

// LSA_LOOKUP_ISOLATED_AS_LOCAL changes nothing: all names are looked up on this machine.
NTSTATUS LsaLookupNames2(LSA_HANDLE PolicyHandle, ULONG Flags, ULONG Count, PLSA_UNICODE_STRING Names,
                         PLSA_REFERENCED_DOMAIN_LIST* ReferencedDomains, PLSA_TRANSLATED_SID2* Sids) {
  return at_edge([&]() -> NTSTATUS {
    if ((Flags & ~static_cast<ULONG>(LSA_LOOKUP_ISOLATED_AS_LOCAL)) != 0) return STATUS_INVALID_PARAMETER;
    return lookup_names(PolicyHandle, Names, Count, lay_out_sids, ReferencedDomains, reinterpret_cast<void**>(Sids));
  });
}
