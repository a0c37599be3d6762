#include "authority/admin/account_json.hpp"

#include <fmt/core.h>

#include "authority/admin/verbs.hpp"

namespace openlsa::authority::admin {
namespace {

JsonObject common(const Account& account) {
  JsonArray groups;
  for (const std::uint32_t group : account.groups) groups.raw(std::to_string(group));
  JsonObject object;
  object.text("name", account.name)
      .number("uid", account.uid)
      .number("gid", account.gid)
      .raw("groups", groups.str())
      .text("home", account.home)
      .text("shell", account.shell)
      .flag("disabled", account.disabled)
      .flag("locked", account.locked)
      .text("sid", account.sid.to_string());
  return object;
}

std::string time_or_never(nt::FileTime time) { return time.ticks == 0 ? "never" : time_text(time); }

}  // namespace

std::string logon_hours_text(const std::optional<LogonHours>& hours) {
  if (!hours) return "all";
  std::string text;
  for (const std::uint8_t byte : *hours) text += fmt::format("{:02x}", byte);
  return text;
}

std::string account_json(const Account& account) { return common(account).str(); }

std::string account_details_json(const Account& account, const std::vector<LocalGroup>& groups) {
  JsonArray member_of, workstations;
  for (const LocalGroup& group : groups) member_of.text(group.name);
  for (const std::string& name : account.workstations) workstations.text(name);
  return common(account)
      .text("full_name", account.full_name)
      .raw("member_of", member_of.str())
      .flag("has_password", account.has_password)
      .flag("must_change_password", account.must_change_password)
      .flag("password_never_expires", account.password_never_expires)
      .flag("cannot_change_password", account.cannot_change_password)
      .text("password_set", time_or_never(account.password_set))
      .text("expires", time_text(account.expires))
      .text("logon_hours", logon_hours_text(account.logon_hours))
      .raw("workstations", workstations.str())
      .number("bad_passwords", account.bad_password_count)
      .text("last_bad_password", time_or_never(account.bad_password_time))
      .text("last_logon", time_or_never(account.last_logon))
      .str();
}

}  // namespace openlsa::authority::admin
