// LogOn and ChangePassword: what is asked of libwbclient, and what its answer becomes.
#include <gtest/gtest.h>

#include <openlsa/ntstatus.h>

#include <algorithm>
#include <utility>

#include "fake_library.hpp"

namespace winbind::test {
namespace {

class WinbindLogOn : public ::testing::Test {
 protected:
  WinbindLogOn() {
    attempt_.Size = sizeof attempt_;
    attempt_.UserName = counted(u"alice");
    attempt_.DomainName = counted(u"EXAMPLE");
    attempt_.Workstation = counted(u"WS");
    account_.Size = sizeof account_;
  }
  NTSTATUS with_password(std::u16string_view password) {
    const UNICODE_STRING text = counted(password);
    attempt_.Password = &text;
    const NTSTATUS status = log_on(&attempt_, &account_);
    attempt_.Password = nullptr;
    return status;
  }

  FakeLibrary fake_;
  OPENLSA_DOMAIN_ATTEMPT attempt_{};
  OPENLSA_DOMAIN_ACCOUNT account_{};
};

TEST_F(WinbindLogOn, APasswordIsAskedInPlain) {
  ASSERT_EQ(with_password(u"p\u00e4ss"), STATUS_SUCCESS);
  ASSERT_EQ(fake_.asked.size(), 1u);
  EXPECT_EQ(fake_.asked[0].level, int{wbc::level_plain});
  EXPECT_EQ(fake_.asked[0].user, "alice");
  EXPECT_EQ(fake_.asked[0].domain, "EXAMPLE");
  EXPECT_EQ(fake_.asked[0].password, "p\xc3\xa4ss");
  EXPECT_EQ(account_.SessionBaseKeySize, 0u);
  free_account(&account_);
}

TEST_F(WinbindLogOn, TheAnswerBecomesTheAccount) {
  ASSERT_EQ(with_password(u"x"), STATUS_SUCCESS);
  EXPECT_EQ(text_of(account_.UserName), u"alice");
  EXPECT_EQ(text_of(account_.FullName), u"Alice \u00c4");
  EXPECT_EQ(text_of(account_.DomainName), u"EXAMPLE");
  EXPECT_EQ(text_of(account_.DnsDomainName), u"example.test");
  EXPECT_EQ(text_of(account_.LogonServer), u"DC1");
  EXPECT_EQ(sid_text(account_.UserSid), "S-1-5-21-1-2-3-1103");
  EXPECT_EQ(sid_text(account_.PrimaryGroupSid), "S-1-5-21-1-2-3-513");
  ASSERT_EQ(account_.GroupCount, 2u);  // not the primary one again
  EXPECT_EQ(sid_text(account_.Groups[0].Sid), "S-1-5-21-1-2-3-1109");
  EXPECT_EQ(sid_text(account_.Groups[1].Sid), "S-1-5-21-1-2-3-1110");
  EXPECT_EQ(account_.Groups[1].Attributes, 0x20000007u);
  EXPECT_EQ(account_.KickOffTime.QuadPart, 0x7fffffffffffffff);
  EXPECT_EQ(account_.LogonTime.QuadPart, 0);
  ASSERT_EQ(account_.Flags, ULONG{OPENLSA_DOMAIN_ACCOUNT_HAS_POSIX});
  EXPECT_EQ(account_.Uid, 301103u);
  EXPECT_EQ(account_.Gid, 300513u);
  ASSERT_EQ(account_.PosixGroupCount, 1u);  // 1110 is not mapped
  EXPECT_EQ(account_.PosixGroups[0], 301109u);
  free_account(&account_);
  EXPECT_EQ(account_.Private, nullptr);
}

TEST_F(WinbindLogOn, ResponsesGiveTheKeys) {
  const UCHAR nt[]{1, 2, 3}, lm[24]{4};
  attempt_.NtResponse = nt;
  attempt_.NtResponseSize = sizeof nt;
  attempt_.LmResponse = lm;
  attempt_.LmResponseSize = sizeof lm;
  attempt_.ParameterControl = 0x84000822;  // a sub-authentication package's number goes to no domain
  std::fill_n(fake_.info.user_session_key, 16, std::uint8_t{0x11});
  std::fill_n(fake_.info.lm_session_key, 8, std::uint8_t{0x22});
  ASSERT_EQ(log_on(&attempt_, &account_), STATUS_SUCCESS);
  EXPECT_EQ(fake_.asked[0].level, int{wbc::level_response});
  EXPECT_EQ(fake_.asked[0].workstation, "WS");
  EXPECT_EQ(fake_.asked[0].nt, (std::vector<std::uint8_t>{1, 2, 3}));
  EXPECT_EQ(fake_.asked[0].lm.size(), 24u);
  EXPECT_EQ(fake_.asked[0].parameter_control, 0x822u);
  ASSERT_EQ(account_.SessionBaseKeySize, 16u);
  EXPECT_EQ(account_.SessionBaseKey[15], 0x11);
  ASSERT_EQ(account_.LmSessionKeySize, 8u);
  EXPECT_EQ(account_.LmSessionKey[0], 0x22);
  free_account(&account_);
  // winbindd has room for 24 bytes; a longer one would be cut.
  const UCHAR other[25]{4};
  attempt_.LmResponse = other;
  attempt_.LmResponseSize = sizeof other;
  std::fill_n(fake_.info.user_session_key, 16, std::uint8_t{0});  // a guest has none
  ASSERT_EQ(log_on(&attempt_, &account_), STATUS_SUCCESS);
  EXPECT_TRUE(fake_.asked[1].lm.empty());
  EXPECT_EQ(account_.SessionBaseKeySize, 0u);
  free_account(&account_);
}

TEST_F(WinbindLogOn, AnAccountThatIsNotMappedHasNoPosixIdentity) {
  for (const std::uint32_t rid : {1103u, 513u})
    for (const wbc::UnixId id :
         {wbc::UnixId{wbc::id_none, 5}, wbc::UnixId{wbc::id_both, 0}, wbc::UnixId{wbc::id_both, 0xffffffff}}) {
      const wbc::UnixId before = std::exchange(fake_.ids[rid], id);
      ASSERT_EQ(with_password(u"x"), STATUS_SUCCESS);
      EXPECT_EQ(account_.Flags, 0u) << rid << " " << id.id;
      EXPECT_EQ(account_.Uid, 0u);
      free_account(&account_);
      fake_.ids[rid] = before;
    }
}

TEST_F(WinbindLogOn, ARefusalIsTheDomainsAndNothingIsWritten) {
  account_.UserFlags = 77;
  fake_.result = wbc::auth_error;
  fake_.nt_status = static_cast<std::uint32_t>(STATUS_ACCOUNT_LOCKED_OUT);
  EXPECT_EQ(with_password(u"x"), STATUS_ACCOUNT_LOCKED_OUT);
  fake_.nt_status = 0;
  fake_.result = wbc::winbind_not_available;
  EXPECT_EQ(with_password(u"x"), STATUS_NO_LOGON_SERVERS);
  EXPECT_EQ(account_.UserFlags, 77u);
  EXPECT_EQ(account_.UserSid, nullptr);
}

TEST_F(WinbindLogOn, WhatWinbindCannotBeAskedIsNotAsked) {
  EXPECT_EQ(with_password(std::u16string(256, u'a')), STATUS_INVALID_PARAMETER);
  EXPECT_EQ(with_password(std::u16string_view(u"a\0b", 3)), STATUS_INVALID_PARAMETER);
  attempt_.UserName = counted(std::u16string_view(u"alice\0x", 7));
  EXPECT_EQ(with_password(u"x"), STATUS_NO_SUCH_USER);
  attempt_.UserName = counted(u"OTHER\\alice");
  EXPECT_EQ(with_password(u"x"), STATUS_NO_SUCH_USER);
  EXPECT_TRUE(fake_.asked.empty());
}

TEST_F(WinbindLogOn, AnAnswerThatIsNoneIsNoLogon) {
  fake_.sids.resize(1);
  EXPECT_EQ(with_password(u"x"), STATUS_INTERNAL_ERROR);
  fake_.sids = {{account_sid(1103), 0}, {wbc::Sid{1, 16, {}, {}}, 0}};
  EXPECT_EQ(with_password(u"x"), STATUS_INTERNAL_ERROR);
  fake_.sids = {{account_sid(1103), 0}, {account_sid(513), 0}};
  static char bad[] = "\xff";
  fake_.info.full_name = bad;
  EXPECT_EQ(with_password(u"x"), STATUS_INTERNAL_ERROR);
}

TEST_F(WinbindLogOn, AChangedPasswordGoesWithTheDomainInTheName) {
  const UNICODE_STRING before = counted(u"old"), after = counted(u"new");
  EXPECT_EQ(change_password(&attempt_.UserName, &attempt_.DomainName, &before, &after), STATUS_SUCCESS);
  ASSERT_EQ(fake_.asked.size(), 1u);
  EXPECT_EQ(fake_.asked[0].user, "EXAMPLE+alice");
  EXPECT_EQ(fake_.asked[0].password, "old");
  EXPECT_EQ(fake_.asked[0].new_password, "new");
  fake_.result = wbc::password_change_failed;
  EXPECT_EQ(change_password(&attempt_.UserName, &attempt_.DomainName, &before, &after), STATUS_PASSWORD_RESTRICTION);
  for (const NTSTATUS status : {STATUS_WRONG_PASSWORD, STATUS_PASSWORD_RESTRICTION, STATUS_ACCESS_DENIED}) {
    fake_.nt_status = static_cast<std::uint32_t>(status);
    EXPECT_EQ(change_password(&attempt_.UserName, &attempt_.DomainName, &before, &after), status);
  }
  const std::u16string longer(256, u'a');
  const UNICODE_STRING cut = counted(longer);
  const std::size_t asked = fake_.asked.size();
  EXPECT_EQ(change_password(&attempt_.UserName, &attempt_.DomainName, &before, &cut), STATUS_ILL_FORMED_PASSWORD);
  EXPECT_EQ(change_password(&attempt_.UserName, &attempt_.DomainName, &cut, &after), STATUS_WRONG_PASSWORD);
  EXPECT_EQ(fake_.asked.size(), asked);
}

}  // namespace
}  // namespace winbind::test
