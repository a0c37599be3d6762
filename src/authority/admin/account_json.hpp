// One account as JSON.
#pragma once

#include <string>
#include <vector>

#include "authority/accounts/account.hpp"
#include "authority/accounts/local_group.hpp"
#include "authority/audit/json_line.hpp"

namespace openlsa::authority::admin {

// As lists have it.
std::string account_json(const Account& account);
// All of it.
std::string account_details_json(const Account& account, const std::vector<LocalGroup>& groups);
std::string logon_hours_text(const std::optional<LogonHours>& hours);  // 42 hexadecimal digits, or "all"

}  // namespace openlsa::authority::admin
