#include "authority/accounts/account_store.hpp"

#include <fmt/core.h>

#include <algorithm>

#include "authority/accounts/account_database.hpp"
#include "authority/accounts/account_names.hpp"
#include "authority/policy/files.hpp"
#include "authority/policy/master_key.hpp"
#include "base/log.hpp"
#include "base/random.hpp"
#include "nt/utf.hpp"

namespace openlsa::authority {
namespace {

std::int64_t ticks_since_boot() {
  timespec time{};
  ::clock_gettime(CLOCK_BOOTTIME, &time);
  return time.tv_sec * nt::ticks_per_second + time.tv_nsec / 100;
}

}  // namespace

AccountStore::AccountStore(Options options)
    : options_(std::move(options)), opened_wall_(nt::now()), opened_ticks_(ticks_since_boot()) {
  base::fill_random({reinterpret_cast<std::uint8_t*>(&hash_seed_), sizeof hash_seed_});
}
AccountStore::~AccountStore() = default;

base::OrFailure<std::unique_ptr<AccountStore>> AccountStore::open(const Configuration& configuration) {
  return open(Options{configuration.state_directory + "/accounts.db", configuration.domain, configuration.minimum_uid,
                      configuration.uid_range});
}

base::OrFailure<std::unique_ptr<AccountStore>> AccountStore::open(Options options) {
  std::unique_ptr<AccountStore> store(new AccountStore(std::move(options)));
  base::MutexLock writing(store->writing_);
  OPENLSA_TRY(store->load());
  return store;
}

base::OrFailure<> AccountStore::load() {
  database_ = OPENLSA_TRY(AccountDatabase::open(options_.path));
  domain_sid_ = database_->domain_sid();
  const bool may_make_key = !OPENLSA_TRY(database_->holds_sealed());
  box_ = OPENLSA_TRY(SecretBox::create(OPENLSA_TRY(load_master_key(parent_of(options_.path), may_make_key))));
  base::MutexLock lock(mutex_);
  policy_ = OPENLSA_TRY(database_->read_policy());
  free_ids_ = IdPool(std::max({options_.uid_range.first, options_.minimum_uid, 1u}), options_.uid_range.last);
  bool first = true;
  OPENLSA_TRY(database_->read_accounts([&](AccountRecord&& record) OPENLSA_REQUIRES(mutex_) -> base::OrFailure<> {
    // One is enough to see whether the key is the right one; a later one that was damaged is found when it is used.
    if (first && record.has(account_has_key) && !open_key(record.rid, record.sealed_key))
      return base::failure(fmt::format(
          "{}: the password of '{}' cannot be opened with {}/master.key. Restore both files from one backup.",
          options_.path, record.name, parent_of(options_.path)));
    if (record.has(account_has_key)) first = false;
    return load_account(std::move(record));
  }));
  const nt::FileTime now = lockout_now();
  OPENLSA_TRY(database_->read_guesses([&](std::uint32_t rid, const GuessState& state) OPENLSA_REQUIRES(mutex_) {
    AccountRecord* record = record_by_rid(rid);
    if (record == nullptr) return;
    record->guesses = state;
    // The clock was set back while nobody looked: what seems to come was at the latest now.
    record->guesses.bad_time = std::min(record->guesses.bad_time, now);
    record->guesses.locked_at = std::min(record->guesses.locked_at, now);
  }));
  for (GroupRow& row : OPENLSA_TRY(database_->read_groups()))
    OPENLSA_TRY(load_group(row.rid, std::move(row.group), std::move(row.members)));
  return make_decoy();
}

base::OrFailure<> AccountStore::load_account(AccountRecord&& record) {
  if (!is_account_name(record.name))
    return base::failure(fmt::format("{}: the account with rid {} has no valid name. Restore the file from a backup.",
                                     options_.path, record.rid));
  if (record_by_name(record.name) != nullptr || record_by_uid(record.uid) != nullptr)
    return base::failure(
        fmt::format("{}: the account with rid {} has the name or the uid of another. Restore the file from a backup.",
                    options_.path, record.rid));
  if (record.uid < options_.minimum_uid && !record.has(account_disabled)) {
    record.set(account_below_minimum_uid, true);  // in memory only: lowering minimum_uid again brings it back
    base::log(base::LogLevel::warning,
              fmt::format("The account '{}' has uid {}, below minimum_uid {}: it cannot log on.", record.name,
                          record.uid, options_.minimum_uid));
  }
  remember(std::move(record));
  return {};
}

base::OrFailure<> AccountStore::make_decoy() {
  NtKey nobodys;
  std::array<std::uint8_t, NtKey::size_bytes> bytes{};
  base::fill_random(bytes);
  nobodys = NtKey(bytes);
  base::wipe(bytes);
  decoy_.sealed_key = seal_key(0, nobodys);
  decoy_.set(account_has_key, true);
  return {};
}

std::optional<Account> AccountStore::find_by_name(std::string_view name) const {
  base::MutexLock lock(mutex_);
  const AccountRecord* record = record_by_name(name);
  return record == nullptr ? std::nullopt : std::optional<Account>(account_of(*record));
}

std::optional<Account> AccountStore::find_by_name(std::u16string_view name) const {
  const std::optional<std::string> utf8 = nt::to_utf8(name);
  return utf8 ? find_by_name(std::string_view(*utf8)) : std::nullopt;
}

std::optional<Account> AccountStore::find_by_sid(const nt::Sid& sid) const {
  base::MutexLock lock(mutex_);
  const AccountRecord* record = record_by_sid(sid);
  return record == nullptr ? std::nullopt : std::optional<Account>(account_of(*record));
}

std::optional<Account> AccountStore::find_by_uid(std::uint32_t uid) const {
  base::MutexLock lock(mutex_);
  const AccountRecord* record = record_by_uid(uid);
  return record == nullptr ? std::nullopt : std::optional<Account>(account_of(*record));
}

std::vector<Account> AccountStore::list() const {
  std::size_t from = 0;
  std::vector<Account> all = list(from, SIZE_MAX);
  std::sort(all.begin(), all.end(), [](const Account& a, const Account& b) { return a.sid.rid() < b.sid.rid(); });
  return all;
}

std::vector<Account> AccountStore::list(std::size_t& from, std::size_t limit) const {
  base::MutexLock lock(mutex_);
  std::vector<Account> part;
  for (; from < records_.size() && part.size() < limit; ++from)
    if (records_[from].rid != 0) part.push_back(account_of(records_[from]));
  if (from >= records_.size()) from = 0;
  return part;
}

std::size_t AccountStore::count() const {
  base::MutexLock lock(mutex_);
  return by_rid_.size();
}

nt::Sid AccountStore::sid_of_uid(std::uint32_t uid) const {
  if (uid == 0) return nt::well_known::local_system;
  base::MutexLock lock(mutex_);
  const AccountRecord* record = record_by_uid(uid);
  return record != nullptr ? domain_sid_.with_rid(record->rid) : nt::well_known::unix_users.with_rid(uid);
}

nt::Sid AccountStore::sid_of_gid(std::uint32_t gid) const {
  base::MutexLock lock(mutex_);
  const auto group = group_of_gid_.find(gid);
  return group != group_of_gid_.end() ? domain_sid_.with_rid(group->second) : nt::well_known::unix_groups.with_rid(gid);
}

std::optional<std::uint32_t> AccountStore::uid_of_sid(const nt::Sid& sid) const {
  if (sid == nt::well_known::local_system) return 0;
  base::MutexLock lock(mutex_);
  if (const AccountRecord* record = record_by_sid(sid)) return record->uid;
  // Root's SID is SYSTEM, an account's uid goes with the account's SID: each uid has one SID only.
  if (sid.count() == 2 && sid.domain() == nt::well_known::unix_users && sid.rid() != 0 && sid.rid() != no_id &&
      record_by_uid(sid.rid()) == nullptr)
    return sid.rid();
  return std::nullopt;
}

AccountPolicy AccountStore::policy() const {
  base::MutexLock lock(mutex_);
  return policy_;
}

nt::FileTime AccountStore::lockout_now() const {
  if (options_.lockout_clock) return options_.lockout_clock();
  return {opened_wall_.ticks + (ticks_since_boot() - opened_ticks_)};
}

}  // namespace openlsa::authority
