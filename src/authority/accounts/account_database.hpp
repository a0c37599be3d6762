// The SQLite half of the account store: durable rows, no policy. Not thread-safe; the store serialises. Each change is
// one transaction, durable when it returns; nothing of one that fails stays.
#pragma once

#include <functional>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "authority/accounts/account_policy.hpp"
#include "authority/accounts/account_record.hpp"
#include "authority/accounts/local_group.hpp"
#include "authority/credentials/secret_box.hpp"
#include "base/result.hpp"
#include "nt/status.hpp"

namespace openlsa::authority {

class Database;

struct GroupRow {
  std::uint32_t rid = 0;
  LocalGroup group;  // sid is the store's to fill in
  std::vector<std::uint32_t> members;
};

class AccountDatabase {
 public:
  static base::OrFailure<std::unique_ptr<AccountDatabase>> open(const std::string& path);
  ~AccountDatabase();

  // Made at first open, then always the same.
  const nt::Sid& domain_sid() const { return domain_sid_; }
  base::OrFailure<bool> holds_sealed();
  // What the API calls the failure of the last call.
  nt::Status failed_status() const;

  base::OrFailure<> read_accounts(const std::function<base::OrFailure<>(AccountRecord&&)>& each);
  base::OrFailure<> read_guesses(const std::function<void(std::uint32_t rid, const GuessState&)>& each);
  base::OrFailure<std::vector<GroupRow>> read_groups();
  base::OrFailure<AccountPolicy> read_policy();
  // Sealed; nothing when there is none.
  base::OrFailure<Sealed> read_history(std::uint32_t rid);

  // New rows get the next rids, which no earlier row ever had; `prepare` is called with each record once it has its
  // rid.
  base::OrFailure<> insert(std::span<AccountRecord> records, const std::function<void(AccountRecord&)>& prepare);
  base::OrFailure<> update(const AccountRecord& record);
  base::OrFailure<> replace_key(const AccountRecord& record, const Sealed& history);
  base::OrFailure<> remove_account(std::uint32_t rid);
  // `durable`: against power loss, too (Database::light_transaction).
  base::OrFailure<> write_guesses(std::uint32_t rid, const GuessState& state, bool durable);

  base::OrFailure<std::uint32_t> insert_group(const LocalGroup& group);
  base::OrFailure<> update_group(std::uint32_t rid, const LocalGroup& group);
  base::OrFailure<> remove_group(std::uint32_t rid);
  base::OrFailure<> add_members(std::span<const std::pair<std::uint32_t, std::uint32_t>> group_and_account);
  base::OrFailure<> remove_member(std::uint32_t group_rid, std::uint32_t account_rid);

  base::OrFailure<> write_policy(const AccountPolicy& policy);

 private:
  explicit AccountDatabase(std::unique_ptr<Database> database);
  base::OrFailure<> load_domain_sid();
  base::OrFailure<std::uint32_t> take_rids(std::size_t count);

  const std::unique_ptr<Database> database_;
  nt::Sid domain_sid_;
};

}  // namespace openlsa::authority
