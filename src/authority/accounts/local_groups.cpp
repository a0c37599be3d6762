#include <fmt/core.h>

#include <algorithm>

#include "authority/accounts/account_database.hpp"
#include "authority/accounts/account_names.hpp"
#include "authority/accounts/account_store.hpp"

namespace openlsa::authority {
namespace {

std::unexpected<AccountFailure> no_group(const nt::Sid& sid) {
  return account_failure(STATUS_NO_SUCH_GROUP,
                         "There is no group " + sid.to_string() + ". List them with `lsactl group list`.");
}

AccountResult<> check_description(const std::string& description) {
  if (is_text_field(description)) return {};
  return account_failure(
      STATUS_INVALID_PARAMETER,
      "The description is not valid. Use at most 256 characters without ':' and control characters.");
}

void insert_sorted(std::vector<std::uint32_t>& values, std::uint32_t value) {
  const auto place = std::lower_bound(values.begin(), values.end(), value);
  if (place == values.end() || *place != value) values.insert(place, value);
}

}  // namespace

base::OrFailure<> AccountStore::load_group(std::uint32_t rid, LocalGroup group, std::vector<std::uint32_t> members) {
  if (!is_account_name(group.name) || record_by_name(group.name) != nullptr || group_by_name(group.name) != nullptr ||
      record_by_rid(rid) != nullptr)
    return base::failure(
        fmt::format("{}: the group with rid {} has no valid name, or that of another. Restore the file "
                    "from a backup.",
                    options_.path, rid));
  group.sid = domain_sid_.with_rid(rid);
  free_ids_.take(group.gid);
  group_of_name_.emplace(folded_name(group.name), rid);
  group_of_gid_.emplace(group.gid, rid);
  for (const std::uint32_t member : members) insert_sorted(groups_of_account_[member], rid);
  groups_.emplace(rid, GroupEntry{std::move(group), std::move(members)});
  return {};
}

AccountStore::GroupEntry* AccountStore::group_by_name(std::string_view name) const {
  const auto found = group_of_name_.find(folded_local_name(name));
  return found == group_of_name_.end() ? nullptr : &groups_.at(found->second);
}

AccountStore::GroupEntry* AccountStore::group_by_sid(const nt::Sid& sid) const {
  if (sid.domain() != domain_sid_) return nullptr;
  const auto found = groups_.find(sid.rid());
  return found == groups_.end() ? nullptr : &found->second;
}

AccountResult<LocalGroup> AccountStore::add_group(const NewLocalGroup& fresh) {
  base::MutexLock writing(writing_);
  OPENLSA_TRY(check_name(fresh.name));
  OPENLSA_TRY(check_description(fresh.description));
  LocalGroup group;
  group.name = fresh.name;
  group.description = fresh.description;
  group.gid = fresh.gid ? *fresh.gid : OPENLSA_TRY(free_id());
  {
    base::MutexLock lock(mutex_);
    // A gid that is an account's uid is that account's own group.
    if (group.gid < options_.minimum_uid || group.gid == no_id || group_of_gid_.contains(group.gid) ||
        record_by_uid(group.gid) != nullptr)
      return account_failure(STATUS_INVALID_PARAMETER,
                             fmt::format("gid {} is below {} (minimum_uid in lsa.toml), or belongs to another group or "
                                         "to an account. Choose another.",
                                         group.gid, options_.minimum_uid));
  }
  const auto rid = database_->insert_group(group);
  if (!rid) return disk_failed(rid.error());
  group.sid = domain_sid_.with_rid(*rid);
  base::MutexLock lock(mutex_);
  free_ids_.take(group.gid);
  group_of_name_.emplace(folded_name(group.name), *rid);
  group_of_gid_.emplace(group.gid, *rid);
  groups_.emplace(*rid, GroupEntry{group, {}});
  return group;
}

AccountResult<LocalGroup> AccountStore::change_group(const nt::Sid& sid, std::optional<std::string> name,
                                                     std::optional<std::string> description) {
  base::MutexLock writing(writing_);
  std::optional<LocalGroup> group = find_group(sid);
  if (!group) return no_group(sid);
  const std::string before = folded_name(group->name);
  if (name && (folded_name(*name) != before || !is_new_account_name(*name))) OPENLSA_TRY(check_name(*name));
  OPENLSA_TRY(check_description(description.value_or("")));
  group->name = name.value_or(group->name);
  group->description = description.value_or(group->description);
  if (const auto stored = database_->update_group(sid.rid(), *group); !stored) return disk_failed(stored.error());
  base::MutexLock lock(mutex_);
  group_of_name_.erase(before);
  group_of_name_.emplace(folded_name(group->name), sid.rid());
  groups_.at(sid.rid()).group = *group;
  return *group;
}

AccountResult<> AccountStore::remove_group(const nt::Sid& sid) {
  base::MutexLock writing(writing_);
  if (!find_group(sid)) return no_group(sid);
  if (const auto gone = database_->remove_group(sid.rid()); !gone) return disk_failed(gone.error());
  base::MutexLock lock(mutex_);
  const GroupEntry entry = std::move(groups_.at(sid.rid()));
  for (const std::uint32_t member : entry.members) {
    std::vector<std::uint32_t>& of_member = groups_of_account_[member];
    std::erase(of_member, sid.rid());
    if (of_member.empty()) groups_of_account_.erase(member);
  }
  groups_.erase(sid.rid());
  group_of_name_.erase(folded_name(entry.group.name));
  group_of_gid_.erase(entry.group.gid);
  const std::uint32_t lowest = std::max({options_.uid_range.first, options_.minimum_uid, 1u});
  if (entry.group.gid >= lowest && entry.group.gid <= options_.uid_range.last) free_ids_.give_back(entry.group.gid);
  return {};
}

AccountResult<> AccountStore::add_member(const nt::Sid& group, const nt::Sid& account) {
  const std::pair<nt::Sid, nt::Sid> one(group, account);
  return add_members({&one, 1});
}

AccountResult<> AccountStore::add_members(std::span<const std::pair<nt::Sid, nt::Sid>> members) {
  base::MutexLock writing(writing_);
  std::vector<std::pair<std::uint32_t, std::uint32_t>> rids;
  {
    base::MutexLock lock(mutex_);
    for (const auto& [group, account] : members) {
      if (group_by_sid(group) == nullptr) return no_group(group);
      if (record_by_sid(account) == nullptr)
        return account_failure(STATUS_NO_SUCH_USER, "There is no account " + account.to_string() +
                                                        ". Members of a group are accounts of this machine.");
      const auto known = groups_of_account_.find(account.rid());
      if (known != groups_of_account_.end() && known->second.size() >= max_account_groups)
        return account_failure(STATUS_TOO_MANY_CONTEXT_IDS,
                               "The account is in 1024 groups already. Take it out of one first.");
      rids.emplace_back(group.rid(), account.rid());
    }
  }
  if (const auto stored = database_->add_members(rids); !stored) return disk_failed(stored.error());
  base::MutexLock lock(mutex_);
  for (const auto& [group, account] : rids) {
    insert_sorted(groups_.at(group).members, account);
    insert_sorted(groups_of_account_[account], group);
  }
  return {};
}

AccountResult<> AccountStore::remove_member(const nt::Sid& group, const nt::Sid& account) {
  base::MutexLock writing(writing_);
  {
    base::MutexLock lock(mutex_);
    const GroupEntry* entry = group_by_sid(group);
    if (entry == nullptr) return no_group(group);
    if (account.domain() != domain_sid_ ||
        !std::binary_search(entry->members.begin(), entry->members.end(), account.rid()))
      return account_failure(STATUS_MEMBER_NOT_IN_GROUP,
                             "The account is no member of '" + entry->group.name + "'. See `lsactl group show`.");
  }
  if (const auto gone = database_->remove_member(group.rid(), account.rid()); !gone) return disk_failed(gone.error());
  base::MutexLock lock(mutex_);
  std::erase(groups_.at(group.rid()).members, account.rid());
  std::vector<std::uint32_t>& of_member = groups_of_account_[account.rid()];
  std::erase(of_member, group.rid());
  if (of_member.empty()) groups_of_account_.erase(account.rid());
  return {};
}

std::optional<LocalGroup> AccountStore::find_group(std::string_view name) const {
  base::MutexLock lock(mutex_);
  const GroupEntry* entry = group_by_name(name);
  return entry == nullptr ? std::nullopt : std::optional<LocalGroup>(entry->group);
}

std::optional<LocalGroup> AccountStore::find_group(const nt::Sid& sid) const {
  base::MutexLock lock(mutex_);
  const GroupEntry* entry = group_by_sid(sid);
  return entry == nullptr ? std::nullopt : std::optional<LocalGroup>(entry->group);
}

std::optional<LocalGroup> AccountStore::find_group_by_gid(std::uint32_t gid) const {
  base::MutexLock lock(mutex_);
  const auto found = group_of_gid_.find(gid);
  return found == group_of_gid_.end() ? std::nullopt : std::optional<LocalGroup>(groups_.at(found->second).group);
}

std::vector<LocalGroup> AccountStore::list_groups() const {
  std::vector<LocalGroup> all;
  {
    base::MutexLock lock(mutex_);
    for (const auto& [rid, entry] : groups_) all.push_back(entry.group);
  }
  std::sort(all.begin(), all.end(), [](const LocalGroup& a, const LocalGroup& b) { return a.sid.rid() < b.sid.rid(); });
  return all;
}

std::vector<LocalGroup> AccountStore::groups_of(const nt::Sid& account) const {
  base::MutexLock lock(mutex_);
  std::vector<LocalGroup> groups;
  if (account.domain() != domain_sid_) return groups;
  if (const auto found = groups_of_account_.find(account.rid()); found != groups_of_account_.end())
    for (const std::uint32_t rid : found->second) groups.push_back(groups_.at(rid).group);
  return groups;
}

std::vector<Account> AccountStore::members_of(const nt::Sid& group) const {
  base::MutexLock lock(mutex_);
  std::vector<Account> members;
  if (const GroupEntry* entry = group_by_sid(group))
    for (const std::uint32_t rid : entry->members)
      if (const AccountRecord* record = record_by_rid(rid)) members.push_back(account_of(*record));
  return members;
}

}  // namespace openlsa::authority
