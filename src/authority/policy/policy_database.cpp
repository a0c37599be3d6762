#include "authority/policy/policy_database.hpp"

#include <fmt/core.h>

namespace openlsa::authority {

base::OrFailure<std::unique_ptr<PolicyDatabase>> PolicyDatabase::open(const std::string& path) {
  std::unique_ptr<Database> database = OPENLSA_TRY(Database::open(path));
  return std::unique_ptr<PolicyDatabase>(new PolicyDatabase(std::move(database)));
}

base::OrFailure<std::vector<std::pair<nt::Sid, AccountRight>>> PolicyDatabase::read_rights() {
  Statement statement(database_->connection(), "SELECT sid, name FROM account_right ORDER BY sid, name");
  std::vector<std::pair<nt::Sid, AccountRight>> rows;
  int result;
  while ((result = statement.step()) == SQLITE_ROW) {
    const std::optional<nt::Sid> sid = nt::Sid::parse(statement.text(0));
    const std::optional<AccountRight> right = right_named(std::string_view(statement.text(1)));
    // Whoever is denied a logon by a row that is left out could log on.
    if (!sid || !right)
      return base::failure(fmt::format("{}: the right '{}' of '{}' is damaged. Restore the file from a backup.",
                                       database_->path(), statement.text(1), statement.text(0)));
    rows.emplace_back(*sid, *right);
  }
  if (result != SQLITE_DONE) return database_->failed("read the rights");
  return rows;
}

base::OrFailure<> PolicyDatabase::set_rights(const nt::Sid& account, AccountRights rights) {
  const std::string sid = account.to_string();
  return database_->transaction([&]() -> base::OrFailure<> {
    Statement remove(database_->connection(), "DELETE FROM account_right WHERE sid = ?");
    if (remove.bind(sid).step() != SQLITE_DONE) return database_->failed("remove the rights");
    for (const AccountRight right : rights.list()) {
      Statement insert(database_->connection(), "INSERT INTO account_right(sid, name) VALUES(?, ?)");
      if (insert.bind(sid).bind(std::string(name_of(right))).step() != SQLITE_DONE)
        return database_->failed("store the rights");
    }
    return count_modification();
  });
}

base::OrFailure<std::vector<std::pair<std::string, Sealed>>> PolicyDatabase::read_secrets() {
  Statement statement(database_->connection(), "SELECT name, sealed FROM secret");
  std::vector<std::pair<std::string, Sealed>> rows;
  int result;
  while ((result = statement.step()) == SQLITE_ROW) rows.emplace_back(statement.text(0), Sealed{statement.bytes(1)});
  if (result != SQLITE_DONE) return database_->failed("read the private data");
  return rows;
}

base::OrFailure<std::optional<Sealed>> PolicyDatabase::find_secret(const std::string& name) {
  Statement statement(database_->connection(), "SELECT sealed FROM secret WHERE name = ?");
  const int result = statement.bind(name).step();
  if (result == SQLITE_DONE) return std::nullopt;
  if (result != SQLITE_ROW) return database_->failed("read the private data");
  return Sealed{statement.bytes(0)};
}

base::OrFailure<> PolicyDatabase::set_secret(const std::string& name, const Sealed& sealed) {
  return database_->transaction([&]() -> base::OrFailure<> {
    Statement insert(database_->connection(), "INSERT OR REPLACE INTO secret(name, sealed) VALUES(?, ?)");
    if (insert.bind(name).bind(base::ByteView(sealed.bytes)).step() != SQLITE_DONE)
      return database_->failed("store the private data");
    return count_modification();
  });
}

base::OrFailure<> PolicyDatabase::remove_secret(const std::string& name) {
  return database_->transaction([&]() -> base::OrFailure<> {
    Statement remove(database_->connection(), "DELETE FROM secret WHERE name = ?");
    if (remove.bind(name).step() != SQLITE_DONE) return database_->failed("remove the private data");
    return count_modification();
  });
}

base::OrFailure<PolicyModification> PolicyDatabase::modification() {
  Statement statement(database_->connection(), "SELECT modified, created FROM policy WHERE id = 1");
  if (statement.step() != SQLITE_ROW) return database_->failed("read the policy");
  return PolicyModification{static_cast<std::uint64_t>(statement.number(0)), {statement.number(1)}};
}

base::OrFailure<> PolicyDatabase::count_modification() {
  Statement statement(database_->connection(), "UPDATE policy SET modified = modified + 1 WHERE id = 1");
  if (statement.step() != SQLITE_DONE) return database_->failed("change the policy");
  return {};
}

}  // namespace openlsa::authority
