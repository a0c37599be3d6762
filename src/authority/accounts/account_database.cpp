#include "authority/accounts/account_database.hpp"

#include <fmt/core.h>

#include <charconv>

#include "authority/accounts/database.hpp"

namespace openlsa::authority {
namespace {

constexpr std::int64_t first_rid = 1000;  // database_schema.cpp

std::string format_groups(const std::vector<std::uint32_t>& groups) {
  std::string text;
  for (std::uint32_t group : groups) text += (text.empty() ? "" : ",") + std::to_string(group);
  return text;
}

std::optional<std::vector<std::uint32_t>> parse_groups(std::string_view text) {
  std::vector<std::uint32_t> groups;
  while (!text.empty()) {
    std::uint32_t group = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), group);
    if (error != std::errc()) return std::nullopt;
    groups.push_back(group);
    text.remove_prefix(static_cast<std::size_t>(end - text.data()));
    if (text.empty()) break;
    if (text.front() != ',' || text.size() == 1) return std::nullopt;
    text.remove_prefix(1);
  }
  return groups;
}

bool in_uid_range(std::int64_t value) { return value >= 0 && value < 0xffffffff; }

}  // namespace

base::OrFailure<std::unique_ptr<AccountDatabase>> AccountDatabase::open(const std::string& path) {
  std::unique_ptr<AccountDatabase> accounts(new AccountDatabase(OPENLSA_TRY(Database::open(path))));
  OPENLSA_TRY(accounts->load_domain_sid());
  return accounts;
}

AccountDatabase::AccountDatabase(std::unique_ptr<Database> database) : database_(std::move(database)) {}
AccountDatabase::~AccountDatabase() = default;

base::OrFailure<> AccountDatabase::load_domain_sid() {
  Statement statement(database_->connection(), "SELECT sid FROM domain WHERE id = 1");
  if (statement.step() != SQLITE_ROW) return database_->failed("read the domain SID");
  const std::optional<nt::Sid> sid = nt::Sid::parse(statement.text(0));
  if (!sid || sid->authority() != 5 || sid->count() != 4 || sid->sub_authority(0) != 21)
    return base::failure(database_->path() +
                         " holds a domain SID that is not S-1-5-21-x-y-z. Restore the file from a backup.");
  domain_sid_ = *sid;
  return {};
}

base::OrFailure<std::vector<AccountRow>> AccountDatabase::read_all() {
  Statement statement(database_->connection(),
                      "SELECT rid, name, uid, gid, groups, home, shell, disabled FROM account ORDER BY rid");
  std::vector<AccountRow> rows;
  int result;
  while ((result = statement.step()) == SQLITE_ROW) {
    const std::int64_t rid = statement.number(0), uid = statement.number(2), gid = statement.number(3);
    std::optional<std::vector<std::uint32_t>> groups = parse_groups(statement.text(4));
    // A row with uid 0 would make its account root: no row that add() could not have made is believed.
    if (rid < first_rid || !in_uid_range(rid) || !in_uid_range(uid) || uid == 0 || !in_uid_range(gid) || !groups)
      return base::failure(fmt::format("{}: the account with rid {} is damaged. Restore the file from a backup.",
                                       database_->path(), rid));
    AccountRow row{static_cast<std::uint32_t>(rid), {}};
    row.account.name = statement.text(1);
    row.account.uid = static_cast<std::uint32_t>(uid);
    row.account.gid = static_cast<std::uint32_t>(gid);
    row.account.groups = std::move(*groups);
    row.account.home = statement.text(5);
    row.account.shell = statement.text(6);
    row.account.disabled = statement.number(7) != 0;
    rows.push_back(std::move(row));
  }
  if (result != SQLITE_DONE) return database_->failed("read the accounts");
  return rows;
}

base::OrFailure<std::uint32_t> AccountDatabase::insert(const Account& account) {
  std::int64_t rid = 0;
  OPENLSA_TRY(database_->transaction([&]() -> base::OrFailure<> {
    rid = OPENLSA_TRY(take_rid());
    return insert(rid, account);
  }));
  return static_cast<std::uint32_t>(rid);
}

base::OrFailure<std::int64_t> AccountDatabase::take_rid() {
  Statement next(database_->connection(),
                 "UPDATE domain SET next_rid = next_rid + 1 WHERE id = 1 AND next_rid < 4294967295 "
                 "RETURNING next_rid - 1");
  if (next.step() != SQLITE_ROW) return database_->failed("take a new rid");
  const std::int64_t rid = next.number(0);
  while (next.step() == SQLITE_ROW) {
  }
  return rid;
}

base::OrFailure<> AccountDatabase::insert(std::int64_t rid, const Account& account) {
  Statement insert(database_->connection(),
                   "INSERT INTO account(rid, name, uid, gid, groups, home, shell, disabled, version) "
                   "VALUES(?, ?, ?, ?, ?, ?, ?, ?, 1)");
  insert.bind(rid).bind(account.name).bind(std::int64_t{account.uid}).bind(std::int64_t{account.gid});
  insert.bind(format_groups(account.groups))
      .bind(account.home)
      .bind(account.shell)
      .bind(std::int64_t{account.disabled});
  if (insert.step() != SQLITE_DONE) return database_->failed("store the account");
  return {};
}

base::OrFailure<> AccountDatabase::set_disabled(std::uint32_t rid, bool disabled) {
  Statement statement(database_->connection(), "UPDATE account SET disabled = ?, version = version + 1 WHERE rid = ?");
  if (statement.bind(std::int64_t{disabled}).bind(std::int64_t{rid}).step() != SQLITE_DONE)
    return database_->failed("change the account");
  return {};
}

}  // namespace openlsa::authority
