// account-export: format=csv|json, from=, keys=yes; appends a part of the accounts to the call's file, in the columns
// that account-import reads. lsactl calls until next=0. NT keys are in it only when asked for, and never in a message.
#include <fmt/core.h>
#include <sys/stat.h>

#include "authority/admin/account_json.hpp"
#include "authority/admin/verbs.hpp"
#include "authority/policy/files.hpp"

namespace openlsa::authority::admin {
namespace {

constexpr std::size_t part_accounts = 1000;
constexpr const char* header =
    "name,uid,gid,groups,member_of,home,shell,full_name,disabled,must_change_password,password_never_expires,"
    "cannot_change_password,expires,logon_hours,workstations";

std::string join(const std::vector<std::string>& values) {
  std::string text;
  for (const std::string& value : values) text += (text.empty() ? "" : ";") + value;
  return text;
}

std::string quoted(const std::string& text) {
  if (text.find_first_of(",\"") == text.npos) return text;
  std::string out = "\"";
  for (const char c : text) out += c == '"' ? std::string("\"\"") : std::string(1, c);
  return out + "\"";
}

// The columns of `header`; empty: the default, or nothing.
std::vector<std::string> columns_of(const AccountStore& accounts, const Account& account) {
  std::vector<std::string> groups, member_of;
  for (const std::uint32_t gid : account.own_groups) groups.push_back(std::to_string(gid));
  for (const LocalGroup& group : accounts.groups_of(account.sid)) member_of.push_back(group.name);
  const auto flag = [](bool value) { return std::string(value ? "true" : "false"); };
  return {account.name,
          std::to_string(account.uid),
          std::to_string(account.gid),
          join(groups),
          join(member_of),
          account.home,
          account.shell,
          account.full_name,
          flag(account.disabled),
          flag(account.must_change_password),
          flag(account.password_never_expires),
          flag(account.cannot_change_password),
          account.expires == nt::never ? "never" : std::to_string(nt::to_unix_seconds(account.expires)),
          account.logon_hours ? logon_hours_text(account.logon_hours) : "",
          join(account.workstations)};
}

std::string row_of(const std::vector<std::string>& columns, bool csv) {
  std::string row;
  std::string_view names = header;
  for (const std::string& column : columns) {
    const std::string name(names.substr(0, names.find(',')));
    names.remove_prefix(std::min(names.size(), name.size() + 1));
    if (csv)
      row += (row.empty() ? "" : ",") + quoted(column);
    else if (!column.empty())
      row += (row.empty() ? "{" : ",") + json_string(name) + ":" + json_string(column);
  }
  return row;
}

// The end of a row with the key, in bytes that are wiped.
base::OrFailure<> write_key(int file, const AccountStore& accounts, const Account& account, bool csv) {
  const std::string_view before = csv ? "," : ",\"nt_key\":\"", after = csv ? "\n" : "\"}\n";
  const std::optional<NtKey> key = accounts.export_key(account.sid);
  if (!key) return write_all(file, base::as_bytes(csv ? std::string_view(",\n") : std::string_view("}\n")), "the file");
  OPENLSA_TRY(write_all(file, base::as_bytes(before), "the file"));
  base::Secret digits(2 * NtKey::size_bytes);
  for (std::size_t i = 0; i < NtKey::size_bytes; ++i) {
    const std::uint8_t byte = key->reveal()[i];
    digits.reveal_mutable()[2 * i] = static_cast<std::uint8_t>("0123456789abcdef"[byte >> 4]);
    digits.reveal_mutable()[2 * i + 1] = static_cast<std::uint8_t>("0123456789abcdef"[byte & 15]);
  }
  OPENLSA_TRY(write_all(file, digits.reveal(), "the file"));
  return write_all(file, base::as_bytes(after), "the file");
}

base::OrFailure<> write_part(const Call& call, const std::vector<Account>& part, bool csv, bool keys, bool first) {
  const int file = call.request.files[0].get();
  const AccountStore& accounts = call.authority.accounts();
  std::string text;
  if (csv && first) text = std::string(header) + (keys ? ",nt_key\n" : "\n");
  for (const Account& account : part) {
    text += row_of(columns_of(accounts, account), csv);
    if (!keys) {
      text += csv ? "\n" : "}\n";
      continue;
    }
    OPENLSA_TRY(write_all(file, base::as_bytes(text), "the file"));
    text.clear();
    OPENLSA_TRY(write_key(file, accounts, account, csv));
  }
  return write_all(file, base::as_bytes(text), "the file");
}

}  // namespace

seam::AdminReply account_export(const Call& call) {
  const Arguments arguments = OPENLSA_ARGUMENT(Arguments::parse(call.request.arguments, {"format", "from", "keys"}));
  const std::string format = OPENLSA_ARGUMENT(arguments.required("format"));
  const bool keys = OPENLSA_ARGUMENT(arguments.flag("keys"));
  std::size_t from = OPENLSA_ARGUMENT(arguments.number("from")).value_or(0);
  if (format != "csv" && format != "json") return refused(STATUS_INVALID_PARAMETER, "'format' must be csv or json.");
  struct stat status{};
  if (call.request.files.size() != 1 || ::fstat(call.request.files[0].get(), &status) != 0 ||
      !S_ISREG(status.st_mode) || (keys && (status.st_mode & 077) != 0))
    return refused(STATUS_INVALID_PARAMETER,
                   "An export goes into one regular file, which only its owner reads when keys are in it.");
  const bool first = from == 0;
  const std::vector<Account> part = call.authority.accounts().list(from, part_accounts);
  const auto written = write_part(call, part, format == "csv", keys, first);
  if (first) record(call, "account-export", written ? STATUS_SUCCESS : STATUS_UNSUCCESSFUL, "", "", keys ? "keys" : "");
  if (!written) return refused(STATUS_DISK_FULL, written.error().message);
  return answer(JsonObject().number("next", from).number("accounts", part.size()).str());
}

}  // namespace openlsa::authority::admin
