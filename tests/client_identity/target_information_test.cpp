// Target information as text at the end of a target name.
#include <openlsa/ntsecpkg.h>

#include "client/memory/client_buffers.hpp"
#include "client_identity/identities.hpp"

namespace openlsa::client {
namespace {

struct Target {
  std::u16string target = u"cifs/server", server = u"server.lab.example", domain = u"LAB", package = u"Kerberos", empty;
  DWORD types[2] = {CRED_TYPE_DOMAIN_PASSWORD, CRED_TYPE_DOMAIN_CERTIFICATE};
  CREDENTIAL_TARGET_INFORMATIONW information{};
  Target() {
    information.TargetName = reinterpret_cast<PWSTR>(target.data());
    information.NetbiosServerName = reinterpret_cast<PWSTR>(empty.data());
    information.DnsServerName = reinterpret_cast<PWSTR>(server.data());
    information.NetbiosDomainName = reinterpret_cast<PWSTR>(domain.data());
    information.PackageName = reinterpret_cast<PWSTR>(package.data());
    information.Flags = CRED_TI_WORKGROUP_MEMBER;
    information.CredTypeCount = 2;
    information.CredTypes = types;
  }
};

std::u16string marshalled(CREDENTIAL_TARGET_INFORMATIONW& information) {
  PUSHORT buffer = nullptr;
  ULONG size = 0;
  EXPECT_EQ(CredMarshalTargetInfo(&information, &buffer, &size), STATUS_SUCCESS);
  std::u16string text(reinterpret_cast<const char16_t*>(buffer), size / 2);
  EXPECT_EQ(buffer[size / 2], 0) << "ended by a null that the size does not count";
  SspiLocalFree(buffer);
  return text;
}

// At the end of memory, so that not one unit more is read.
NTSTATUS unmarshal(std::u16string_view text, PCREDENTIAL_TARGET_INFORMATIONW* information, ULONG* size) {
  const AtEndOfPage memory(base::as_bytes(text.data(), 2 * text.size()));
  return CredUnmarshalTargetInfo(static_cast<PUSHORT>(memory.get()), static_cast<ULONG>(2 * text.size()), information,
                                 size);
}

TEST(TargetInformation, ComesBackFromTheEndOfATargetName) {
  Target target;
  const std::u16string text = marshalled(target.information);
  for (const char16_t c : text) EXPECT_TRUE(c > u' ' && c < 0x7f && c != u'/' && c != u'@') << "fits a target name";
  PCREDENTIAL_TARGET_INFORMATIONW back = nullptr;
  ULONG size = 0;
  ASSERT_EQ(unmarshal(u"cifs/server.lab.example" + text, &back, &size), STATUS_SUCCESS);
  EXPECT_EQ(size, 2 * text.size());
  EXPECT_EQ(text_of(back->TargetName), u"cifs/server");
  EXPECT_EQ(text_of(back->NetbiosServerName), u"");
  EXPECT_EQ(text_of(back->DnsServerName), u"server.lab.example");
  EXPECT_EQ(text_of(back->NetbiosDomainName), u"LAB");
  EXPECT_EQ(back->DnsDomainName, nullptr);
  EXPECT_EQ(back->DnsTreeName, nullptr);
  EXPECT_EQ(text_of(back->PackageName), u"Kerberos");
  EXPECT_EQ(back->Flags, ULONG{CRED_TI_WORKGROUP_MEMBER});
  ASSERT_EQ(back->CredTypeCount, 2u);
  EXPECT_EQ(back->CredTypes[1], ULONG{CRED_TYPE_DOMAIN_CERTIFICATE});
  EXPECT_TRUE(buffer_size(back).has_value());
  SspiLocalFree(back);
  // Either output may be left out: a package first asks how much to cut off.
  EXPECT_EQ(unmarshal(text, nullptr, &size), STATUS_SUCCESS);
  EXPECT_EQ(unmarshal(text, nullptr, nullptr), STATUS_SUCCESS);
}

TEST(TargetInformation, MayBeEmpty) {
  CREDENTIAL_TARGET_INFORMATIONW nothing{};
  PCREDENTIAL_TARGET_INFORMATIONW back = nullptr;
  ULONG size = 0;
  ASSERT_EQ(unmarshal(marshalled(nothing), &back, &size), STATUS_SUCCESS);
  EXPECT_TRUE(back->TargetName == nullptr && back->CredTypes == nullptr && back->CredTypeCount == 0);
  SspiLocalFree(back);
}

TEST(TargetInformation, IsNotFoundWhereThereIsNone) {
  Target target;
  const std::u16string text = marshalled(target.information);
  PCREDENTIAL_TARGET_INFORMATIONW back = nullptr;
  ULONG size = 7;
  for (std::size_t cut = 1; cut <= text.size(); ++cut) {
    EXPECT_EQ(unmarshal(std::u16string_view(text).substr(cut), &back, &size), STATUS_INVALID_PARAMETER) << cut;
    EXPECT_EQ(unmarshal(std::u16string_view(text).substr(0, text.size() - cut), &back, &size), STATUS_INVALID_PARAMETER)
        << cut;
  }
  for (const std::u16string& other : {std::u16string(u"cifs/server.lab.example"), text + u"@LAB", text + u'\0',
                                      // The form of Windows, with which names of hosts have been made to lie.
                                      std::u16string(u"server1UWhRCAAAAAAAAAAAAAAAAAAAAAAAAAAAAAwbEAYBAAAA")})
    EXPECT_EQ(unmarshal(other, &back, &size), STATUS_INVALID_PARAMETER);
  EXPECT_EQ(back, nullptr);
  EXPECT_EQ(size, 7u);
}

TEST(TargetInformation, WithAnyCharacterChangedHarmsNobody) {
  Target target;
  const std::u16string text = marshalled(target.information);
  for (std::size_t at = 0; at < text.size(); ++at) {
    for (const char16_t other : {u'0', u'F', u'7', u'g', u'\0', u'\xffff'}) {
      std::u16string changed = text;
      changed[at] = other;
      PCREDENTIAL_TARGET_INFORMATIONW back = nullptr;
      ULONG size = 0;
      if (unmarshal(changed, &back, &size) != STATUS_SUCCESS) continue;
      EXPECT_EQ(size, 2 * text.size());
      EXPECT_EQ(marshalled(*back), changed) << "one text for the same information";
      SspiLocalFree(back);
    }
  }
}

TEST(TargetInformation, RefusesWhatItCannotSay) {
  Target target;
  PUSHORT buffer = nullptr;
  ULONG size = 7;
  EXPECT_EQ(CredMarshalTargetInfo(nullptr, &buffer, &size), STATUS_INVALID_PARAMETER);
  EXPECT_EQ(CredMarshalTargetInfo(&target.information, nullptr, &size), STATUS_INVALID_PARAMETER);
  EXPECT_EQ(CredMarshalTargetInfo(&target.information, &buffer, nullptr), STATUS_INVALID_PARAMETER);
  target.information.CredTypes = nullptr;
  EXPECT_EQ(CredMarshalTargetInfo(&target.information, &buffer, &size), STATUS_INVALID_PARAMETER);
  target.information.CredTypeCount = 0xffffffff;
  target.information.CredTypes = target.types;
  EXPECT_EQ(CredMarshalTargetInfo(&target.information, &buffer, &size), STATUS_INVALID_PARAMETER);
  target.information.CredTypeCount = 2;
  std::u16string long_name(9000, u'n');
  target.information.TargetName = reinterpret_cast<PWSTR>(long_name.data());
  EXPECT_EQ(CredMarshalTargetInfo(&target.information, &buffer, &size), STATUS_NAME_TOO_LONG);
  EXPECT_EQ(buffer, nullptr);
  EXPECT_EQ(size, 7u);

  USHORT some[16] = {};
  EXPECT_EQ(CredUnmarshalTargetInfo(nullptr, 0, nullptr, nullptr), STATUS_INVALID_PARAMETER);
  EXPECT_EQ(CredUnmarshalTargetInfo(some, 31, nullptr, nullptr), STATUS_INVALID_PARAMETER);
  EXPECT_EQ(CredUnmarshalTargetInfo(some, 0x80000000u, nullptr, nullptr), STATUS_INVALID_PARAMETER);
}

}  // namespace
}  // namespace openlsa::client
