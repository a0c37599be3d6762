// The accounts database (<state>/accounts.db). A change that was acknowledged survives SIGKILL and power loss; reads
// are answered from memory. Nothing here asks the passwd functions: our own NSS module would answer.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "authority/accounts/account.hpp"
#include "authority/policy/configuration.hpp"
#include "base/mutex.hpp"
#include "base/result.hpp"

namespace openlsa::authority {

class AccountDatabase;

class AccountStore {
 public:
  struct Options {
    std::string path;
    std::string domain;
    std::uint32_t minimum_uid = 1000;
    UidRange uid_range{70000, 99999};
  };
  static base::OrFailure<std::unique_ptr<AccountStore>> open(const Configuration& configuration);
  static base::OrFailure<std::unique_ptr<AccountStore>> open(Options options);
  ~AccountStore();

  base::OrFailure<Account> add(const NewAccount& account) OPENLSA_EXCLUDES(writing_) OPENLSA_EXCLUDES(mutex_);
  base::OrFailure<> set_disabled(const nt::Sid& sid, bool disabled) OPENLSA_EXCLUDES(writing_) OPENLSA_EXCLUDES(mutex_);

  // "name" or "DOMAIN\name" (or ".\name": this machine), without case.
  std::optional<Account> find_by_name(std::string_view name) const OPENLSA_EXCLUDES(mutex_);
  std::optional<Account> find_by_name(std::u16string_view name) const OPENLSA_EXCLUDES(mutex_);
  std::optional<Account> find_by_sid(const nt::Sid& sid) const OPENLSA_EXCLUDES(mutex_);
  std::optional<Account> find_by_uid(std::uint32_t uid) const OPENLSA_EXCLUDES(mutex_);
  std::vector<Account> list() const OPENLSA_EXCLUDES(mutex_);

  // The SID of any uid: the account's, SYSTEM for uid 0, or S-1-22-1-uid for a uid without an account.
  nt::Sid sid_of_uid(std::uint32_t uid) const OPENLSA_EXCLUDES(mutex_);
  nt::Sid sid_of_gid(std::uint32_t gid) const;
  // The way back: SYSTEM is uid 0, S-1-22-1-uid is uid when that has no account, an account's SID is its uid.
  std::optional<std::uint32_t> uid_of_sid(const nt::Sid& sid) const OPENLSA_EXCLUDES(mutex_);

  const std::string& domain_name() const { return options_.domain; }
  const nt::Sid& domain_sid() const { return domain_sid_; }

 private:
  explicit AccountStore(Options options);
  base::OrFailure<> check_new(const NewAccount& account) const;
  base::OrFailure<std::uint32_t> free_uid() const;
  void remember(std::uint32_t rid, Account account) OPENLSA_REQUIRES(mutex_);

  Options options_;
  nt::Sid domain_sid_;
  std::unique_ptr<AccountDatabase> database_ OPENLSA_GUARDED_BY(writing_);
  base::Mutex writing_;        // one change at a time; held while the disk works
  mutable base::Mutex mutex_;  // the cache; never held while the disk works
  std::map<std::uint32_t, Account> accounts_ OPENLSA_GUARDED_BY(mutex_);            // by rid
  std::map<std::u16string, std::uint32_t> rid_of_name_ OPENLSA_GUARDED_BY(mutex_);  // names with their case folded
  std::map<std::uint32_t, std::uint32_t> rid_of_uid_ OPENLSA_GUARDED_BY(mutex_);
};

}  // namespace openlsa::authority
