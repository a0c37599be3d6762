#include "authority/packages/rights.hpp"

#include <algorithm>

#include "authority/accounts/account_store.hpp"
#include "nt/utf.hpp"

namespace openlsa::authority {
namespace {

constexpr std::uint32_t administrator_rid = 500;  // DOMAIN_USER_RID_ADMIN

bool same_name(std::string_view a, std::string_view b) {
  const std::optional<std::u16string> left = nt::to_utf16(a), right = nt::to_utf16(b);
  return left && right && nt::equal_names(*left, *right);
}

// root and SYSTEM are one account here, by either name; any other matches by its name or by its SID.
bool names(std::string_view entry, const VouchSubject& subject) {
  if (entry == "*") return false;
  if (const std::optional<nt::Sid> sid = nt::Sid::parse(entry)) return *sid == subject.sid;
  if (subject.sid == nt::well_known::local_system) return same_name(entry, "SYSTEM") || same_name(entry, "root");
  if (subject.sid == nt::well_known::administrators) return same_name(entry, "Administrators");
  return !subject.name.empty() && same_name(entry, subject.name);
}

bool is_protected(const VouchSubject& subject) {
  const bool local_domain = subject.sid.authority() == 5 && subject.sid.sub_authority(0) == 21;
  return subject.administrator || subject.privileged || (subject.has_uid && subject.uid == 0) ||
         subject.sid == nt::well_known::local_system || subject.sid == nt::well_known::administrators ||
         subject.sid == nt::well_known::unix_users.with_rid(0) ||
         (local_domain && subject.sid.rid() == administrator_rid);
}

// "*" means accounts of people: users of a domain or of the machine, never a well-known group or service SID.
bool is_ordinary(const nt::Sid& sid) {
  if (sid.authority() == 5 && sid.count() == 5 && sid.sub_authority(0) == 21) return sid.rid() != 0;
  return sid.count() == 2 && sid.domain() == nt::well_known::unix_users;
}

}  // namespace

bool is_administrator(const Account& account) {
  return account.uid == 0 || account.gid == 0 ||
         std::find(account.groups.begin(), account.groups.end(), 0u) != account.groups.end();
}

VouchSubject subject_of(const Account& account) {
  return {account.name, account.sid, account.uid, true, is_administrator(account)};
}

VouchSubject subject_of(const nt::Sid& sid, const std::optional<Account>& row, const AccountStore& accounts) {
  if (row) return subject_of(*row);
  const std::optional<std::uint32_t> uid = accounts.uid_of_sid(sid);
  return {"", sid, uid.value_or(0), uid.has_value(), false};
}

bool Rights::may_vouch_for(const VouchSubject& subject) const {
  const VouchSubject administrators{"", nt::well_known::administrators, 0, false, false};
  bool everyone = false, named = false, administrators_named = false;
  for (const std::string& entry : vouch_for) {
    named |= names(entry, subject);
    administrators_named |= names(entry, administrators);
    everyone |= entry == "*";
  }
  if (subject.claimed && !administrators_named) return false;
  if (every_account && !subject.name.empty() && !subject.of_domain) return true;
  return named || (everyone && !is_protected(subject) && is_ordinary(subject.sid));
}

bool Rights::names_group(const nt::Sid& group) const {
  return std::any_of(vouch_for.begin(), vouch_for.end(),
                     [&](const std::string& entry) { return nt::Sid::parse(entry) == group; });
}

bool Rights::may_vouch_for(const Account& account) const { return may_vouch_for(subject_of(account)); }

bool Rights::may_call(std::string_view package) const {
  return std::any_of(call_packages.begin(), call_packages.end(),
                     [&](const std::string& entry) { return same_name(entry, package); });
}

bool Rights::may_call(std::u16string_view package) const {
  const std::optional<std::string> name = nt::to_utf8(package);
  return name && may_call(std::string_view(*name));
}

}  // namespace openlsa::authority
