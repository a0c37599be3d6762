// One account as JSON.
#pragma once

#include <string>

#include "authority/accounts/account.hpp"
#include "authority/audit/json_line.hpp"

namespace openlsa::authority::admin {

inline std::string account_json(const Account& account) {
  JsonArray groups;
  for (const std::uint32_t group : account.groups) groups.raw(std::to_string(group));
  return JsonObject()
      .text("name", account.name)
      .number("uid", account.uid)
      .number("gid", account.gid)
      .raw("groups", groups.str())
      .text("home", account.home)
      .text("shell", account.shell)
      .flag("disabled", account.disabled)
      .text("sid", account.sid.to_string())
      .str();
}

}  // namespace openlsa::authority::admin
