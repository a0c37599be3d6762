// From the fields of an import to an account: the same for CSV and JSON.
#include <fmt/core.h>

#include <algorithm>
#include <charconv>

#include "authority/accounts/import_row.hpp"
#include "authority/accounts/password_rules.hpp"

namespace openlsa::authority {
namespace {

constexpr std::size_t max_list = 1024;

template <class Number>
std::optional<Number> number_of(std::string_view text) {
  Number number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc() && end == text.data() + text.size() && !text.empty() ? std::optional(number)
                                                                                   : std::nullopt;
}

std::optional<bool> flag_of(std::string_view text) {
  if (text == "true" || text == "yes" || text == "1") return true;
  if (text == "false" || text == "no" || text == "0") return false;
  return std::nullopt;
}

bool list_of(std::string_view text, std::vector<std::string>& out) {
  while (!text.empty()) {
    const std::size_t end = text.find(';');
    if (end == 0 || out.size() == max_list) return false;
    out.emplace_back(text.substr(0, end));
    text.remove_prefix(end == text.npos ? text.size() : end + 1);
    if (end != std::string_view::npos && text.empty()) return false;
  }
  return true;
}

bool ids_of(std::string_view text, std::vector<std::uint32_t>& out) {
  std::vector<std::string> names;
  if (!list_of(text, names)) return false;
  for (const std::string& name : names) {
    const std::optional<std::uint32_t> id = number_of<std::uint32_t>(name);
    if (!id) return false;
    out.push_back(*id);
  }
  return true;
}

// 42 hexadecimal digits, Sunday first.
bool hours_of(std::string_view text, std::optional<LogonHours>& out) {
  if (text.size() != 42) return false;
  LogonHours& hours = out.emplace();
  for (std::size_t i = 0; i < hours.size(); ++i) {
    const auto [end, error] = std::from_chars(text.data() + 2 * i, text.data() + 2 * i + 2, hours[i], 16);
    if (error != std::errc() || end != text.data() + 2 * i + 2) return false;
  }
  return true;
}

template <class T, class U>
bool put(T& place, const std::optional<U>& value) {
  if (value) place = *value;
  return value.has_value();
}

bool put_password(NewAccount& account, std::string_view text) {
  const std::optional<base::Secret> password = password_from_utf8(base::as_bytes(text));
  if (account.key || !password || !is_well_formed_password(password->reveal())) return false;
  account.key = nt_key_of(*password);
  return true;
}

bool put_key(NewAccount& account, std::string_view text) {
  if (account.key) return false;
  account.key = parse_nt_key(text);
  return account.key.has_value();
}

bool put_expires(NewAccount& account, std::string_view text) {
  constexpr std::int64_t last = 900'000'000'000;  // unix seconds that fit a FILETIME
  if (text == "never") return true;
  const std::optional<std::int64_t> seconds = number_of<std::int64_t>(text);
  if (!seconds || *seconds < 0 || *seconds > last) return false;
  account.expires = nt::from_unix_seconds(*seconds);
  return true;
}

struct Column {
  std::string_view name;
  bool (*read)(ImportRow& row, std::string_view text);
};

constexpr Column columns[] = {
    {"name", [](ImportRow& row, std::string_view text) { return row.account.name = text, !text.empty(); }},
    {"uid", [](ImportRow& row, std::string_view text) { return put(row.account.uid, number_of<std::uint32_t>(text)); }},
    {"gid", [](ImportRow& row, std::string_view text) { return put(row.account.gid, number_of<std::uint32_t>(text)); }},
    {"groups", [](ImportRow& row, std::string_view text) { return ids_of(text, row.account.groups); }},
    {"member_of", [](ImportRow& row, std::string_view text) { return list_of(text, row.member_of); }},
    {"home", [](ImportRow& row, std::string_view text) { return row.account.home = text, true; }},
    {"shell", [](ImportRow& row, std::string_view text) { return row.account.shell = text, true; }},
    {"full_name", [](ImportRow& row, std::string_view text) { return row.account.full_name = text, true; }},
    {"password", [](ImportRow& row, std::string_view text) { return put_password(row.account, text); }},
    {"nt_key", [](ImportRow& row, std::string_view text) { return put_key(row.account, text); }},
    {"disabled", [](ImportRow& row, std::string_view text) { return put(row.account.disabled, flag_of(text)); }},
    {"must_change_password",
     [](ImportRow& row, std::string_view text) { return put(row.account.must_change_password, flag_of(text)); }},
    {"password_never_expires",
     [](ImportRow& row, std::string_view text) { return put(row.account.password_never_expires, flag_of(text)); }},
    {"cannot_change_password",
     [](ImportRow& row, std::string_view text) { return put(row.account.cannot_change_password, flag_of(text)); }},
    {"expires", [](ImportRow& row, std::string_view text) { return put_expires(row.account, text); }},
    {"logon_hours", [](ImportRow& row, std::string_view text) { return hours_of(text, row.account.logon_hours); }},
    {"workstations", [](ImportRow& row, std::string_view text) { return list_of(text, row.account.workstations); }},
};

}  // namespace

base::OrFailure<ImportRow> parse_import_row(const ImportFields& fields) {
  ImportRow row;
  for (const auto& [name, text] : fields) {
    const auto column =
        std::find_if(std::begin(columns), std::end(columns), [&](const Column& known) { return known.name == name; });
    if (column == std::end(columns)) return base::failure(fmt::format("There is no column '{}'.", name));
    // The value itself may be a secret: it is not in the message.
    if (!column->read(row, text))
      return base::failure(fmt::format("The value of '{}' is not valid, or password and nt_key are both given.", name));
    row.given.push_back(name);
  }
  if (row.account.name.empty()) return base::failure("The row has no name.");
  return row;
}

}  // namespace openlsa::authority
