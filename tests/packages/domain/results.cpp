// What the door says of an account, honestly.
#include <list>

#include "domain.hpp"
#include "storage.hpp"

namespace domain_door {
namespace {

constexpr ULONG group_attributes = SE_GROUP_MANDATORY | SE_GROUP_ENABLED_BY_DEFAULT | SE_GROUP_ENABLED;
constexpr LONGLONG july_2026 = 134282880000000000;  // FILETIME
constexpr LONGLONG never = 0x7fffffffffffffff;
constexpr ULONG first_uid = 1'000'000;

}  // namespace

UNICODE_STRING Storage::text(std::u16string_view from) {
  std::u16string& kept = texts.emplace_back(from);
  UNICODE_STRING string{};
  string.Buffer = reinterpret_cast<decltype(string.Buffer)>(kept.data());
  string.Length = string.MaximumLength = static_cast<USHORT>(kept.size() * 2);
  return string;
}

PSID Storage::sid(SidBytes from) { return sids.emplace_back(std::move(from)).data(); }

void fill(const Account& account, OPENLSA_DOMAIN_ACCOUNT& out) {
  auto* storage = new Storage;
  ++test_domain_observed.live_accounts;
  out.Private = storage;
  out.UserName = storage->text(account.name);
  out.FullName = storage->text(account.name + u" of the tests");
  out.DomainName = storage->text(corp_netbios);
  out.DnsDomainName = storage->text(corp_dns);
  out.UserSid = storage->sid(with_rid(corp_sid(), account.rid));
  out.PrimaryGroupSid = storage->sid(with_rid(corp_sid(), 513));
  storage->groups = {{storage->sid(with_rid(corp_sid(), 1201)), group_attributes},
                     {storage->sid(with_rid(corp_sid(), 1202)), group_attributes | SE_GROUP_RESOURCE},
                     {storage->sid(with_rid(trust_sid(), 1301)), group_attributes}};
  out.Groups = storage->groups.data();
  out.GroupCount = static_cast<ULONG>(storage->groups.size());
  if (!account.posix) return;
  out.Flags = OPENLSA_DOMAIN_ACCOUNT_HAS_POSIX;
  out.Uid = first_uid + account.rid;
  out.Gid = first_uid + 513;
  storage->posix_groups = {first_uid + 1201, first_uid + 1202};
  out.PosixGroups = storage->posix_groups.data();
  out.PosixGroupCount = static_cast<ULONG>(storage->posix_groups.size());
}

void fill_logon(OPENLSA_DOMAIN_ACCOUNT& out) {
  out.LogonServer = static_cast<Storage*>(out.Private)->text(u"CORP-DC1");
  out.UserFlags = LOGON_EXTRA_SIDS | LOGON_NTLMV2_ENABLED;
  out.LogonTime.QuadPart = july_2026;
  out.KickOffTime.QuadPart = out.PasswordMustChange.QuadPart = never;
  out.PasswordLastSet.QuadPart = out.PasswordCanChange.QuadPart = july_2026 - 1;
  out.BadPasswordCount = 2;
  for (UCHAR i = 0; i < sizeof out.LmSessionKey; ++i) out.LmSessionKey[i] = static_cast<UCHAR>(0xa0 + i);
  out.LmSessionKeySize = out.SessionBaseKeySize == 0 ? 0 : sizeof out.LmSessionKey;
}

}  // namespace domain_door
