// An account as a row of accounts.db, and the checksum that finds a bit that turned in it.
#pragma once

#include "authority/accounts/account_record.hpp"
#include "authority/accounts/database.hpp"

namespace openlsa::authority {

inline constexpr std::uint32_t first_account_rid = 1000;  // database_schema.cpp

// Writes the whole row, whether it was there or not.
base::OrFailure<> write_account_row(Database& database, const AccountRecord& record);

// All rows, one after the other, in the order of their rids.
class AccountRows {
 public:
  explicit AccountRows(Database& database);
  // Nothing after the last. A row that write_account_row could not have written is a failure: who is limited by a row
  // that is left out would not be limited.
  base::OrFailure<std::optional<AccountRecord>> next();

 private:
  base::OrFailure<AccountRecord> read();
  std::unexpected<base::Failure> damaged(std::int64_t rid) const;

  Database& database_;
  Statement statement_;
};

}  // namespace openlsa::authority
