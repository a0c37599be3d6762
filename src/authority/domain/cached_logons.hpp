// Cached logons: the last accounts of domains that logged on here with their passwords may do so again while no domain
// controller can be reached (CachedLogonsCount). They lie in accounts.db, sealed with the machine's key; guesses at one
// count against the lock-out policy of this machine, in memory.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "authority/accounts/account_policy.hpp"
#include "authority/credentials/secret_box.hpp"
#include "authority/domain/cached_logon.hpp"
#include "base/mutex.hpp"
#include "base/result.hpp"
#include "nt/status.hpp"

namespace openlsa::authority {

class Database;

class CachedLogons {
 public:
  using Clock = std::chrono::steady_clock;
  struct Options {
    std::string state_directory;
    std::uint32_t limit = 10;  // 0: none are kept, and those that were go
    std::function<Clock::time_point()> clock = Clock::now;
  };
  static base::OrFailure<std::unique_ptr<CachedLogons>> open(Options options);
  ~CachedLogons();

  // After a logon that the domain has judged; takes the place of an earlier one of the account, else of the oldest.
  void keep(CachedLogon logon, const NtKey& key) OPENLSA_EXCLUDES(mutex_) OPENLSA_EXCLUDES(writing_);
  // STATUS_SUCCESS, STATUS_WRONG_PASSWORD, STATUS_ACCOUNT_LOCKED_OUT (then the password is not tried),
  // STATUS_NO_LOGON_SERVERS: there is none for that name.
  struct Verdict {
    nt::Status status = STATUS_NO_LOGON_SERVERS;
    std::optional<CachedLogon> logon;
  };
  Verdict judge(std::u16string_view user, std::u16string_view domain, const NtKey& presented,
                const AccountPolicy& policy) OPENLSA_EXCLUDES(mutex_) OPENLSA_EXCLUDES(turn_);
  // The account may not log on any more.
  void forget(std::u16string_view user, std::u16string_view domain) OPENLSA_EXCLUDES(mutex_) OPENLSA_EXCLUDES(writing_);
  // Its password is another now.
  void change_key(std::u16string_view user, std::u16string_view domain, const NtKey& key) OPENLSA_EXCLUDES(mutex_)
      OPENLSA_EXCLUDES(writing_);
  std::size_t count() const OPENLSA_EXCLUDES(mutex_);

 private:
  struct Entry {
    nt::Sid sid;
    std::u16string user, domain, dns_domain, submitted;
    std::int64_t order = 0;
    Sealed sealed;
    std::uint32_t wrong = 0;
    Clock::time_point wrong_at{}, locked_at{};
    bool locked = false;
  };

  explicit CachedLogons(Options options);
  base::OrFailure<> load() OPENLSA_EXCLUDES(mutex_) OPENLSA_EXCLUDES(writing_);
  base::OrFailure<> write(const Entry& entry) OPENLSA_REQUIRES(writing_);
  base::OrFailure<> erase(const nt::Sid& sid) OPENLSA_REQUIRES(writing_);
  void make_room(const nt::Sid& except, std::size_t most) OPENLSA_REQUIRES(writing_) OPENLSA_EXCLUDES(mutex_);
  Entry entry_of(const CachedLogon& logon, std::int64_t order) const;
  std::optional<CachedLogon> open_seal(const Entry& entry) const;
  Entry* find(std::u16string_view user, std::u16string_view domain) OPENLSA_REQUIRES(mutex_);
  Entry* find(const nt::Sid& sid) OPENLSA_REQUIRES(mutex_);
  bool is_locked(Entry& entry, const AccountPolicy& policy) OPENLSA_REQUIRES(mutex_);
  void count_guess(const nt::Sid& sid, bool right, const AccountPolicy& policy) OPENLSA_EXCLUDES(mutex_);

  const Options options_;
  std::unique_ptr<SecretBox> box_;
  base::Mutex turn_;     // one guess is counted before the next is judged. Taken first
  base::Mutex writing_;  // one change at a time. Taken before mutex_
  std::unique_ptr<Database> database_ OPENLSA_GUARDED_BY(writing_);
  mutable base::Mutex mutex_;
  std::vector<Entry> entries_ OPENLSA_GUARDED_BY(mutex_);
};

}  // namespace openlsa::authority
