// Token information comes from a package and is checked whole before anything is made of it.
#pragma once

#include <vector>

#include "nt/status.hpp"
#include "nt/token_data.hpp"

namespace openlsa::authority {

// STATUS_INVALID_PARAMETER, STATUS_INVALID_SID, STATUS_NO_SUCH_PRIVILEGE.
nt::Status check_information(const nt::TokenInformation& information);
nt::Status check_groups(const std::vector<nt::SidAndAttributes>& groups);

}  // namespace openlsa::authority
