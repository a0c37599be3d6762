// Accounts and groups as the name service asks for them: by their numbers in order, and who is in the group of a gid.
#include <algorithm>

#include "authority/accounts/account_store.hpp"

namespace openlsa::authority {

void AccountStore::enter_ids(const AccountRecord& record) {
  uids_.add(record.uid);
  if (record.gid == record.uid) own_gids_.add(record.uid);
  if (!record.details) return;
  for (const std::uint32_t gid : record.details->groups) {
    std::vector<std::uint32_t>& rids = rids_of_gid_[gid];
    const auto place = std::lower_bound(rids.begin(), rids.end(), record.rid);
    if (place == rids.end() || *place != record.rid) rids.insert(place, record.rid);
  }
}

void AccountStore::leave_ids(const AccountRecord& record) {
  uids_.remove(record.uid);
  own_gids_.remove(record.uid);
  if (!record.details) return;
  for (const std::uint32_t gid : record.details->groups) {
    const auto found = rids_of_gid_.find(gid);
    if (found == rids_of_gid_.end()) continue;
    std::vector<std::uint32_t>& rids = found->second;
    const auto place = std::lower_bound(rids.begin(), rids.end(), record.rid);
    if (place != rids.end() && *place == record.rid) rids.erase(place);
    if (rids.empty()) rids_of_gid_.erase(found);
  }
}

std::optional<std::uint32_t> AccountStore::next_uid(std::uint32_t from) const {
  base::MutexLock lock(mutex_);
  return uids_.at_or_after(from);
}

std::optional<std::uint32_t> AccountStore::next_gid(std::uint32_t from) const {
  base::MutexLock lock(mutex_);
  const std::optional<std::uint32_t> own = own_gids_.at_or_after(from);
  const auto group = group_of_gid_.lower_bound(from);
  if (group == group_of_gid_.end()) return own;
  return own ? std::min(*own, group->first) : group->first;
}

std::vector<AccountStore::Member> AccountStore::members_of_gid(std::uint32_t gid, std::uint32_t& from,
                                                               std::size_t limit) const {
  static const std::vector<std::uint32_t> nobody;
  std::vector<Member> part;
  base::MutexLock lock(mutex_);
  const auto rows = rids_of_gid_.find(gid);
  const auto group = group_of_gid_.find(gid);
  const std::vector<std::uint32_t>& a = rows == rids_of_gid_.end() ? nobody : rows->second;
  const std::vector<std::uint32_t>& b = group == group_of_gid_.end() ? nobody : groups_.at(group->second).members;
  auto in_rows = std::lower_bound(a.begin(), a.end(), from), in_group = std::lower_bound(b.begin(), b.end(), from);
  while (in_rows != a.end() || in_group != b.end()) {
    const bool rows_first = in_group == b.end() || (in_rows != a.end() && *in_rows <= *in_group);
    const std::uint32_t rid = rows_first ? *in_rows : *in_group;
    if (part.size() == limit) {
      from = rid;
      return part;
    }
    if (in_rows != a.end() && *in_rows == rid) ++in_rows;
    if (in_group != b.end() && *in_group == rid) ++in_group;
    if (const AccountRecord* const record = record_by_rid(rid)) part.push_back({record->name, record->uid});
  }
  from = 0;
  return part;
}

}  // namespace openlsa::authority
