// The SQLite half of the account store: durable rows, no policy. Not thread-safe; the store serialises.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "authority/accounts/account.hpp"
#include "base/result.hpp"

struct sqlite3;
struct sqlite3_stmt;

namespace openlsa::authority {

struct AccountRow {
  std::uint32_t rid = 0;
  Account account;  // sid is the store's to fill in
};

class AccountDatabase {
 public:
  static constexpr int schema_version = 1;

  static base::OrFailure<std::unique_ptr<AccountDatabase>> open(const std::string& path);
  ~AccountDatabase();

  // Made at first open, then always the same.
  const nt::Sid& domain_sid() const { return domain_sid_; }
  base::OrFailure<std::vector<AccountRow>> read_all();
  // The row gets the next rid, which no earlier row ever had. Durable when this returns.
  base::OrFailure<std::uint32_t> insert(const Account& account);
  base::OrFailure<> set_disabled(std::uint32_t rid, bool disabled);

 private:
  explicit AccountDatabase(std::string path) : path_(std::move(path)) {}
  base::OrFailure<> prepare_schema();
  base::OrFailure<> load_domain_sid();
  base::OrFailure<> execute(const char* sql);
  std::unexpected<base::Failure> failed(const char* what) const;

  std::string path_;
  sqlite3* connection_ = nullptr;
  nt::Sid domain_sid_;
};

}  // namespace openlsa::authority
