#pragma once

#include "client/policy/lookup_results.hpp"

namespace openlsa::client {

// LsaLookupNames and LsaLookupNames2, which differ in the list that `lay_out` makes.
using LayOutSids = bool (*)(const seam::LookupNamesReply& reply, std::size_t count, ResultBlock& block);
nt::Status lookup_names(LSA_HANDLE policy, const LSA_UNICODE_STRING* names, ULONG count, LayOutSids lay_out,
                        PLSA_REFERENCED_DOMAIN_LIST* domains, void** sids);
// LsaLookupSids and LsaLookupSids2
nt::Status lookup_sids(LSA_HANDLE policy, PSID* sids, ULONG count, PLSA_REFERENCED_DOMAIN_LIST* domains,
                       PLSA_TRANSLATED_NAME* names);

}  // namespace openlsa::client
