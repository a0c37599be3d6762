#include "service/nss/account_nss_source.hpp"

#include <algorithm>

#include "authority/accounts/account_names.hpp"

namespace openlsa::service {
namespace {

NssUser as_user(authority::Account account) {
  NssUser user;
  user.name = std::move(account.name);
  user.uid = account.uid;
  user.gid = account.gid;
  user.home = std::move(account.home);
  user.shell = std::move(account.shell);
  return user;
}

std::optional<NssGroup> own_group(const std::optional<NssUser>& user) {
  if (!user || user->gid != user->uid) return std::nullopt;
  return NssGroup{user->name, user->gid};
}

// chown(1), find(1) and others take "1234" for the name of a user first: it would be another's uid.
bool is_number(std::string_view name) {
  return std::all_of(name.begin(), name.end(), [](char c) { return c >= '0' && c <= '9'; });
}

}  // namespace

bool AccountNssSource::shown(std::uint32_t id, std::string_view name) const {
  return id != 0 && id >= minimum_uid_ && !is_number(name);
}

std::optional<NssUser> AccountNssSource::user_named(std::string_view name) {
  auto account = accounts_.find_by_name(name);
  // The store finds "ALICE" and "DOMAIN\alice" too.
  if (!account || account->name != name || !shown(account->uid, account->name)) return std::nullopt;
  return as_user(std::move(*account));
}

std::optional<NssUser> AccountNssSource::user_of(std::uint32_t uid) {
  auto account = accounts_.find_by_uid(uid);
  return account && shown(account->uid, account->name) ? std::optional(as_user(std::move(*account))) : std::nullopt;
}

std::optional<NssGroup> AccountNssSource::group_named(std::string_view name) {
  const auto group = accounts_.find_group(name);
  if (!group) return own_group(user_named(name));
  return group->name == name && shown(group->gid, group->name) ? std::optional(NssGroup{group->name, group->gid})
                                                               : std::nullopt;
}

std::optional<NssGroup> AccountNssSource::group_of(std::uint32_t gid) {
  const auto group = accounts_.find_group_by_gid(gid);
  if (!group) return own_group(user_of(gid));
  return shown(gid, group->name) ? std::optional(NssGroup{group->name, gid}) : std::nullopt;
}

std::optional<NssUser> AccountNssSource::next_user(std::uint32_t from) {
  for (auto uid = accounts_.next_uid(std::max(from, minimum_uid_)); uid; uid = accounts_.next_uid(*uid + 1)) {
    if (auto user = user_of(*uid)) return user;
    if (*uid == authority::no_id - 1) break;
  }
  return std::nullopt;
}

std::optional<NssGroup> AccountNssSource::next_group(std::uint32_t from) {
  for (auto gid = accounts_.next_gid(std::max(from, minimum_uid_)); gid; gid = accounts_.next_gid(*gid + 1)) {
    if (auto group = group_of(*gid)) return group;
    if (*gid == authority::no_id - 1) break;
  }
  return std::nullopt;
}

std::shared_ptr<const NssMembers> AccountNssSource::read_members(std::uint32_t gid) const {
  auto members = std::make_shared<NssMembers>();
  std::uint32_t from = 0;
  do {
    for (authority::AccountStore::Member& member : accounts_.members_of_gid(gid, from, members_at_once))
      if (shown(member.uid, member.name)) members->add(std::move(member.name));
  } while (from != 0);
  return members;
}

std::shared_ptr<const NssMembers> AccountNssSource::members(const NssGroup& group) {
  const auto now = std::chrono::steady_clock::now();
  const auto known = pictures_.find(group.gid);
  if (known != pictures_.end() && now - known->second.taken < picture_age) return known->second.members;
  std::shared_ptr<const NssMembers> fresh = read_members(group.gid);
  std::erase_if(pictures_, [&](const auto& picture) { return now - picture.second.taken >= picture_age; });
  // Small ones are read again as fast as they are found here.
  if (fresh->names.size() > members_at_once && pictures_.size() < max_pictures) pictures_[group.gid] = {now, fresh};
  return fresh;
}

std::optional<std::vector<std::uint32_t>> AccountNssSource::groups_of(std::string_view user,
                                                                      std::uint32_t primary_gid) {
  auto account = accounts_.find_by_name(user);
  if (!account || account->name != user || !shown(account->uid, account->name) || account->gid != primary_gid)
    return std::nullopt;
  return std::move(account->groups);
}

}  // namespace openlsa::service
