// accounts.db as SQLite sees it: the file, its schema, statements. Each store that keeps something there has its own
// connection and serialises its use; SQLite itself keeps the stores apart.
#pragma once

#include <sqlite3.h>

#include <memory>
#include <string>

#include "base/bytes.hpp"
#include "base/result.hpp"
#include "nt/status.hpp"

namespace openlsa::authority {

// A prepared statement, finalised when it goes.
class Statement {
 public:
  Statement(sqlite3* connection, const char* sql) { sqlite3_prepare_v2(connection, sql, -1, &statement_, nullptr); }
  ~Statement() { sqlite3_finalize(statement_); }
  Statement(const Statement&) = delete;
  Statement& operator=(const Statement&) = delete;
  Statement& bind(std::int64_t value);
  Statement& bind(const std::string& value);
  Statement& bind(base::ByteView value);
  Statement& bind_null();
  // For the next row.
  void reset() {
    sqlite3_reset(statement_);
    bound_ = 0;
  }
  int step() { return statement_ == nullptr ? SQLITE_ERROR : sqlite3_step(statement_); }
  std::int64_t number(int column) const { return sqlite3_column_int64(statement_, column); }
  std::string text(int column) const;
  base::Bytes bytes(int column) const;
  bool is_null(int column) const { return sqlite3_column_type(statement_, column) == SQLITE_NULL; }

 private:
  sqlite3_stmt* statement_ = nullptr;
  int bound_ = 0;
};

class Database {
 public:
  static constexpr int schema_version = 4;

  // Makes the file (0600) and brings its schema up to this release's.
  static base::OrFailure<std::unique_ptr<Database>> open(const std::string& path);
  ~Database();
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;

  const std::string& path() const { return path_; }
  sqlite3* connection() const { return connection_; }
  base::OrFailure<> execute(const char* sql);
  // "Cannot <what> in <path>: <reason of SQLite>. ..."
  std::unexpected<base::Failure> failed(const char* what) const;
  // What the API calls the last failure: STATUS_DISK_FULL, STATUS_MEDIA_WRITE_PROTECTED, STATUS_INTERNAL_DB_CORRUPTION,
  // STATUS_INTERNAL_DB_ERROR.
  nt::Status failed_status() const { return failed_status_; }
  // Whether anything in the file is sealed with the master key.
  base::OrFailure<bool> holds_sealed();
  // change() between BEGIN and COMMIT, durable when this returns; nothing of it stays when it fails.
  template <class Change>
  base::OrFailure<> transaction(Change&& change) {
    OPENLSA_TRY(execute("BEGIN IMMEDIATE"));
    base::OrFailure<> done = change();
    if (done) done = execute("COMMIT");
    if (!done) sqlite3_exec(connection_, "ROLLBACK", nullptr, nullptr, nullptr);
    return done;
  }
  // The same, durable against the end of this process only (no fsync): for what may be lost with the power.
  template <class Change>
  base::OrFailure<> light_transaction(Change&& change) {
    OPENLSA_TRY(execute("PRAGMA synchronous=NORMAL"));
    base::OrFailure<> done = transaction(std::forward<Change>(change));
    const base::OrFailure<> restored = execute("PRAGMA synchronous=FULL");
    return done ? restored : done;
  }

 private:
  explicit Database(std::string path) : path_(std::move(path)) {}
  base::OrFailure<> prepare_schema();

  const std::string path_;
  sqlite3* connection_ = nullptr;
  mutable nt::Status failed_status_ = STATUS_SUCCESS;
};

}  // namespace openlsa::authority
