// What the door says of accounts whose name announces a lie.
#include <unistd.h>

#include <cstdlib>
#include <functional>
#include <map>
#include <stdexcept>

#include "domain.hpp"
#include "storage.hpp"

namespace domain_door {
namespace {

using Lie = std::function<void(OPENLSA_DOMAIN_ACCOUNT&, Storage&)>;

// Well-formed; only the authority can know better.
const std::map<std::u16string, Lie>& plausible_lies() {
  static const std::map<std::u16string, Lie> lies{
      {u"foreign", [](auto& out, auto& s) { out.UserSid = s.sid(sid_of(5, {21, 9, 9, 9, 500})); }},
      {u"system", [](auto& out, auto& s) { out.UserSid = s.sid(sid_of(5, {18})); }},
      {u"administrators", [](auto&, auto& s) { s.groups[0].Sid = s.sid(sid_of(5, {32, 544})); }},
      {u"root", [](auto& out, auto&) { out.Uid = 1; }},  // below any uid that a person has
      {u"label", [](auto&, auto& s) { s.groups[0].Sid = s.sid(sid_of(16, {0x4000})); }},
  };
  return lies;
}

const std::map<std::u16string, Lie>& lies() {
  static const std::map<std::u16string, Lie> lies{
      {u"liar-sid", [](auto& out, auto& s) { out.UserSid = s.sid({9, 1, 0, 0, 0, 0, 0, 5, 1, 0, 0, 0}); }},
      {u"liar-no-sid", [](auto& out, auto&) { out.UserSid = nullptr; }},
      {u"liar-no-group", [](auto& out, auto&) { out.PrimaryGroupSid = nullptr; }},
      {u"liar-group", [](auto&, auto& s) { s.groups[1].Sid = s.sid({1, 16, 0, 0, 0, 0, 0, 5, 0, 0, 0, 0}); }},
      {u"liar-group-count",
       [](auto& out, auto& s) {
         s.groups.resize(1025, s.groups[0]);
         out.Groups = s.groups.data();
         out.GroupCount = 1025;
       }},
      {u"liar-groups-null", [](auto& out, auto&) { out.Groups = nullptr; }},
      {u"liar-attributes", [](auto&, auto& s) { s.groups[2].Attributes |= SE_GROUP_LOGON_ID; }},
      {u"liar-name", [](auto& out, auto&) { out.UserName.Length = 0; }},
      {u"liar-surrogate", [](auto& out, auto& s) { out.FullName = s.text(std::u16string(1, char16_t(0xd800))); }},
      {u"liar-control", [](auto& out, auto& s) { out.UserName = s.text(u"a\nb"); }},
      {u"liar-odd", [](auto& out, auto&) { out.DnsDomainName.Length = 5; }},
      {u"liar-long", [](auto& out, auto& s) { out.LogonServer = s.text(std::u16string(257, u'x')); }},
      {u"liar-domain", [](auto& out, auto&) { out.DomainName = {}; }},
      {u"liar-uid", [](auto& out, auto&) { out.Uid = 0; }},
      {u"liar-gid", [](auto& out, auto&) { out.Gid = 0xffffffff; }},
      {u"liar-posix-group", [](auto&, auto& s) { s.posix_groups[1] = 0; }},
      {u"liar-posix-count", [](auto& out, auto&) { out.PosixGroupCount = 1025; }},
      {u"liar-flags", [](auto& out, auto&) { out.Flags |= 0x80; }},
      {u"liar-key", [](auto& out, auto&) { out.SessionBaseKeySize = 15; }},
      {u"liar-lm-key", [](auto& out, auto&) { out.LmSessionKeySize = 16; }},
      {u"liar-time", [](auto& out, auto&) { out.KickOffTime.QuadPart = -1; }},
      {u"liar-other", [](auto& out, auto& s) { out.UserSid = s.sid(with_rid(corp_sid(), 1104)); }},
  };
  return lies;
}

}  // namespace

void lie(const Account& account, OPENLSA_DOMAIN_ACCOUNT& out) {
  if (account.name == u"hang")
    for (;;) ::pause();
  if (account.name == u"crash") std::abort();
  auto& storage = *static_cast<Storage*>(out.Private);
  for (const auto* known : {&lies(), &plausible_lies()})
    if (const auto found = known->find(account.name); found != known->end()) found->second(out, storage);
}

}  // namespace domain_door
