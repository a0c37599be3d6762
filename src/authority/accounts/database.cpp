#include "authority/accounts/database.hpp"

#include <fcntl.h>
#include <fmt/core.h>
#include <sys/stat.h>

#include "authority/accounts/database_schema.hpp"
#include "authority/policy/files.hpp"

namespace openlsa::authority {

Statement& Statement::bind(std::int64_t value) {
  sqlite3_bind_int64(statement_, ++bound_, value);
  return *this;
}

Statement& Statement::bind(const std::string& value) {
  sqlite3_bind_text(statement_, ++bound_, value.data(), static_cast<int>(value.size()), SQLITE_TRANSIENT);
  return *this;
}

Statement& Statement::bind(base::ByteView value) {
  sqlite3_bind_blob(statement_, ++bound_, value.data(), static_cast<int>(value.size()), SQLITE_TRANSIENT);
  return *this;
}

Statement& Statement::bind_null() {
  sqlite3_bind_null(statement_, ++bound_);
  return *this;
}

std::string Statement::text(int column) const {
  const auto* data = reinterpret_cast<const char*>(sqlite3_column_text(statement_, column));
  return data == nullptr ? "" : std::string(data, static_cast<std::size_t>(sqlite3_column_bytes(statement_, column)));
}

base::Bytes Statement::bytes(int column) const {
  const auto* data = static_cast<const std::uint8_t*>(sqlite3_column_blob(statement_, column));
  if (data == nullptr) return {};
  return {data, data + sqlite3_column_bytes(statement_, column)};
}

namespace {

nt::Status status_of(int code) {
  switch (code & 0xff) {
    case SQLITE_FULL:
      return STATUS_DISK_FULL;
    case SQLITE_READONLY:
      return STATUS_MEDIA_WRITE_PROTECTED;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      return STATUS_INTERNAL_DB_CORRUPTION;
    default:
      return STATUS_INTERNAL_DB_ERROR;
  }
}

}  // namespace

std::unexpected<base::Failure> Database::failed(const char* what) const {
  failed_status_ = status_of(connection_ != nullptr ? sqlite3_errcode(connection_) : SQLITE_NOMEM);
  return base::failure(
      fmt::format("Cannot {} in {}: {}. Check the disk and the file; restore it from a backup if it is "
                  "damaged.",
                  what, path_, connection_ != nullptr ? sqlite3_errmsg(connection_) : "out of memory"));
}

base::OrFailure<> Database::execute(const char* sql) {
  if (sqlite3_exec(connection_, sql, nullptr, nullptr, nullptr) != SQLITE_OK) return failed("change the accounts");
  return {};
}

static constexpr off_t smallest_database = 512;  // a page

base::OrFailure<std::unique_ptr<Database>> Database::open(const std::string& path) {
  {  // 0600 before SQLite writes anything; its journal files take the same mode
    const base::UniqueFd file(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600));
    struct stat status{};
    if (!file || ::fstat(file.get(), &status) != 0)
      return system_failure("open", path, "Make the state directory, and give it to the authority's user.");
    if (!S_ISREG(status.st_mode) || (status.st_uid != 0 && status.st_uid != ::geteuid()) || (status.st_mode & 077) != 0)
      return base::failure(path + " is not a regular file that only its owner reads and writes. Run: chmod 600 " +
                           path + ", and give it to the authority's user.");
    // SQLite takes what is too short for a header for a new database. An empty file is one: so a start may have ended.
    if (status.st_size > 0 && status.st_size < smallest_database)
      return base::failure(path + " is cut short. Restore the file from a backup.");
  }
  std::unique_ptr<Database> database(new Database(path));
  if (sqlite3_open_v2(path.c_str(), &database->connection_,
                      SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOFOLLOW | SQLITE_OPEN_NOMUTEX, nullptr) != SQLITE_OK)
    return database->failed("open the accounts");
  sqlite3_busy_timeout(database->connection_, 5000);
  OPENLSA_TRY(database->execute("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA trusted_schema=OFF;"));
  OPENLSA_TRY(database->prepare_schema());
  return database;
}

Database::~Database() { sqlite3_close(connection_); }

base::OrFailure<bool> Database::holds_sealed() {
  Statement statement(connection_,
                      "SELECT EXISTS(SELECT 1 FROM account WHERE nt_key IS NOT NULL) OR EXISTS(SELECT 1 FROM secret)"
                      " OR EXISTS(SELECT 1 FROM cached_logon)");
  if (statement.step() != SQLITE_ROW) return failed("look for sealed data");
  return statement.number(0) != 0;
}

base::OrFailure<> Database::prepare_schema() {
  std::int64_t version = -1;
  {
    Statement statement(connection_, "PRAGMA user_version");
    if (statement.step() != SQLITE_ROW) return failed("read the version");
    version = statement.number(0);
  }
  if (version == schema_version) return {};
  if (version < 0 || version > schema_version)
    return base::failure(
        fmt::format("{} has version {}, but this authority knows version {}. Install the release that "
                    "made it, or restore a backup of this release.",
                    path_, version, schema_version));
  return transaction([&]() -> base::OrFailure<> {
    for (int next = static_cast<int>(version) + 1; next <= schema_version; ++next)
      OPENLSA_TRY(make_schema(*this, next));
    return execute(fmt::format("PRAGMA user_version={}", schema_version).c_str());
  });
}

}  // namespace openlsa::authority
