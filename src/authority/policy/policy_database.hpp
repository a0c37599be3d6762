// The SQLite half of the policy: rights and sealed secrets as rows of accounts.db. Not thread-safe; the store
// serialises.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "authority/accounts/database.hpp"
#include "authority/credentials/secret_box.hpp"
#include "authority/policy/account_rights.hpp"
#include "nt/file_time.hpp"
#include "nt/sid.hpp"

namespace openlsa::authority {

// PolicyModificationInformation
struct PolicyModification {
  std::uint64_t modified_id = 0;
  nt::FileTime created;
};

class PolicyDatabase {
 public:
  static base::OrFailure<std::unique_ptr<PolicyDatabase>> open(const std::string& path);

  base::OrFailure<std::vector<std::pair<nt::Sid, AccountRight>>> read_rights();
  // What the account has from now on. Durable when this returns.
  base::OrFailure<> set_rights(const nt::Sid& account, AccountRights rights);

  // Names are folded: they compare without case.
  base::OrFailure<std::vector<std::pair<std::string, Sealed>>> read_secrets();
  base::OrFailure<std::optional<Sealed>> find_secret(const std::string& name);
  base::OrFailure<> set_secret(const std::string& name, const Sealed& sealed);
  base::OrFailure<> remove_secret(const std::string& name);

  base::OrFailure<PolicyModification> modification();
  base::OrFailure<bool> holds_sealed() { return database_->holds_sealed(); }

 private:
  explicit PolicyDatabase(std::unique_ptr<Database> database) : database_(std::move(database)) {}
  base::OrFailure<> count_modification();

  const std::unique_ptr<Database> database_;
};

}  // namespace openlsa::authority
