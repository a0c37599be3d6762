#include "authority/accounts/database_schema.hpp"

#include "authority/policy/default_rights.hpp"
#include "base/random.hpp"
#include "nt/file_time.hpp"

namespace openlsa::authority {
namespace {

constexpr std::int64_t first_rid = 1000;  // below are the well-known accounts of a domain ([MS-DTYP] 2.4.2.4)

constexpr const char* accounts_schema =
    "CREATE TABLE domain(id INTEGER PRIMARY KEY CHECK(id = 1), sid TEXT NOT NULL, next_rid INTEGER NOT NULL);"
    "CREATE TABLE account(rid INTEGER PRIMARY KEY, name TEXT NOT NULL, uid INTEGER NOT NULL UNIQUE,"
    " gid INTEGER NOT NULL, groups TEXT NOT NULL, home TEXT NOT NULL, shell TEXT NOT NULL, disabled INTEGER NOT NULL,"
    " version INTEGER NOT NULL);";

constexpr const char* policy_schema =
    "CREATE TABLE policy(id INTEGER PRIMARY KEY CHECK(id = 1), created INTEGER NOT NULL, modified INTEGER NOT NULL);"
    "CREATE TABLE account_right(sid TEXT NOT NULL, name TEXT NOT NULL, PRIMARY KEY(sid, name)) WITHOUT ROWID;"
    "CREATE TABLE secret(name TEXT PRIMARY KEY, sealed BLOB NOT NULL) WITHOUT ROWID;";

// Version 3: passwords. What SQLite cannot notice itself is a bit that turned within a value: each account has a
// checksum over its row (account_row.cpp). Wrong guesses are rows apart, for each guess writes one; rid 0 is written
// for names that no account has, so that both cost the same.
constexpr const char* passwords_schema =
    "ALTER TABLE account ADD COLUMN nt_key BLOB;"
    "ALTER TABLE account ADD COLUMN flags INTEGER NOT NULL DEFAULT 0;"
    "ALTER TABLE account ADD COLUMN full_name TEXT NOT NULL DEFAULT '';"
    "ALTER TABLE account ADD COLUMN password_set INTEGER NOT NULL DEFAULT 0;"
    "ALTER TABLE account ADD COLUMN expires INTEGER NOT NULL DEFAULT 9223372036854775807;"
    "ALTER TABLE account ADD COLUMN logon_hours BLOB;"
    "ALTER TABLE account ADD COLUMN workstations TEXT NOT NULL DEFAULT '';"
    "ALTER TABLE account ADD COLUMN checksum INTEGER;"
    "CREATE TABLE password_history(rid INTEGER PRIMARY KEY, sealed BLOB NOT NULL);"
    "CREATE TABLE guess(rid INTEGER PRIMARY KEY, bad_count INTEGER NOT NULL, bad_time INTEGER NOT NULL,"
    " locked_at INTEGER NOT NULL, last_logon INTEGER NOT NULL);"
    "CREATE TABLE local_group(rid INTEGER PRIMARY KEY, name TEXT NOT NULL, gid INTEGER NOT NULL UNIQUE,"
    " description TEXT NOT NULL);"
    "CREATE TABLE group_member(group_rid INTEGER NOT NULL, account_rid INTEGER NOT NULL,"
    " PRIMARY KEY(group_rid, account_rid)) WITHOUT ROWID;"
    "CREATE TABLE account_policy(name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;";

// Version 4: accounts of domains that may log on without their domain (domain/cached_logons.hpp). `stored` is their
// order; all that is known of one is in the seal.
constexpr const char* cached_logons_schema =
    "CREATE TABLE cached_logon(sid TEXT PRIMARY KEY, stored INTEGER NOT NULL, sealed BLOB NOT NULL) WITHOUT ROWID;";

// Three random sub-authorities, as every machine draws them once.
nt::Sid random_domain_sid() {
  std::uint32_t parts[3];
  base::fill_random({reinterpret_cast<std::uint8_t*>(parts), sizeof parts});
  return nt::Sid(5, {21, parts[0], parts[1], parts[2]});
}

base::OrFailure<> make_accounts(Database& database) {
  OPENLSA_TRY(database.execute(accounts_schema));
  Statement insert(database.connection(), "INSERT INTO domain(id, sid, next_rid) VALUES(1, ?, ?)");
  if (insert.bind(random_domain_sid().to_string()).bind(first_rid).step() != SQLITE_DONE)
    return database.failed("store the domain SID");
  return {};
}

base::OrFailure<> make_policy(Database& database) {
  OPENLSA_TRY(database.execute(policy_schema));
  Statement insert(database.connection(), "INSERT INTO policy(id, created, modified) VALUES(1, ?, 1)");
  if (insert.bind(nt::now().ticks).step() != SQLITE_DONE) return database.failed("store the policy");
  for (const auto& [sid, rights] : default_rights())
    for (const AccountRight right : rights.list()) {
      Statement grant(database.connection(), "INSERT INTO account_right(sid, name) VALUES(?, ?)");
      if (grant.bind(sid.to_string()).bind(std::string(name_of(right))).step() != SQLITE_DONE)
        return database.failed("store the rights");
    }
  return {};
}

}  // namespace

base::OrFailure<> make_schema(Database& database, int version) {
  switch (version) {
    case 1:
      return make_accounts(database);
    case 2:
      return make_policy(database);
    case 3:
      return database.execute(passwords_schema);
    default:
      return database.execute(cached_logons_schema);
  }
}

}  // namespace openlsa::authority
