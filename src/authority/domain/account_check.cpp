#include "authority/domain/account_check.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "authority/accounts/account_names.hpp"
#include "authority/support/audit_detail.hpp"
#include "nt/utf.hpp"

namespace openlsa::authority {
namespace {

constexpr std::size_t max_name_units = 256;
constexpr std::size_t max_groups = 1024;  // as many as a token of Windows has
constexpr std::uint32_t highest_id = 0xfffffffd;
// SE_GROUP_MANDATORY, SE_GROUP_ENABLED_BY_DEFAULT, SE_GROUP_ENABLED, SE_GROUP_RESOURCE
constexpr std::uint32_t kept_attributes = 0x20000007;
constexpr std::uint32_t ordinary_attributes = 0x7;

bool is_text(std::u16string_view text) {
  return text.size() <= max_name_units && nt::to_utf8(text) &&
         std::none_of(text.begin(), text.end(), [](char16_t c) { return c < u' ' || c == 0x7f; });
}

bool is_account_name(std::u16string_view name) {
  return !name.empty() && is_text(name) && name.find_first_of(u"\\/") == name.npos;
}

// S-1-5-21-x-y-z-rid of one of the domains.
bool is_of(const DomainList& domains, const nt::Sid& sid) {
  return sid.count() == 5 && sid.rid() != 0 && find_domain(domains, sid.domain()) != nullptr;
}

// What a domain adds to each of its logons ([MS-DTYP] 2.4.2.4): how it authenticated, and where from.
bool is_said_by_domains(const nt::Sid& sid) {
  for (const nt::Sid& known : {nt::Sid{18, {1}}, nt::Sid{18, {2}}, nt::Sid{5, {15}}, nt::Sid{5, {64, 10}}})
    if (sid == known) return true;
  return false;
}

// The aliases of winbind's own view of this machine: ours are the authority's to add, so they are no news.
bool is_builtin(const nt::Sid& sid) { return sid.authority() == 5 && sid.sub_authority(0) == 32; }

void add(std::vector<nt::SidAndAttributes>& groups, const nt::Sid& sid, std::uint32_t attributes) {
  const auto same = [&](const nt::SidAndAttributes& group) { return group.sid == sid; };
  if (std::any_of(groups.begin(), groups.end(), same)) return;
  attributes &= kept_attributes;
  groups.push_back({sid, attributes != 0 ? attributes : ordinary_attributes});
}

}  // namespace

std::expected<CheckedAccount, std::string> AccountCheck::check(const DomainList& domains,
                                                               const seam::DomainAccount& account) const {
  const auto refuse = [](std::string why) { return std::unexpected(std::move(why)); };
  if (!is_of(domains, account.user) || account.user.domain() == accounts_.domain_sid())
    return refuse("names the account " + account.user.to_string() + ", which is of none of its domains");
  const seam::DomainName& domain = *find_domain(domains, account.user.domain());
  if (!is_account_name(account.user_name) || !is_text(account.full_name))
    return refuse("names an account without a name");
  if (!nt::equal_names(account.domain_name, domain.netbios))
    return refuse("names an account of one domain with the SID of another");
  if (!is_of(domains, account.primary_group)) return refuse("gives a primary group that is of none of its domains");
  if (account.groups.size() > max_groups) return refuse("gives more groups than a token can have");

  CheckedAccount checked;
  DomainIdentity& identity = checked.identity;
  identity.user_name = account.user_name;
  identity.full_name = account.full_name;
  identity.domain_name = domain.netbios;
  identity.dns_domain_name = domain.dns;
  identity.user = account.user;
  identity.primary_group = account.primary_group;
  add(identity.groups, account.primary_group, ordinary_attributes);
  for (const nt::SidAndAttributes& group : account.groups) {
    if (is_of(domains, group.sid) || is_said_by_domains(group.sid))
      add(identity.groups, group.sid, group.attributes);
    else if (!is_builtin(group.sid))
      say(checked.left_out, "group", group.sid.to_string());
  }
  identity.posix = check_posix(account.user, account.posix, checked.left_out);
  return checked;
}

std::string AccountCheck::objection_to_uid(std::uint32_t uid, const nt::Sid& user) const {
  if (uid < configuration_.domain_minimum_uid || uid > highest_id) return "is below the minimum, or none";
  if (accounts_.find_by_uid(uid)) return "is an account's of this machine";
  if (configuration_.uid_range.contains(uid) || configuration_.host_uids.contains(uid))
    return "is in a range of this machine's own";
  if (identities_.is_uid_of_another(uid, user)) return "is another account's of a domain";
  return "";
}

// The number of a gid and a uid of this machine may be one: an account's own group has its uid's number.
std::string AccountCheck::objection_to_gid(std::uint32_t gid) const {
  if (gid < configuration_.domain_minimum_uid || gid > highest_id) return "is below the minimum, or none";
  if (accounts_.find_group_by_gid(gid) || accounts_.find_by_uid(gid)) return "is a group's of this machine";
  if (configuration_.uid_range.contains(gid) || configuration_.host_uids.contains(gid))
    return "is in a range of this machine's own";
  return "";
}

std::optional<nt::PosixIdentity> AccountCheck::check_posix(const nt::Sid& user,
                                                           const std::optional<nt::PosixIdentity>& posix,
                                                           std::string& left_out) const {
  if (!posix) return std::nullopt;
  const std::string uid = objection_to_uid(posix->uid, user), gid = objection_to_gid(posix->gid);
  if (!uid.empty()) say(left_out, "uid", fmt::format("{} {}", posix->uid, uid));
  if (!gid.empty()) say(left_out, "gid", fmt::format("{} {}", posix->gid, gid));
  if (!uid.empty() || !gid.empty()) return std::nullopt;
  nt::PosixIdentity believed{posix->uid, posix->gid, {}};
  for (const std::uint32_t group : posix->groups) {
    if (believed.groups.size() == max_account_groups) break;
    if (const std::string why = objection_to_gid(group); !why.empty())
      say(left_out, "gid", fmt::format("{} {}", group, why));
    else if (group != posix->gid)
      believed.groups.push_back(group);
  }
  return believed;
}

}  // namespace openlsa::authority
