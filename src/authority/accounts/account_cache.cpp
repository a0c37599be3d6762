// The accounts in memory, and the ways to them.
#include <algorithm>

#include "authority/accounts/account_database.hpp"
#include "authority/accounts/account_names.hpp"
#include "authority/accounts/account_store.hpp"

namespace openlsa::authority {

std::optional<std::string_view> AccountStore::local_part(std::string_view name) const {
  const std::size_t separator = name.find('\\');
  if (separator == std::string_view::npos) return name;
  const std::string_view domain = name.substr(0, separator);
  if (domain != "." && folded_name(domain) != folded_name(options_.domain)) return std::nullopt;
  return name.substr(separator + 1);
}

std::string AccountStore::folded_local_name(std::string_view name) const {
  const std::optional<std::string_view> local = local_part(name);
  return local ? folded_name(*local) : std::string();
}

std::uint64_t AccountStore::name_hash(std::string_view folded) const {
  std::uint64_t hash = hash_seed_;
  for (const char c : folded) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3;
  return mixed(hash);
}

std::uint64_t AccountStore::name_hash(std::uint32_t slot) const { return name_hash(folded_name(records_[slot].name)); }

AccountRecord* AccountStore::record_by_name(std::string_view name) const {
  const std::string folded = folded_local_name(name);
  if (folded.empty()) return nullptr;
  const std::uint32_t slot = by_name_.find(name_hash(folded), [&](std::uint32_t at) OPENLSA_REQUIRES(mutex_) {
    return folded_name(records_[at].name) == folded;
  });
  return slot == SlotIndex::none ? nullptr : &records_[slot];
}

AccountRecord* AccountStore::record_by_rid(std::uint32_t rid) const {
  const std::uint32_t slot =
      by_rid_.find(mixed(rid), [&](std::uint32_t at) OPENLSA_REQUIRES(mutex_) { return records_[at].rid == rid; });
  return slot == SlotIndex::none ? nullptr : &records_[slot];
}

AccountRecord* AccountStore::record_by_uid(std::uint32_t uid) const {
  const std::uint32_t slot =
      by_uid_.find(mixed(uid), [&](std::uint32_t at) OPENLSA_REQUIRES(mutex_) { return records_[at].uid == uid; });
  return slot == SlotIndex::none ? nullptr : &records_[slot];
}

AccountRecord* AccountStore::record_by_sid(const nt::Sid& sid) const {
  return sid.domain() == domain_sid_ ? record_by_rid(sid.rid()) : nullptr;
}

void AccountStore::take_ids(const AccountRecord& record) { free_ids_.take(record.uid); }

void AccountStore::remember(AccountRecord record) {
  take_ids(record);
  enter_ids(record);
  std::uint32_t slot;
  if (free_slots_.empty()) {
    slot = static_cast<std::uint32_t>(records_.size());
    records_.push_back(std::move(record));
  } else {
    slot = free_slots_.back();
    free_slots_.pop_back();
    records_[slot] = std::move(record);
  }
  const auto of_name = [&](std::uint32_t at) OPENLSA_REQUIRES(mutex_) { return name_hash(at); };
  by_name_.insert(name_hash(slot), slot, of_name);
  by_rid_.insert(mixed(records_[slot].rid), slot,
                 [&](std::uint32_t at) OPENLSA_REQUIRES(mutex_) { return mixed(records_[at].rid); });
  by_uid_.insert(mixed(records_[slot].uid), slot,
                 [&](std::uint32_t at) OPENLSA_REQUIRES(mutex_) { return mixed(records_[at].uid); });
}

void AccountStore::forget(std::uint32_t rid) {
  const std::uint32_t slot =
      by_rid_.find(mixed(rid), [&](std::uint32_t at) OPENLSA_REQUIRES(mutex_) { return records_[at].rid == rid; });
  if (slot == SlotIndex::none) return;
  AccountRecord& record = records_[slot];
  leave_ids(record);
  by_name_.erase(name_hash(slot), slot, [&](std::uint32_t at) OPENLSA_REQUIRES(mutex_) { return name_hash(at); });
  by_uid_.erase(mixed(record.uid), slot,
                [&](std::uint32_t at) OPENLSA_REQUIRES(mutex_) { return mixed(records_[at].uid); });
  by_rid_.erase(mixed(rid), slot, [&](std::uint32_t at) OPENLSA_REQUIRES(mutex_) { return mixed(records_[at].rid); });
  const std::uint32_t lowest = std::max({options_.uid_range.first, options_.minimum_uid, 1u});
  if (record.uid >= lowest && record.uid <= options_.uid_range.last && !group_of_gid_.contains(record.uid))
    free_ids_.give_back(record.uid);
  record = AccountRecord();
  free_slots_.push_back(slot);
}

Account AccountStore::account_of(const AccountRecord& record) const {
  Account account;
  account.name = record.name;
  account.sid = domain_sid_.with_rid(record.rid);
  account.uid = record.uid;
  account.gid = record.gid;
  account.home = record.home();
  account.shell = record.shell();
  account.disabled = record.is_disabled();
  account.has_password = record.has(account_has_key);
  account.must_change_password = record.has(account_must_change_password);
  account.password_never_expires = record.has(account_password_never_expires);
  account.cannot_change_password = record.has(account_cannot_change_password);
  account.locked = is_locked(record);
  account.password_set = record.password_set;
  account.expires = record.expires;
  account.bad_password_count = record.guesses.bad_count;
  account.bad_password_time = record.guesses.bad_time;
  account.last_logon = record.guesses.last_logon;
  if (record.details) {
    account.own_groups = record.details->groups;
    account.full_name = record.details->full_name;
    account.logon_hours = record.details->logon_hours;
    account.workstations = record.details->workstations;
  }
  account.groups = account.own_groups;
  if (const auto member = groups_of_account_.find(record.rid); member != groups_of_account_.end())
    for (const std::uint32_t group : member->second) {
      const std::uint32_t gid = groups_.at(group).group.gid;
      if (std::find(account.groups.begin(), account.groups.end(), gid) == account.groups.end())
        account.groups.push_back(gid);
    }
  return account;
}

}  // namespace openlsa::authority
