#include "authority/accounts/account_database.hpp"

#include <fcntl.h>
#include <fmt/core.h>
#include <sqlite3.h>
#include <sys/stat.h>

#include <charconv>

#include "authority/policy/files.hpp"
#include "base/random.hpp"

namespace openlsa::authority {
namespace {

constexpr std::uint32_t first_rid = 1000;  // below are the well-known accounts of a domain ([MS-DTYP] 2.4.2.4)

constexpr const char* schema =
    "CREATE TABLE domain(id INTEGER PRIMARY KEY CHECK(id = 1), sid TEXT NOT NULL, next_rid INTEGER NOT NULL);"
    "CREATE TABLE account(rid INTEGER PRIMARY KEY, name TEXT NOT NULL, uid INTEGER NOT NULL UNIQUE,"
    " gid INTEGER NOT NULL, groups TEXT NOT NULL, home TEXT NOT NULL, shell TEXT NOT NULL, disabled INTEGER NOT NULL,"
    " version INTEGER NOT NULL);";

// A prepared statement, finalised when it goes.
class Statement {
 public:
  Statement(sqlite3* connection, const char* sql) { sqlite3_prepare_v2(connection, sql, -1, &statement_, nullptr); }
  ~Statement() { sqlite3_finalize(statement_); }
  Statement(const Statement&) = delete;
  Statement& operator=(const Statement&) = delete;
  Statement& bind(std::int64_t value) {
    sqlite3_bind_int64(statement_, ++bound_, value);
    return *this;
  }
  Statement& bind(const std::string& value) {
    sqlite3_bind_text(statement_, ++bound_, value.data(), static_cast<int>(value.size()), SQLITE_TRANSIENT);
    return *this;
  }
  int step() { return statement_ == nullptr ? SQLITE_ERROR : sqlite3_step(statement_); }
  std::int64_t number(int column) const { return sqlite3_column_int64(statement_, column); }
  std::string text(int column) const {
    const auto* data = reinterpret_cast<const char*>(sqlite3_column_text(statement_, column));
    return data == nullptr ? "" : std::string(data, static_cast<std::size_t>(sqlite3_column_bytes(statement_, column)));
  }

 private:
  sqlite3_stmt* statement_ = nullptr;
  int bound_ = 0;
};

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

// Three random sub-authorities, as every machine draws them once.
nt::Sid random_domain_sid() {
  std::uint32_t parts[3];
  base::fill_random({reinterpret_cast<std::uint8_t*>(parts), sizeof parts});
  return nt::Sid(5, {21, parts[0], parts[1], parts[2]});
}

bool in_uid_range(std::int64_t value) { return value >= 0 && value < 0xffffffff; }

}  // namespace

std::unexpected<base::Failure> AccountDatabase::failed(const char* what) const {
  return base::failure(
      fmt::format("Cannot {} in {}: {}. Check the disk and the file; restore it from a backup if it is "
                  "damaged.",
                  what, path_, connection_ != nullptr ? sqlite3_errmsg(connection_) : "out of memory"));
}

base::OrFailure<> AccountDatabase::execute(const char* sql) {
  if (sqlite3_exec(connection_, sql, nullptr, nullptr, nullptr) != SQLITE_OK) return failed("set up the accounts");
  return {};
}

base::OrFailure<std::unique_ptr<AccountDatabase>> AccountDatabase::open(const std::string& path) {
  {  // 0600 before SQLite writes anything; its journal files take the same mode
    const base::UniqueFd file(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600));
    struct stat status{};
    if (!file || ::fstat(file.get(), &status) != 0)
      return system_failure("open", path, "Make the state directory, and give it to the authority's user.");
    if (!S_ISREG(status.st_mode) || (status.st_uid != 0 && status.st_uid != ::geteuid()) || (status.st_mode & 077) != 0)
      return base::failure(path + " is not a regular file that only its owner reads and writes. Run: chmod 600 " +
                           path + ", and give it to the authority's user.");
  }
  std::unique_ptr<AccountDatabase> database(new AccountDatabase(path));
  if (sqlite3_open_v2(path.c_str(), &database->connection_,
                      SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOFOLLOW | SQLITE_OPEN_NOMUTEX, nullptr) != SQLITE_OK)
    return database->failed("open the accounts");
  sqlite3_busy_timeout(database->connection_, 5000);
  OPENLSA_TRY(database->execute("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA trusted_schema=OFF;"));
  OPENLSA_TRY(database->prepare_schema());
  OPENLSA_TRY(database->load_domain_sid());
  return database;
}

AccountDatabase::~AccountDatabase() { sqlite3_close(connection_); }

