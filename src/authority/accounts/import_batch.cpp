#include "authority/accounts/import_batch.hpp"

#include <fmt/core.h>

#include <algorithm>

#include "authority/accounts/account_names.hpp"

namespace openlsa::authority {
namespace {

constexpr std::size_t most_problems = 20;

struct Batch {
  ImportResult result;
  std::vector<NewAccount> fresh;
  std::vector<std::uint64_t> lines;                 // of the fresh ones
  std::vector<std::vector<std::string>> member_of;  // of the fresh ones
  void fail(std::uint64_t line, std::string message) {
    ++result.failed;
    if (result.problems.size() < most_problems) result.problems.push_back({line, std::move(message)});
  }
};

bool gave(const ImportRow& row, std::string_view column) {
  return std::find(row.given.begin(), row.given.end(), column) != row.given.end();
}

// Whether the account is what the row asks for, in the columns that the row has.
bool is_equal(const AccountStore& accounts, const Account& there, const ImportRow& row) {
  const NewAccount& wanted = row.account;
  if (wanted.uid && *wanted.uid != there.uid) return false;
  if (wanted.gid && *wanted.gid != there.gid) return false;
  if (gave(row, "groups") && wanted.groups != there.own_groups) return false;
  if (gave(row, "home") && wanted.home != there.home) return false;
  if (gave(row, "shell") && wanted.shell != there.shell) return false;
  if (gave(row, "full_name") && wanted.full_name != there.full_name) return false;
  if (gave(row, "disabled") && wanted.disabled != there.disabled) return false;
  if (gave(row, "must_change_password") && wanted.must_change_password != there.must_change_password) return false;
  if (gave(row, "password_never_expires") && wanted.password_never_expires != there.password_never_expires)
    return false;
  if (gave(row, "cannot_change_password") && wanted.cannot_change_password != there.cannot_change_password)
    return false;
  if (gave(row, "expires") && wanted.expires != there.expires) return false;
  if (gave(row, "logon_hours") && wanted.logon_hours != there.logon_hours) return false;
  if (gave(row, "workstations") && wanted.workstations != there.workstations) return false;
  return !wanted.key || accounts.has_key(there.sid, *wanted.key);
}

// Memberships are added to an account that is there, too: they come after it, in a transaction of their own.
AccountResult<> join_groups(AccountStore& accounts, std::span<const std::pair<nt::Sid, nt::Sid>> members) {
  return members.empty() ? AccountResult<>() : accounts.add_members(members);
}

base::OrFailure<std::vector<nt::Sid>> groups_named(const AccountStore& accounts,
                                                   const std::vector<std::string>& names) {
  std::vector<nt::Sid> groups;
  for (const std::string& name : names) {
    const std::optional<LocalGroup> group = accounts.find_group(name);
    if (!group)
      return base::failure(fmt::format("There is no group '{}'. Add it first with `lsactl group add`.", name));
    groups.push_back(group->sid);
  }
  return groups;
}

void take_row(AccountStore& accounts, const ImportPart& part, base::MutableByteView line, std::uint64_t number,
              Batch& batch, std::vector<std::pair<nt::Sid, nt::Sid>>& members) {
  const auto fields = part.format == ImportFormat::csv ? parse_csv_line(line, part.columns) : parse_json_line(line);
  if (!fields) return batch.fail(number, fields.error().message);
  auto row = parse_import_row(*fields);
  if (!row) return batch.fail(number, row.error().message);
  const auto groups = groups_named(accounts, row->member_of);
  if (!groups) return batch.fail(number, groups.error().message);
  if (row->account.uid && part.is_foreign_uid && part.is_foreign_uid(*row->account.uid))
    return batch.fail(number, "That uid belongs to host_uids in lsa.toml, the uids of package hosts. Choose another.");
  if (row->account.name.find('\\') != std::string::npos)
    return batch.fail(number, "The name holds a domain. Give the name alone.");
  if (const std::optional<Account> there = accounts.find_by_name(row->account.name)) {
    if (!is_equal(accounts, *there, *row))
      return batch.fail(number, fmt::format("The account '{}' is there and differs. Change it with `lsactl account "
                                            "set`, or remove it first.",
                                            row->account.name));
    ++batch.result.skipped;
    for (const nt::Sid& group : *groups) members.emplace_back(group, there->sid);
    return;
  }
  batch.fresh.push_back(std::move(row->account));
  batch.lines.push_back(number);
  batch.member_of.push_back(std::move(row->member_of));
}

}  // namespace

AccountResult<ImportResult> import_batch(AccountStore& accounts, base::MutableByteView text, const ImportPart& part) {
  Batch batch;
  std::vector<std::pair<nt::Sid, nt::Sid>> members;
  std::size_t at = 0;
  while (at < text.size() && batch.result.lines < max_import_batch_rows) {
    const auto begin = text.begin() + static_cast<std::ptrdiff_t>(at);
    const auto end = std::find(begin, text.end(), '\n');
    if (end == text.end() && !part.is_end) break;
    base::MutableByteView line = text.subspan(at, static_cast<std::size_t>(end - begin));
    at += line.size() + (end == text.end() ? 0 : 1);
    const std::uint64_t number = part.first_line + batch.result.lines++;
    if (!line.empty() && line.back() == '\r') line = line.first(line.size() - 1);
    if (line.size() > max_import_line_bytes)
      batch.fail(number, "The line is longer than 65536 bytes. Shorten it.");
    else if (!line.empty())
      take_row(accounts, part, line, number, batch, members);
  }
  batch.result.taken_bytes = at;
  if (!batch.fresh.empty()) {
    const auto results = accounts.add_all(batch.fresh);
    if (!results) return std::unexpected(results.error());
    for (std::size_t i = 0; i < results->size(); ++i) {
      const AccountResult<Account>& added = (*results)[i];
      if (!added) {
        batch.fail(batch.lines[i], added.error().message);
        continue;
      }
      ++batch.result.added;
      for (const std::string& name : batch.member_of[i])
        if (const std::optional<LocalGroup> group = accounts.find_group(name))
          members.emplace_back(group->sid, added->sid);
    }
  }
  if (const auto joined = join_groups(accounts, members); !joined) return std::unexpected(joined.error());
  return std::move(batch.result);
}

}  // namespace openlsa::authority
