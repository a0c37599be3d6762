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
  return version == 1 ? make_accounts(database) : make_policy(database);
}

}  // namespace openlsa::authority
