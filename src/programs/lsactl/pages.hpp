// Answers that come in parts.
#pragma once

#include "programs/lsactl/admin.hpp"

namespace openlsa::lsactl {

// Every account, as one list.
Answer all_accounts();

}  // namespace openlsa::lsactl
