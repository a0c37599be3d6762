// The parameters of LsaLogonUser that are structures, as values.
#pragma once

#include <openlsa/ntsecapi.h>

#include <vector>

#include "nt/status.hpp"
#include "nt/token_data.hpp"

namespace openlsa::client {

// Most groups that a token takes (TokenGroups of Windows has the same limit).
inline constexpr ULONG max_local_groups = 1024;

// LocalGroups may be NULL. STATUS_INVALID_PARAMETER for more groups than a token takes, STATUS_INVALID_SID.
nt::Status copy_groups(const TOKEN_GROUPS* groups, std::vector<nt::SidAndAttributes>& copy);

// SourceName is 8 characters, padded with zeros.
nt::TokenSource copy_source(const TOKEN_SOURCE& source);

}  // namespace openlsa::client
