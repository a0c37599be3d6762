// LSA_TOKEN_INFORMATION_V3: what its last three members may say.
#pragma once

#include "nt/status.hpp"
#include "nt/token_data.hpp"

namespace openlsa::authority {

// Claims and device groups of V3 information; the other forms have none. STATUS_INVALID_PARAMETER, STATUS_INVALID_SID.
nt::Status check_claims(const nt::TokenInformation& information);

}  // namespace openlsa::authority
