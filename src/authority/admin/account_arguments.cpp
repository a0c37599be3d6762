#include "authority/admin/account_arguments.hpp"

#include <fmt/core.h>

#include <charconv>

#include "authority/admin/account_json.hpp"

namespace openlsa::authority::admin {
namespace {

bool given(const Arguments& arguments, std::string_view key) { return !arguments.all(key).empty(); }

base::OrFailure<std::optional<bool>> optional_flag(const Arguments& arguments, std::string_view key) {
  if (!given(arguments, key)) return std::nullopt;
  const std::string value = arguments.text(key);
  if (value == "yes") return true;
  if (value == "no") return false;
  return base::failure(fmt::format("'{}' must be yes or no, not '{}'.", key, value));
}

base::OrFailure<std::vector<std::string>> optional_list(const Arguments& arguments, std::string_view key) {
  if (arguments.text(key).empty()) return std::vector<std::string>();
  return arguments.list(key);
}

base::OrFailure<std::vector<std::uint32_t>> ids(const Arguments& arguments, std::string_view key) {
  std::vector<std::uint32_t> numbers;
  for (const std::string& text : OPENLSA_TRY(optional_list(arguments, key))) {
    std::uint32_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc() || end != text.data() + text.size())
      return base::failure(fmt::format("'{}' holds '{}', which is no number. Write it as 27,44.", key, text));
    numbers.push_back(number);
  }
  return numbers;
}

// "never", or days since 1970 as in shadow(5) would be too coarse: seconds since 1970.
base::OrFailure<nt::FileTime> time_of(const std::string& text) {
  if (text == "never") return nt::never;
  std::int64_t seconds = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), seconds);
  if (error != std::errc() || end != text.data() + text.size() || seconds < 0 || seconds > 900'000'000'000)
    return base::failure(fmt::format("'expires' must be never or seconds since 1970 (date +%s), not '{}'.", text));
  return nt::from_unix_seconds(seconds);
}

base::OrFailure<std::optional<LogonHours>> hours_of(const std::string& text) {
  if (text.empty() || text == "all") return std::nullopt;
  LogonHours hours{};
  if (text.size() != 2 * hours.size())
    return base::failure(
        "'logon_hours' must be all, or 42 hexadecimal digits: 168 hours from Sunday 0:00 UTC on, the "
        "lowest bit of a byte first.");
  for (std::size_t i = 0; i < hours.size(); ++i) {
    const auto [end, error] = std::from_chars(text.data() + 2 * i, text.data() + 2 * i + 2, hours[i], 16);
    if (error != std::errc() || end != text.data() + 2 * i + 2)
      return base::failure("'logon_hours' must be all, or 42 hexadecimal digits.");
  }
  return hours;
}

}  // namespace

base::OrFailure<AccountChange> account_change(const Arguments& arguments) {
  AccountChange change;
  change.uid = OPENLSA_TRY(arguments.number("uid"));
  change.gid = OPENLSA_TRY(arguments.number("gid"));
  if (given(arguments, "groups")) change.groups = OPENLSA_TRY(ids(arguments, "groups"));
  if (given(arguments, "home")) change.home = arguments.text("home");
  if (given(arguments, "shell")) change.shell = arguments.text("shell");
  if (given(arguments, "full_name")) change.full_name = arguments.text("full_name");
  change.disabled = OPENLSA_TRY(optional_flag(arguments, "disabled"));
  change.must_change_password = OPENLSA_TRY(optional_flag(arguments, "must_change_password"));
  change.password_never_expires = OPENLSA_TRY(optional_flag(arguments, "password_never_expires"));
  change.cannot_change_password = OPENLSA_TRY(optional_flag(arguments, "cannot_change_password"));
  if (given(arguments, "expires")) change.expires = OPENLSA_TRY(time_of(arguments.text("expires")));
  if (given(arguments, "logon_hours")) change.logon_hours = OPENLSA_TRY(hours_of(arguments.text("logon_hours")));
  if (given(arguments, "workstations")) change.workstations = OPENLSA_TRY(optional_list(arguments, "workstations"));
  return change;
}

std::optional<Account> named_account(const Call& call, const Arguments& arguments) {
  return call.authority.accounts().find_by_name(std::string_view(arguments.text("name")));
}

seam::AdminReply no_such_account(const Arguments& arguments) {
  return refused(STATUS_NO_SUCH_USER, fmt::format("There is no account '{}'. List them with `lsactl account list`.",
                                                  arguments.text("name")));
}

seam::AdminReply changed(const Call& call, const std::string& event, const std::string& name,
                         const AccountResult<Account>& result, const std::string& detail) {
  record(call, event, result ? STATUS_SUCCESS : result.error().status, "", name,
         result ? detail : result.error().message);
  if (!result) return refused(result.error().status, result.error().message);
  return answer(account_json(*result));
}

// A host runs under its uid alone: an account with that uid could trace it.
bool is_host_uid(const Call& call, std::optional<std::uint32_t> uid) {
  return uid && call.authority.configuration().host_uids.contains(*uid);
}

seam::AdminReply refuse_host_uid() {
  return refused(STATUS_INVALID_PARAMETER,
                 "That uid belongs to host_uids in lsa.toml, the uids of package hosts. Choose another.");
}

}  // namespace openlsa::authority::admin
