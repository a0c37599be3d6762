// Who is in the directory.
#include "crypto/ntlm_owf.hpp"
#include "domain.hpp"

#include <algorithm>
#include <cstring>

namespace domain_door {
namespace {

const std::vector<Account>& accounts() {
  static const std::vector<Account> all{
      {u"alice", 1104},
      {u"J\u00f6rg", 1105},
      {u"carol", 1106, STATUS_SUCCESS, false, false},
      {u"locked", 1110, STATUS_ACCOUNT_LOCKED_OUT, true},
      {u"disabled", 1111, STATUS_ACCOUNT_DISABLED},
      {u"expired", 1112, STATUS_ACCOUNT_EXPIRED},
      {u"mustchange", 1113, STATUS_PASSWORD_MUST_CHANGE},
      {u"pwexpired", 1114, STATUS_PASSWORD_EXPIRED},
      {u"hours", 1115, STATUS_INVALID_LOGON_HOURS},
      {u"workstation", 1116, STATUS_INVALID_WORKSTATION},
      {u"untrusted", 1120, STATUS_TRUSTED_DOMAIN_FAILURE, true},
      {u"notrust", 1121, STATUS_NO_TRUST_SAM_ACCOUNT, true},
      {u"offline", 1122, STATUS_NO_LOGON_SERVERS, true},
      {u"foreign", 1130},
      {u"system", 1131},
      {u"administrators", 1132},
      {u"root", 1133},
      {u"label", 1134},
      {u"hang", 1140},
      {u"crash", 1141},
      {u"throw", 1142},
      {u"liar-status", 1150, 0x103},
      {u"liar-sid", 1151},
      {u"liar-no-sid", 1152},
      {u"liar-no-group", 1153},
      {u"liar-group", 1154},
      {u"liar-group-count", 1155},
      {u"liar-groups-null", 1156},
      {u"liar-attributes", 1157},
      {u"liar-name", 1158},
      {u"liar-surrogate", 1159},
      {u"liar-control", 1160},
      {u"liar-odd", 1161},
      {u"liar-long", 1162},
      {u"liar-domain", 1163},
      {u"liar-uid", 1164},
      {u"liar-gid", 1165},
      {u"liar-posix-group", 1166},
      {u"liar-posix-count", 1167},
      {u"liar-flags", 1168},
      {u"liar-key", 1169},
      {u"liar-lm-key", 1170},
      {u"liar-time", 1171},
      {u"liar-other", 1172},
  };
  return all;
}

}  // namespace

SidBytes sid_of(std::uint8_t authority, std::initializer_list<std::uint32_t> sub_authorities) {
  SidBytes sid{1, static_cast<std::uint8_t>(sub_authorities.size()), 0, 0, 0, 0, 0, authority};
  for (const std::uint32_t value : sub_authorities)
    for (int shift = 0; shift < 32; shift += 8) sid.push_back(static_cast<std::uint8_t>(value >> shift));
  return sid;
}
SidBytes corp_sid() { return sid_of(5, {21, 1111, 2222, 3333}); }
SidBytes trust_sid() { return sid_of(5, {21, 4444, 5555, 6666}); }
SidBytes with_rid(SidBytes domain, std::uint32_t rid) {
  ++domain[1];
  for (int shift = 0; shift < 32; shift += 8) domain.push_back(static_cast<std::uint8_t>(rid >> shift));
  return domain;
}

std::u16string_view text_of(PCUNICODE_STRING string) {
  if (string == nullptr) return {};
  return {reinterpret_cast<const char16_t*>(string->Buffer), string->Length / 2u};
}

bool same_name(std::u16string_view a, std::u16string_view b) {
  return openlsa::crypto::to_upper(a) == openlsa::crypto::to_upper(b);
}

const Account* find_account(std::u16string_view name, std::u16string_view domain) {
  if (domain.empty()) {  // a user principal name
    const auto at = name.find(u'@');
    if (at == name.npos) return nullptr;
    domain = name.substr(at + 1);
    name = name.substr(0, at);
  }
  if (!same_name(domain, corp_netbios) && !same_name(domain, corp_dns)) return nullptr;
  const auto found =
      std::ranges::find_if(accounts(), [&](const Account& account) { return same_name(account.name, name); });
  return found == accounts().end() ? nullptr : &*found;
}

const Account* find_account(const void* sid) {
  for (const Account& account : accounts()) {
    const SidBytes own = with_rid(corp_sid(), account.rid);
    if (std::memcmp(own.data(), sid, own.size()) == 0) return &account;
  }
  return nullptr;
}

}  // namespace domain_door