base::OrFailure<> AccountDatabase::prepare_schema() {
  std::int64_t version = -1;
  {
    Statement statement(connection_, "PRAGMA user_version");
    if (statement.step() != SQLITE_ROW) return failed("read the version");
    version = statement.number(0);
  }
  if (version == schema_version) return {};
  if (version != 0)
    return base::failure(
        fmt::format("{} has version {}, but this authority knows version {}. Install the release that "
                    "made it, or restore a backup of this release.",
                    path_, version, schema_version));
  OPENLSA_TRY(execute("BEGIN IMMEDIATE"));
  base::OrFailure<> made = execute(schema);
  if (made) {
    Statement insert(connection_, "INSERT INTO domain(id, sid, next_rid) VALUES(1, ?, ?)");
    if (insert.bind(random_domain_sid().to_string()).bind(std::int64_t{first_rid}).step() != SQLITE_DONE)
      made = failed("store the domain SID");
  }
  if (made) made = execute(fmt::format("PRAGMA user_version={}", schema_version).c_str());
  if (made) made = execute("COMMIT");
  if (!made) sqlite3_exec(connection_, "ROLLBACK", nullptr, nullptr, nullptr);
  return made;
}

base::OrFailure<> AccountDatabase::load_domain_sid() {
  Statement statement(connection_, "SELECT sid FROM domain WHERE id = 1");
  if (statement.step() != SQLITE_ROW) return failed("read the domain SID");
  const std::optional<nt::Sid> sid = nt::Sid::parse(statement.text(0));
  if (!sid || sid->authority() != 5 || sid->count() != 4 || sid->sub_authority(0) != 21)
    return base::failure(path_ + " holds a domain SID that is not S-1-5-21-x-y-z. Restore the file from a backup.");
  domain_sid_ = *sid;
  return {};
}

base::OrFailure<std::vector<AccountRow>> AccountDatabase::read_all() {
  Statement statement(connection_,
                      "SELECT rid, name, uid, gid, groups, home, shell, disabled FROM account ORDER BY rid");
  std::vector<AccountRow> rows;
  int result;
  while ((result = statement.step()) == SQLITE_ROW) {
    const std::int64_t rid = statement.number(0), uid = statement.number(2), gid = statement.number(3);
    std::optional<std::vector<std::uint32_t>> groups = parse_groups(statement.text(4));
    // A row with uid 0 would make its account root: no row that add() could not have made is believed.
    if (rid < first_rid || !in_uid_range(rid) || !in_uid_range(uid) || uid == 0 || !in_uid_range(gid) || !groups)
      return base::failure(
          fmt::format("{}: the account with rid {} is damaged. Restore the file from a backup.", path_, rid));
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
  if (result != SQLITE_DONE) return failed("read the accounts");
  return rows;
}

base::OrFailure<std::uint32_t> AccountDatabase::insert(const Account& account) {
  OPENLSA_TRY(execute("BEGIN IMMEDIATE"));
  std::int64_t rid = 0;
  base::OrFailure<> done;
  {
    Statement next(connection_,
                   "UPDATE domain SET next_rid = next_rid + 1 WHERE id = 1 AND next_rid < 4294967295 "
                   "RETURNING next_rid - 1");
    if (next.step() != SQLITE_ROW)
      done = failed("take a new rid");
    else
      rid = next.number(0);
    while (done && next.step() == SQLITE_ROW) {
    }
  }
  if (done) {
    Statement insert(connection_,
                     "INSERT INTO account(rid, name, uid, gid, groups, home, shell, disabled, version) "
                     "VALUES(?, ?, ?, ?, ?, ?, ?, ?, 1)");
    insert.bind(rid).bind(account.name).bind(std::int64_t{account.uid}).bind(std::int64_t{account.gid});
    insert.bind(format_groups(account.groups))
        .bind(account.home)
        .bind(account.shell)
        .bind(std::int64_t{account.disabled});
    if (insert.step() != SQLITE_DONE) done = failed("store the account");
  }
  if (done) done = execute("COMMIT");
  if (!done) {
    sqlite3_exec(connection_, "ROLLBACK", nullptr, nullptr, nullptr);
    return std::unexpected(done.error());
  }
  return static_cast<std::uint32_t>(rid);
}

base::OrFailure<> AccountDatabase::set_disabled(std::uint32_t rid, bool disabled) {
  Statement statement(connection_, "UPDATE account SET disabled = ?, version = version + 1 WHERE rid = ?");
  if (statement.bind(std::int64_t{disabled}).bind(std::int64_t{rid}).step() != SQLITE_DONE)
    return failed("change the account");
  return {};
}

}  // namespace openlsa::authority
