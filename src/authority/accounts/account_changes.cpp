// What administrators change in accounts. Every change is checked against the cache, written, and only then in the
// cache: what a reader has seen is on the disk.
#include <fmt/core.h>

#include <algorithm>
#include <unordered_set>

#include "authority/accounts/account_checks.hpp"
#include "authority/accounts/account_database.hpp"
#include "authority/accounts/account_names.hpp"
#include "authority/accounts/account_store.hpp"

namespace openlsa::authority {
namespace {

std::unexpected<AccountFailure> no_account(const nt::Sid& sid) {
  return account_failure(STATUS_NO_SUCH_USER,
                         "There is no account " + sid.to_string() + ". List them with `lsactl account list`.");
}

void set_details(AccountRecord& record, std::vector<std::uint32_t> groups, const std::string& home,
                 const std::string& shell) {
  AccountDetails& rare = record.rare();
  rare.groups = std::move(groups);
  rare.home = home == "/home/" + record.name ? "" : home;
  rare.shell = shell == default_shell ? "" : shell;
}

}  // namespace

struct AccountStore::Batch {
  std::unordered_set<std::string> names;  // folded
  std::unordered_set<std::uint32_t> uids;
};

std::unexpected<AccountFailure> AccountStore::disk_failed(const base::Failure& failure) const {
  return account_failure(database_->failed_status(), failure.message);
}

AccountResult<std::uint32_t> AccountStore::free_id() const {
  base::MutexLock lock(mutex_);
  if (const std::optional<std::uint32_t> id = free_ids_.next()) return *id;
  return account_failure(STATUS_NO_MORE_ENTRIES,
                         fmt::format("No uid is free from {} to {}. Widen [accounts] uid_range in lsa.toml.",
                                     options_.uid_range.first, options_.uid_range.last));
}

AccountResult<AccountRecord> AccountStore::record_of(const NewAccount& fresh, Batch& batch) {
  OPENLSA_TRY(check_new(fresh));
  AccountRecord record;
  record.name = fresh.name;
  record.uid = fresh.uid ? *fresh.uid : OPENLSA_TRY(free_id());
  if (batch.names.contains(folded_name(record.name)) || batch.uids.contains(record.uid))
    return account_failure(STATUS_USER_EXISTS, fmt::format("The name '{}' or the uid {} is there twice. Take one away.",
                                                           record.name, record.uid));
  batch.names.insert(folded_name(record.name));
  batch.uids.insert(record.uid);
  record.gid = fresh.gid.value_or(record.uid);
  record.set(account_disabled, fresh.disabled);
  record.set(account_must_change_password, fresh.must_change_password);
  record.set(account_password_never_expires, fresh.password_never_expires);
  record.set(account_cannot_change_password, fresh.cannot_change_password);
  record.set(account_has_key, fresh.key.has_value());
  if (fresh.key) record.password_set = nt::now();
  record.expires = fresh.expires;
  set_details(record, fresh.groups, fresh.home, fresh.shell);
  record.rare().full_name = fresh.full_name;
  record.rare().logon_hours = fresh.logon_hours;
  record.rare().workstations = fresh.workstations;
  record.tidy();
  base::MutexLock lock(mutex_);
  take_ids(record);  // so that the next one of the batch gets another
  return record;
}

AccountResult<Account> AccountStore::add(const NewAccount& fresh) {
  return std::move(OPENLSA_TRY(add_all({&fresh, 1})).front());
}

AccountResult<std::vector<AccountResult<Account>>> AccountStore::add_all(std::span<const NewAccount> accounts) {
  base::MutexLock writing(writing_);
  Batch batch;
  std::vector<AccountRecord> records;
  std::vector<const NewAccount*> sources;
  std::vector<AccountResult<Account>> results;
  for (const NewAccount& fresh : accounts) {
    AccountResult<AccountRecord> record = record_of(fresh, batch);
    if (record) {
      records.push_back(std::move(*record));
      sources.push_back(&fresh);
      results.push_back(Account());
    } else {
      results.push_back(std::unexpected(record.error()));
    }
  }
  if (records.empty()) return results;
  std::size_t prepared = 0;
  const auto stored = database_->insert(records, [&](AccountRecord& record) {
    if (const auto& key = sources[prepared++]->key) record.sealed_key = seal_key(record.rid, *key);
  });
  base::MutexLock lock(mutex_);
  if (!stored) {
    for (const AccountRecord& record : records)
      if (record.uid >= std::max({options_.uid_range.first, options_.minimum_uid, 1u}) &&
          record.uid <= options_.uid_range.last && !group_of_gid_.contains(record.uid))
        free_ids_.give_back(record.uid);
    return disk_failed(stored.error());
  }
  std::size_t next = 0;
  for (AccountResult<Account>& result : results) {
    if (!result) continue;
    const std::uint32_t rid = records[next].rid;
    remember(std::move(records[next++]));
    result = account_of(*record_by_rid(rid));
  }
  return results;
}

// Works on a copy, which takes the place of the record once it is on the disk. The caller's `edit` checks and changes
// it.
template <class Edit>
AccountResult<Account> AccountStore::edit(const nt::Sid& sid, Edit&& edit) {
  base::MutexLock writing(writing_);
  AccountRecord copy;
  {
    base::MutexLock lock(mutex_);
    const AccountRecord* record = record_by_sid(sid);
    if (record == nullptr) return no_account(sid);
    copy = record->duplicate();
  }
  OPENLSA_TRY(edit(copy));
  copy.tidy();
  if (const auto stored = database_->update(copy); !stored) return disk_failed(stored.error());
  base::MutexLock lock(mutex_);
  AccountRecord* record = record_by_sid(sid);
  copy.guesses = record->guesses;  // may have moved on meanwhile
  if (copy.uid >= options_.minimum_uid) copy.set(account_below_minimum_uid, false);
  if (folded_name(copy.name) != folded_name(record->name) || copy.uid != record->uid) {
    const std::uint32_t rid = copy.rid;
    forget(rid);
    remember(std::move(copy));
    return account_of(*record_by_rid(rid));
  }
  leave_ids(*record);
  *record = std::move(copy);
  enter_ids(*record);
  return account_of(*record);
}

AccountResult<Account> AccountStore::change(const nt::Sid& sid, const AccountChange& change) {
  return edit(sid, [&](AccountRecord& record) -> AccountResult<> {
    if (change.uid && *change.uid != record.uid) OPENLSA_TRY(check_uid(*change.uid));
    AccountDetails& rare = record.rare();
    OPENLSA_TRY(check_groups(change.groups.value_or(rare.groups), change.gid));
    OPENLSA_TRY(check_path(change.home.value_or("")));
    OPENLSA_TRY(check_path(change.shell.value_or("")));
    OPENLSA_TRY(check_text(change.full_name.value_or("")));
    OPENLSA_TRY(check_workstations(change.workstations.value_or(std::vector<std::string>())));
    record.uid = change.uid.value_or(record.uid);
    record.gid = change.gid.value_or(record.gid);
    set_details(record, change.groups.value_or(rare.groups), change.home.value_or(record.home()),
                change.shell.value_or(record.shell()));
    rare.full_name = change.full_name.value_or(rare.full_name);
    if (change.logon_hours) rare.logon_hours = *change.logon_hours;
    rare.workstations = change.workstations.value_or(rare.workstations);
    record.expires = change.expires.value_or(record.expires);
    if (change.disabled) record.set(account_disabled, *change.disabled);
    if (change.must_change_password) record.set(account_must_change_password, *change.must_change_password);
    if (change.password_never_expires) record.set(account_password_never_expires, *change.password_never_expires);
    if (change.cannot_change_password) record.set(account_cannot_change_password, *change.cannot_change_password);
    return {};
  });
}

AccountResult<Account> AccountStore::rename(const nt::Sid& sid, const std::string& name) {
  return edit(sid, [&](AccountRecord& record) -> AccountResult<> {
    // Its own name in another case is no other's.
    if (folded_name(name) != folded_name(record.name) || !is_new_account_name(name)) OPENLSA_TRY(check_name(name));
    const std::string home = record.home(), shell = record.shell();  // the directory keeps its place
    record.name = name;
    set_details(record, std::move(record.rare().groups), home, shell);
    return {};
  });
}

AccountResult<> AccountStore::set_disabled(const nt::Sid& sid, bool disabled) {
  AccountChange change;
  change.disabled = disabled;
  OPENLSA_TRY(this->change(sid, change));
  return {};
}

AccountResult<> AccountStore::remove(const nt::Sid& sid) {
  base::MutexLock writing(writing_);
  {
    base::MutexLock lock(mutex_);
    if (record_by_sid(sid) == nullptr) return no_account(sid);
  }
  if (const auto gone = database_->remove_account(sid.rid()); !gone) return disk_failed(gone.error());
  base::MutexLock lock(mutex_);
  if (const auto member = groups_of_account_.find(sid.rid()); member != groups_of_account_.end()) {
    for (const std::uint32_t group : member->second) std::erase(groups_.at(group).members, sid.rid());
    groups_of_account_.erase(member);
  }
  forget(sid.rid());
  return {};
}

}  // namespace openlsa::authority
