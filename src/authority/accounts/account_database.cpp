#include "authority/accounts/account_database.hpp"

#include <fmt/core.h>

#include "authority/accounts/account_row.hpp"

namespace openlsa::authority {
namespace {

base::OrFailure<> run(Database& database, Statement& statement, const char* what) {
  if (statement.step() != SQLITE_DONE) return database.failed(what);
  return {};
}

}  // namespace

base::OrFailure<std::unique_ptr<AccountDatabase>> AccountDatabase::open(const std::string& path) {
  std::unique_ptr<Database> database = OPENLSA_TRY(Database::open(path));
  std::unique_ptr<AccountDatabase> accounts(new AccountDatabase(std::move(database)));
  OPENLSA_TRY(accounts->load_domain_sid());
  return accounts;
}

AccountDatabase::AccountDatabase(std::unique_ptr<Database> database) : database_(std::move(database)) {}
AccountDatabase::~AccountDatabase() = default;

base::OrFailure<bool> AccountDatabase::holds_sealed() { return database_->holds_sealed(); }
nt::Status AccountDatabase::failed_status() const { return database_->failed_status(); }

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

base::OrFailure<> AccountDatabase::read_accounts(const std::function<base::OrFailure<>(AccountRecord&&)>& each) {
  AccountRows rows(*database_);
  while (std::optional<AccountRecord> record = OPENLSA_TRY(rows.next())) OPENLSA_TRY(each(std::move(*record)));
  return {};
}

base::OrFailure<> AccountDatabase::read_guesses(const std::function<void(std::uint32_t, const GuessState&)>& each) {
  Statement rows(database_->connection(), "SELECT rid, bad_count, bad_time, locked_at, last_logon FROM guess");
  int result;
  while ((result = rows.step()) == SQLITE_ROW)
    each(static_cast<std::uint32_t>(rows.number(0)),
         {static_cast<std::uint32_t>(rows.number(1)), {rows.number(2)}, {rows.number(3)}, {rows.number(4)}});
  if (result != SQLITE_DONE) return database_->failed("read the wrong guesses");
  return {};
}

base::OrFailure<Sealed> AccountDatabase::read_history(std::uint32_t rid) {
  Statement row(database_->connection(), "SELECT sealed FROM password_history WHERE rid = ?");
  const int result = row.bind(std::int64_t{rid}).step();
  if (result == SQLITE_DONE) return Sealed{};
  if (result != SQLITE_ROW) return database_->failed("read the password history");
  return Sealed{row.bytes(0)};
}

base::OrFailure<std::uint32_t> AccountDatabase::take_rids(std::size_t count) {
  Statement next(database_->connection(),
                 "UPDATE domain SET next_rid = next_rid + ?1 WHERE id = 1 AND next_rid + ?1 < 4294967296 "
                 "RETURNING next_rid - ?1");
  const auto wanted = static_cast<std::int64_t>(count);
  if (next.bind(wanted).step() != SQLITE_ROW) return database_->failed("take a new rid");
  const std::int64_t rid = next.number(0);
  while (next.step() == SQLITE_ROW) {
  }
  return static_cast<std::uint32_t>(rid);
}

base::OrFailure<> AccountDatabase::insert(std::span<AccountRecord> records,
                                          const std::function<void(AccountRecord&)>& prepare) {
  return database_->transaction([&]() -> base::OrFailure<> {
    std::uint32_t rid = OPENLSA_TRY(take_rids(records.size()));
    for (AccountRecord& record : records) {
      record.rid = rid++;
      prepare(record);
      OPENLSA_TRY(write_account_row(*database_, record));
    }
    return {};
  });
}

base::OrFailure<> AccountDatabase::update(const AccountRecord& record) {
  return database_->transaction([&] { return write_account_row(*database_, record); });
}

base::OrFailure<> AccountDatabase::replace_key(const AccountRecord& record, const Sealed& history) {
  return database_->transaction([&]() -> base::OrFailure<> {
    OPENLSA_TRY(write_account_row(*database_, record));
    Statement row(database_->connection(), "INSERT OR REPLACE INTO password_history(rid, sealed) VALUES(?, ?)");
    row.bind(std::int64_t{record.rid}).bind(base::ByteView(history.bytes));
    return run(*database_, row, "store the password history");
  });
}

base::OrFailure<> AccountDatabase::remove_account(std::uint32_t rid) {
  return database_->transaction([&]() -> base::OrFailure<> {
    for (const char* sql : {"DELETE FROM account WHERE rid = ?", "DELETE FROM password_history WHERE rid = ?",
                            "DELETE FROM guess WHERE rid = ?", "DELETE FROM group_member WHERE account_rid = ?"}) {
      Statement gone(database_->connection(), sql);
      gone.bind(std::int64_t{rid});
      OPENLSA_TRY(run(*database_, gone, "remove the account"));
    }
    return {};
  });
}

base::OrFailure<> AccountDatabase::write_guesses(std::uint32_t rid, const GuessState& state, bool durable) {
  const auto write = [&]() -> base::OrFailure<> {
    Statement row(database_->connection(),
                  "INSERT OR REPLACE INTO guess(rid, bad_count, bad_time, locked_at, last_logon) VALUES(?,?,?,?,?)");
    row.bind(std::int64_t{rid}).bind(std::int64_t{state.bad_count}).bind(state.bad_time.ticks);
    row.bind(state.locked_at.ticks).bind(state.last_logon.ticks);
    return run(*database_, row, "count the wrong password");
  };
  return durable ? database_->transaction(write) : database_->light_transaction(write);
}

base::OrFailure<AccountPolicy> AccountDatabase::read_policy() {
  AccountPolicy policy;
  Statement rows(database_->connection(), "SELECT name, value FROM account_policy");
  int result;
  while ((result = rows.step()) == SQLITE_ROW) {
    bool known = false;
    for (const AccountPolicyField& field : account_policy_fields) {
      const std::int64_t value = rows.number(1);
      if (field.name != rows.text(0) || value < 0 || value > field.most) continue;
      known = true;
      if (field.number != nullptr)
        policy.*field.number = static_cast<std::uint32_t>(value);
      else
        policy.*field.flag = value != 0;
    }
    if (!known)
      return base::failure(fmt::format("{}: '{}' of the account policy is damaged. Restore the file from a backup.",
                                       database_->path(), rows.text(0)));
  }
  if (result != SQLITE_DONE) return database_->failed("read the account policy");
  return policy;
}

base::OrFailure<> AccountDatabase::write_policy(const AccountPolicy& policy) {
  return database_->transaction([&]() -> base::OrFailure<> {
    for (const AccountPolicyField& field : account_policy_fields) {
      Statement row(database_->connection(), "INSERT OR REPLACE INTO account_policy(name, value) VALUES(?, ?)");
      row.bind(std::string(field.name));
      row.bind(field.number != nullptr ? std::int64_t{policy.*field.number} : std::int64_t{policy.*field.flag});
      OPENLSA_TRY(run(*database_, row, "store the account policy"));
    }
    return {};
  });
}

}  // namespace openlsa::authority
