// The SQLite half of the account store: durable rows, no policy. Not thread-safe; the store serialises.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "authority/accounts/account.hpp"
#include "base/result.hpp"

namespace openlsa::authority {

class Database;

struct AccountRow {
  std::uint32_t rid = 0;
  Account account;  // sid is the store's to fill in
};

class AccountDatabase {
 public:
  static base::OrFailure<std::unique_ptr<AccountDatabase>> open(const std::string& path);
  ~AccountDatabase();

  // Made at first open, then always the same.
  const nt::Sid& domain_sid() const { return domain_sid_; }
  base::OrFailure<std::vector<AccountRow>> read_all();
  // The row gets the next rid, which no earlier row ever had. Durable when this returns.
  base::OrFailure<std::uint32_t> insert(const Account& account);
  base::OrFailure<> set_disabled(std::uint32_t rid, bool disabled);

 private:
  explicit AccountDatabase(std::unique_ptr<Database> database);
  base::OrFailure<> load_domain_sid();
  base::OrFailure<std::int64_t> take_rid();
  base::OrFailure<> insert(std::int64_t rid, const Account& account);

  const std::unique_ptr<Database> database_;
  nt::Sid domain_sid_;
};

}  // namespace openlsa::authority
