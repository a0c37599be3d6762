// The account policy as JSON, by the names that policy-set takes.
#pragma once

#include <string>

#include "authority/accounts/account_policy.hpp"

namespace openlsa::authority::admin {

std::string policy_json(const AccountPolicy& policy);

}  // namespace openlsa::authority::admin
