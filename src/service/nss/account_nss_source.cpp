#include "service/nss/account_nss_source.hpp"

#include <algorithm>

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

bool AccountNssSource::shown(const authority::Account& account) const {
  return account.uid != 0 && account.uid >= minimum_uid_ && !is_number(account.name);
}

std::optional<NssUser> AccountNssSource::user_named(std::string_view name) {
  auto account = accounts_.find_by_name(name);
  // The store finds "ALICE" and "DOMAIN\alice" too.
  if (!account || account->name != name || !shown(*account)) return std::nullopt;
  return as_user(std::move(*account));
}

std::optional<NssUser> AccountNssSource::user_of(std::uint32_t uid) {
  auto account = accounts_.find_by_uid(uid);
  return account && shown(*account) ? std::optional(as_user(std::move(*account))) : std::nullopt;
}

std::optional<NssGroup> AccountNssSource::group_named(std::string_view name) { return own_group(user_named(name)); }

std::optional<NssGroup> AccountNssSource::group_of(std::uint32_t gid) { return own_group(user_of(gid)); }

std::optional<NssUser> AccountNssSource::next_user(std::uint32_t from) {
  const std::vector<std::uint32_t>& uids = picture().uids;
  for (auto uid = std::lower_bound(uids.begin(), uids.end(), from); uid != uids.end(); ++uid)
    if (auto user = user_of(*uid)) return user;
  return std::nullopt;
}

std::optional<NssGroup> AccountNssSource::next_group(std::uint32_t from) {
  const std::vector<std::uint32_t>& uids = picture().uids;
  for (auto uid = std::lower_bound(uids.begin(), uids.end(), from); uid != uids.end(); ++uid)
    if (auto group = group_of(*uid)) return group;
  return std::nullopt;
}

std::shared_ptr<const NssMembers> AccountNssSource::members(const NssGroup& group) {
  const Picture& now = picture();
  const auto found = now.members.find(group.gid);
  return found == now.members.end() ? std::make_shared<NssMembers>() : found->second;
}

std::optional<std::vector<std::uint32_t>> AccountNssSource::groups_of(std::string_view user,
                                                                      std::uint32_t primary_gid) {
  auto account = accounts_.find_by_name(user);
  if (!account || account->name != user || !shown(*account) || account->gid != primary_gid) return std::nullopt;
  return std::move(account->groups);
}

const AccountNssSource::Picture& AccountNssSource::picture() {
  const auto now = std::chrono::steady_clock::now();
  if (picture_ && now - picture_->taken < picture_age) return *picture_;
  Picture fresh;
  for (authority::Account& account : accounts_.list()) {
    if (!shown(account)) continue;
    fresh.uids.push_back(account.uid);
    for (const std::uint32_t gid : account.groups) {
      std::shared_ptr<NssMembers>& members = fresh.members[gid];
      if (!members) members = std::make_shared<NssMembers>();
      members->add(account.name);
    }
  }
  std::sort(fresh.uids.begin(), fresh.uids.end());
  fresh.taken = std::chrono::steady_clock::now();
  return picture_.emplace(std::move(fresh));
}

}  // namespace openlsa::service
