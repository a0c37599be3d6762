// The local security policy that administrators change at run time: who has which right, and private data. A change
// that was acknowledged survives SIGKILL and power loss; rights are answered from memory.
#pragma once

#include <expected>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "authority/policy/account_rights.hpp"
#include "authority/policy/policy_database.hpp"
#include "base/mutex.hpp"
#include "base/secret.hpp"
#include "nt/status.hpp"
#include "nt/token_data.hpp"

namespace openlsa::authority {

class PolicyStore {
 public:
  // One more account with rights than this is STATUS_QUOTA_EXCEEDED: all of them fit into one answer.
  static constexpr std::size_t max_accounts = 16384;
  static constexpr std::size_t max_secrets = 0x1000;         // LSA_SECRET_MAXIMUM_COUNT
  static constexpr std::size_t max_secret_bytes = 0x200;     // LSA_SECRET_MAXIMUM_LENGTH
  static constexpr std::size_t max_secret_name_units = 128;  // [MS-LSAD] 3.1.4.6.1

  // In <state_directory>/accounts.db, beside the accounts, sealed with <state_directory>/master.key.
  static base::OrFailure<std::unique_ptr<PolicyStore>> open(const std::string& state_directory);

  // What the account itself was given, without its groups.
  AccountRights rights_of(const nt::Sid& account) const OPENLSA_EXCLUDES(mutex_);
  std::vector<std::pair<nt::Sid, AccountRights>> accounts() const OPENLSA_EXCLUDES(mutex_);
  // STATUS_QUOTA_EXCEEDED, STATUS_INTERNAL_DB_ERROR.
  nt::Status add_rights(const nt::Sid& account, AccountRights rights) OPENLSA_EXCLUDES(writing_)
      OPENLSA_EXCLUDES(mutex_);
  nt::Status remove_rights(const nt::Sid& account, AccountRights rights) OPENLSA_EXCLUDES(writing_)
      OPENLSA_EXCLUDES(mutex_);

  // STATUS_NAME_TOO_LONG, STATUS_INVALID_PARAMETER: what no private data can be called.
  static nt::Status check_secret_name(std::u16string_view name);
  // Folded, in order; for administrators.
  std::expected<std::vector<std::string>, nt::Status> secret_names() OPENLSA_EXCLUDES(writing_);
  bool has_secret(std::u16string_view name) OPENLSA_EXCLUDES(writing_);
  // STATUS_INVALID_PARAMETER (too long), STATUS_QUOTA_EXCEEDED, STATUS_INTERNAL_DB_ERROR.
  nt::Status store_secret(std::u16string_view name, base::ByteView data) OPENLSA_EXCLUDES(writing_);
  // STATUS_OBJECT_NAME_NOT_FOUND, STATUS_INTERNAL_DB_ERROR.
  nt::Status remove_secret(std::u16string_view name) OPENLSA_EXCLUDES(writing_);
  std::expected<base::Secret, nt::Status> secret(std::u16string_view name) OPENLSA_EXCLUDES(writing_);

  std::expected<PolicyModification, nt::Status> modification() OPENLSA_EXCLUDES(writing_);

 private:
  PolicyStore() = default;
  base::OrFailure<> load(const std::string& state_directory);
  nt::Status change_rights(const nt::Sid& account, AccountRights rights) OPENLSA_REQUIRES(writing_)
      OPENLSA_EXCLUDES(mutex_);
  std::unique_ptr<SecretBox> box_;
  base::Mutex writing_;  // one use of the database at a time; held while the disk works
  std::unique_ptr<PolicyDatabase> database_ OPENLSA_GUARDED_BY(writing_);
  std::size_t secret_count_ OPENLSA_GUARDED_BY(writing_) = 0;
  mutable base::Mutex mutex_;  // the cache; never held while the disk works
  std::map<nt::Sid, AccountRights> rights_ OPENLSA_GUARDED_BY(mutex_);
};

}  // namespace openlsa::authority
