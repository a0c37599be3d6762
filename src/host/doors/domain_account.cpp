#include "host/doors/domain_account.hpp"

#include <algorithm>

#include "base/result.hpp"
#include "nt/utf.hpp"

namespace openlsa::host {
namespace {

using marshal::Copied;
using marshal::Reach;
using marshal::Refusal;

// Names are looked up, logged and shown to administrators. UNLEN is 256, a DNS name has 255 characters.
constexpr std::size_t max_name_units = 256;
constexpr std::size_t max_full_name_units = 1024;
// What a PAC's account can have ([MS-KILE] names 1024 as the most SIDs that Windows puts into a token).
constexpr std::size_t max_groups = 1024;
constexpr std::size_t max_posix_groups = 1024;
constexpr std::size_t max_domains = 256;
// What a directory may say of a group ([MS-PAC] 2.2.1). A logon id or an integrity level is the authority's to give.
constexpr ULONG known_group_attributes = SE_GROUP_MANDATORY | SE_GROUP_ENABLED_BY_DEFAULT | SE_GROUP_ENABLED |
                                         SE_GROUP_OWNER | SE_GROUP_USE_FOR_DENY_ONLY | SE_GROUP_RESOURCE;

bool is_control(char16_t unit) { return unit < 0x20 || (unit >= 0x7f && unit < 0xa0); }

// Absent text is empty text here.
Copied<seam::Text> copy_name(const UNICODE_STRING& string, std::size_t max_units) {
  auto text = OPENLSA_TRY(marshal::copy_text_member(string, Reach::anywhere)).value_or(u"");
  if (text.size() > max_units) return std::unexpected(Refusal{"a name that is too long"});
  if (!nt::to_utf8(text) || std::ranges::any_of(text, is_control))
    return std::unexpected(Refusal{"a name that is no well-formed UTF-16, or has control characters"});
  return text;
}

Copied<seam::Text> copy_required_name(const UNICODE_STRING& string) {
  auto text = OPENLSA_TRY(copy_name(string, max_name_units));
  if (text.empty()) return std::unexpected(Refusal{"an account or a domain without a name"});
  return text;
}

Copied<nt::Sid> copy_required_sid(PSID sid) {
  const auto copied = OPENLSA_TRY(marshal::copy_sid(sid, Reach::anywhere));
  if (!copied || copied->count() == 0) return std::unexpected(Refusal{"an account, a group or a domain without a SID"});
  return *copied;
}

// The primary group has a place of its own; a group that is named twice is one group.
Copied<std::vector<nt::SidAndAttributes>> copy_domain_groups(const OPENLSA_DOMAIN_ACCOUNT& account,
                                                             const nt::Sid& primary) {
  if (account.GroupCount > max_groups) return std::unexpected(Refusal{"more groups than an account can have"});
  if (account.GroupCount != 0 && account.Groups == nullptr) return std::unexpected(Refusal{"groups at NULL"});
  std::vector<nt::SidAndAttributes> groups;
  groups.reserve(account.GroupCount);
  for (ULONG i = 0; i < account.GroupCount; ++i) {
    const SID_AND_ATTRIBUTES& group = account.Groups[i];
    const nt::Sid sid = OPENLSA_TRY(copy_required_sid(group.Sid));
    if ((group.Attributes & ~known_group_attributes) != 0)
      return std::unexpected(Refusal{"a group with attributes that no directory gives"});
    const bool known = sid == primary || std::ranges::find(groups, sid, &nt::SidAndAttributes::sid) != groups.end();
    if (!known) groups.push_back({sid, group.Attributes});
  }
  return groups;
}

// Root and "no such user" ((uid_t)-1) are mapped to nobody.
bool is_mappable(ULONG id) { return id != 0 && id != 0xffffffff; }

Copied<std::optional<nt::PosixIdentity>> copy_posix(const OPENLSA_DOMAIN_ACCOUNT& account) {
  if ((account.Flags & ~ULONG{OPENLSA_DOMAIN_ACCOUNT_HAS_POSIX}) != 0) return std::unexpected(Refusal{"unknown flags"});
  if ((account.Flags & OPENLSA_DOMAIN_ACCOUNT_HAS_POSIX) == 0) return std::nullopt;
  if (account.PosixGroupCount > max_posix_groups || (account.PosixGroupCount != 0 && account.PosixGroups == nullptr))
    return std::unexpected(Refusal{"more POSIX groups than an account can have, or groups at NULL"});
  nt::PosixIdentity identity{account.Uid, account.Gid, {}};
  for (ULONG i = 0; i < account.PosixGroupCount; ++i) identity.groups.push_back(account.PosixGroups[i]);
  if (!is_mappable(identity.uid) || !is_mappable(identity.gid) || !std::ranges::all_of(identity.groups, is_mappable))
    return std::unexpected(Refusal{"a uid or gid of 0 or -1"});
  return identity;
}

Copied<base::Secret> copy_key(const UCHAR* key, ULONG size, ULONG whole_size) {
  if (size != 0 && size != whole_size) return std::unexpected(Refusal{"a key of a wrong size"});
  return base::Secret(base::as_bytes(key, size));
}

bool is_time(const LARGE_INTEGER& time) { return time.QuadPart >= 0; }

Copied<seam::AccountTimes> copy_times(const OPENLSA_DOMAIN_ACCOUNT& account) {
  for (const LARGE_INTEGER& time : {account.LogonTime, account.KickOffTime, account.PasswordLastSet,
                                    account.PasswordCanChange, account.PasswordMustChange})
    if (!is_time(time)) return std::unexpected(Refusal{"a time before 1601"});
  return seam::AccountTimes{account.LogonTime.QuadPart, account.KickOffTime.QuadPart, account.PasswordLastSet.QuadPart,
                            account.PasswordCanChange.QuadPart, account.PasswordMustChange.QuadPart};
}

}  // namespace

Copied<seam::DomainAccount> copy_domain_account(const OPENLSA_DOMAIN_ACCOUNT& account) {
  seam::DomainAccount copy;
  copy.user_name = OPENLSA_TRY(copy_required_name(account.UserName));
  copy.full_name = OPENLSA_TRY(copy_name(account.FullName, max_full_name_units));
  copy.domain_name = OPENLSA_TRY(copy_required_name(account.DomainName));
  copy.dns_domain_name = OPENLSA_TRY(copy_name(account.DnsDomainName, max_name_units));
  copy.user = OPENLSA_TRY(copy_required_sid(account.UserSid));
  copy.primary_group = OPENLSA_TRY(copy_required_sid(account.PrimaryGroupSid));
  copy.groups = OPENLSA_TRY(copy_domain_groups(account, copy.primary_group));
  copy.posix = OPENLSA_TRY(copy_posix(account));
  return copy;
}

Copied<seam::LogOnDomainAccountReply> copy_domain_logon(const OPENLSA_DOMAIN_ACCOUNT& account) {
  seam::LogOnDomainAccountReply copy;
  copy.account = OPENLSA_TRY(copy_domain_account(account));
  copy.logon_server = OPENLSA_TRY(copy_name(account.LogonServer, max_name_units));
  copy.user_flags = account.UserFlags;
  copy.session_base_key =
      OPENLSA_TRY(copy_key(account.SessionBaseKey, account.SessionBaseKeySize, MSV1_0_USER_SESSION_KEY_LENGTH));
  copy.lm_session_key =
      OPENLSA_TRY(copy_key(account.LmSessionKey, account.LmSessionKeySize, MSV1_0_LANMAN_SESSION_KEY_LENGTH));
  copy.times = OPENLSA_TRY(copy_times(account));
  copy.bad_password_count = account.BadPasswordCount;
  return copy;
}

Copied<std::vector<seam::DomainName>> copy_domain_names(const OPENLSA_DOMAIN_NAME* domains, ULONG count) {
  if (count > max_domains) return std::unexpected(Refusal{"more domains than a machine can know"});
  if (count != 0 && domains == nullptr) return std::unexpected(Refusal{"domains at NULL"});
  std::vector<seam::DomainName> copies;
  for (ULONG i = 0; i < count; ++i) {
    seam::DomainName copy;
    copy.netbios = OPENLSA_TRY(copy_required_name(domains[i].Netbios));
    copy.dns = OPENLSA_TRY(copy_name(domains[i].Dns, max_name_units));
    copy.sid = OPENLSA_TRY(copy_required_sid(domains[i].Sid));
    copies.push_back(std::move(copy));
  }
  return copies;
}

bool fits_counted_string(const seam::Text& text) { return text.size() * sizeof(char16_t) <= 0xfffe; }
bool fits_counted_string(const base::Secret& text) { return text.size() <= 0xfffe && text.size() % 2 == 0; }

}  // namespace openlsa::host
