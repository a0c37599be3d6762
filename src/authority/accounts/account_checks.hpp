// What an account may be, apart from what the others are (AccountStore::check_new).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "authority/accounts/account_failure.hpp"

namespace openlsa::authority {

AccountResult<> check_groups(const std::vector<std::uint32_t>& groups, std::optional<std::uint32_t> gid);
AccountResult<> check_path(const std::string& path);
AccountResult<> check_text(const std::string& text);
AccountResult<> check_workstations(const std::vector<std::string>& names);

}  // namespace openlsa::authority
