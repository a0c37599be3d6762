// CLAIM_SECURITY_ATTRIBUTES_INFORMATION (winnt.h, the form with pointers) as values. LSA_TOKEN_INFORMATION_V3 calls
// what it points to PCLAIMS_BLOB, an opaque pointer in the public headers; here it is this structure, in which
// GetTokenInformation gives the claims back.
#pragma once

#include <set>

#include "host/marshal/strings.hpp"

#include <openlsa/winnt.h>

namespace openlsa::host::marshal {

// NULL: no claims.
Copied<std::vector<nt::Claim>> copy_claims(const void* information, Reach reach);
// Where the blocks of the structure start, as far as it can be read in the heap.
void collect_claims(const void* information, std::set<const void*>& blocks);

}  // namespace openlsa::host::marshal
