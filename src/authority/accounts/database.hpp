// accounts.db as SQLite sees it: the file, its schema, statements. Each store that keeps something there has its own
// connection and serialises its use; SQLite itself keeps the stores apart.
#pragma once

#include <sqlite3.h>

#include <memory>
#include <string>

#include "base/bytes.hpp"
#include "base/result.hpp"

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
  int step() { return statement_ == nullptr ? SQLITE_ERROR : sqlite3_step(statement_); }
  std::int64_t number(int column) const { return sqlite3_column_int64(statement_, column); }
  std::string text(int column) const;
  base::Bytes bytes(int column) const;

 private:
  sqlite3_stmt* statement_ = nullptr;
  int bound_ = 0;
};

class Database {
 public:
  static constexpr int schema_version = 2;

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
  // change() between BEGIN and COMMIT, durable when this returns; nothing of it stays when it fails.
  template <class Change>
  base::OrFailure<> transaction(Change&& change) {
    OPENLSA_TRY(execute("BEGIN IMMEDIATE"));
    base::OrFailure<> done = change();
    if (done) done = execute("COMMIT");
    if (!done) sqlite3_exec(connection_, "ROLLBACK", nullptr, nullptr, nullptr);
    return done;
  }

 private:
  explicit Database(std::string path) : path_(std::move(path)) {}
  base::OrFailure<> prepare_schema();

  const std::string path_;
  sqlite3* connection_ = nullptr;
};

}  // namespace openlsa::authority
