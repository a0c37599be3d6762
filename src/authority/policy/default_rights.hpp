// Who has which right before an administrator changes anything: as on a Windows server that is no domain controller.
#pragma once

#include <utility>
#include <vector>

#include "authority/policy/account_rights.hpp"
#include "nt/sid.hpp"

namespace openlsa::authority {

std::vector<std::pair<nt::Sid, AccountRights>> default_rights();

}  // namespace openlsa::authority
