#include "authority/side_doors/user_all_information.hpp"

#include <openlsa/subauth.h>
#include <openlsa/windows.h>

#include <algorithm>

#include "authority/accounts/account_times.hpp"
#include "authority/accounts/logon_check.hpp"
#include "nt/utf.hpp"

namespace openlsa::authority {
namespace {

std::uint32_t account_control(const Account& account, bool password_expired) {
  return USER_NORMAL_ACCOUNT | (account.disabled ? USER_ACCOUNT_DISABLED : 0) |
         (account.locked ? USER_ACCOUNT_AUTO_LOCKED : 0) |
         (account.password_never_expires ? USER_DONT_EXPIRE_PASSWORD : 0) |
         (password_expired ? USER_PASSWORD_EXPIRED : 0);
}

// WorkStations: names separated by commas ([MS-SAMR] 2.2.6.6).
std::string joined(const std::vector<std::string>& names) {
  std::string text;
  for (const std::string& name : names) text += (text.empty() ? "" : ",") + name;
  return text;
}

seam::Text text_of(const std::string& utf8) { return nt::to_utf16(utf8).value_or(u""); }

std::uint16_t count_of(std::uint32_t number) {
  return static_cast<std::uint16_t>(std::min<std::uint32_t>(number, 0xffff));
}

}  // namespace

seam::UserAllInformation user_all_information(const AccountStore& accounts, const Account& account) {
  const AccountPolicy policy = accounts.policy();
  const nt::FileTime now = nt::now();
  seam::UserAllInformation user;
  user.last_logon = account.last_logon.ticks;
  user.account_expires = account.expires.ticks;
  user.times = account_times(account, policy, now);
  user.user_name = text_of(account.name);
  user.full_name = text_of(account.full_name);
  user.home_directory = text_of(account.home);
  user.work_stations = text_of(joined(account.workstations));
  user.user_id = account.sid.rid();
  // A group of another authority's is none of this domain: "Domain Users" stands for it, as on a machine of its own.
  const nt::Sid group = accounts.sid_of_gid(account.gid);
  user.primary_group_id = group.domain() == accounts.domain_sid() ? group.rid() : DOMAIN_GROUP_RID_USERS;
  user.password_expired = account.must_change_password || is_password_expired(account, policy, now);
  user.user_account_control = account_control(account, user.password_expired);
  if (account.logon_hours) user.logon_hours.assign(account.logon_hours->begin(), account.logon_hours->end());
  user.bad_password_count = count_of(account.bad_password_count);
  user.nt_password_present = account.has_password;
  return user;
}

}  // namespace openlsa::authority
