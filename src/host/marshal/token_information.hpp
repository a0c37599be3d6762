// LSA_TOKEN_INFORMATION_NULL, _V1, _V2, _V3 and TOKEN_GROUPS as values.
#pragma once

#include "host/marshal/strings.hpp"

#include <openlsa/ntsecpkg.h>

namespace openlsa::host::marshal {

// `type` is LSA_TOKEN_INFORMATION_TYPE. Types that the documentation does not describe are refused.
Copied<nt::TokenInformation> copy_token_information(std::uint32_t type, const void* information, Reach reach);
Copied<std::vector<nt::SidAndAttributes>> copy_groups(const TOKEN_GROUPS* groups, Reach reach);

// Wipes and frees what a package returned: V2 is one block; NULL and V1 have blocks of their own for the groups, the
// SIDs, the privileges and the ACL (LSA_TOKEN_INFORMATION_V1, LSA_AP_LOGON_USER_EX2). V3 is undocumented and may be
// either: what begins a block of its own is freed.
void free_token_information(std::uint32_t type, void* information);

}  // namespace openlsa::host::marshal
