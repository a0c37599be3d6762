// LookUp and EnumerateDomains.
#include <gtest/gtest.h>

#include <openlsa/ntstatus.h>

#include "fake_library.hpp"
#include "nt/sid.hpp"

namespace winbind::test {
namespace {

class WinbindLookUp : public ::testing::Test {
 protected:
  WinbindLookUp() { account_.Size = sizeof account_; }
  NTSTATUS by_name(std::u16string_view user, std::u16string_view domain) {
    const UNICODE_STRING user_text = counted(user), domain_text = counted(domain);
    return look_up(nullptr, &user_text, &domain_text, &account_);
  }
  NTSTATUS by_sid(const openlsa::nt::Sid& sid) {
    auto bytes = sid.to_bytes();
    return look_up(bytes.data(), nullptr, nullptr, &account_);
  }
  void expect_alice() {
    EXPECT_EQ(text_of(account_.UserName), u"alice");
    EXPECT_EQ(text_of(account_.FullName), u"Alice Example");
    EXPECT_EQ(text_of(account_.DomainName), u"EXAMPLE");
    EXPECT_EQ(text_of(account_.DnsDomainName), u"example.test");
    EXPECT_EQ(sid_text(account_.UserSid), "S-1-5-21-1-2-3-1103");
    EXPECT_EQ(sid_text(account_.PrimaryGroupSid), "S-1-5-21-1-2-3-513");
    ASSERT_EQ(account_.GroupCount, 1u);
    EXPECT_EQ(sid_text(account_.Groups[0].Sid), "S-1-5-21-1-2-3-1109");
    EXPECT_EQ(account_.Groups[0].Attributes, 7u);
    EXPECT_EQ(account_.Uid, 301103u);
    free_account(&account_);
  }

  FakeLibrary fake_;
  OPENLSA_DOMAIN_ACCOUNT account_{};
};

TEST_F(WinbindLookUp, FindsByNameAndBySid) {
  ASSERT_EQ(by_name(u"ALICE", u"example.test"), STATUS_SUCCESS);
  expect_alice();
  ASSERT_EQ(fake_.asked.size(), 1u);
  EXPECT_EQ(fake_.asked[0].user, "ALICE");
  EXPECT_EQ(fake_.asked[0].domain, "example.test");
  ASSERT_EQ(by_sid(openlsa::nt::Sid(5, {21, 1, 2, 3, 1103})), STATUS_SUCCESS);
  expect_alice();
}

TEST_F(WinbindLookUp, AGroupIsNoAccount) {
  fake_.type = static_cast<wbc::SidType>(2);
  EXPECT_EQ(by_name(u"readers", u"EXAMPLE"), STATUS_NONE_MAPPED);
  EXPECT_EQ(by_sid(openlsa::nt::Sid(5, {21, 1, 2, 3, 1109})), STATUS_NONE_MAPPED);
  EXPECT_EQ(account_.UserSid, nullptr);
}

// winbindd says "not found" in both cases.
TEST_F(WinbindLookUp, NotFoundIsNotKnownWhenTheDomainCannotBeAsked) {
  fake_.result = wbc::domain_not_found;
  EXPECT_EQ(by_name(u"nobody", u"EXAMPLE"), STATUS_NONE_MAPPED);
  fake_.pings = false;
  EXPECT_EQ(by_name(u"nobody", u"EXAMPLE"), STATUS_NO_LOGON_SERVERS);
  EXPECT_EQ(by_sid(openlsa::nt::Sid(5, {21, 1, 2, 3, 1103})), STATUS_NO_LOGON_SERVERS);
  fake_.result = wbc::winbind_not_available;
  EXPECT_EQ(by_name(u"alice", u"EXAMPLE"), STATUS_NO_LOGON_SERVERS);
  EXPECT_EQ(by_sid(openlsa::nt::Sid(5, {21, 1, 2, 3, 1103})), STATUS_NO_LOGON_SERVERS);
}

TEST_F(WinbindLookUp, WhatIsNoNameIsNotAsked) {
  EXPECT_EQ(by_name(u"a\\b", u"EXAMPLE"), STATUS_NONE_MAPPED);
  EXPECT_EQ(by_name(u"alice", u""), STATUS_NONE_MAPPED);
  EXPECT_TRUE(fake_.asked.empty());
}

// As Samba 4.17 lists them on a member: this machine's own accounts are no domain.
TEST_F(WinbindLookUp, TheDomainOfThisMachineComesFirst) {
  static char builtin[] = "BUILTIN", member[] = "MEMBER1", trusted[] = "TRUSTED", trusted_dns[] = "trusted.test",
              example[] = "EXAMPLE", example_dns[] = "EXAMPLE.TEST", none[] = "";
  fake_.domains = {{builtin, none, {1, 1, {0, 0, 0, 0, 0, 5}, {32}}, 0, 0, 4, nullptr},
                   {member, none, {1, 4, {0, 0, 0, 0, 0, 5}, {21, 9, 9, 9}}, 0, 4, 4, nullptr},
                   {trusted, trusted_dns, {1, 4, {0, 0, 0, 0, 0, 5}, {21, 4, 5, 6}}, 0, 5, 1, nullptr},
                   {example, example_dns, domain_sid, 0, 5, 5, nullptr}};
  OPENLSA_DOMAIN_NAME* domains = nullptr;
  ULONG count = 0;
  ASSERT_EQ(enumerate_domains(&domains, &count), STATUS_SUCCESS);
  ASSERT_EQ(count, 2u);
  EXPECT_EQ(text_of(domains[0].Netbios), u"EXAMPLE");
  EXPECT_EQ(text_of(domains[0].Dns), u"EXAMPLE.TEST");
  EXPECT_EQ(sid_text(domains[0].Sid), "S-1-5-21-1-2-3");
  EXPECT_EQ(text_of(domains[1].Netbios), u"TRUSTED");
  free_domains(domains, count);
  fake_.domains.resize(2);
  ASSERT_EQ(enumerate_domains(&domains, &count), STATUS_SUCCESS);
  EXPECT_EQ(count, 0u);
  free_domains(domains, count);
  fake_.result = wbc::winbind_not_available;
  EXPECT_EQ(enumerate_domains(&domains, &count), STATUS_NO_LOGON_SERVERS);
}

}  // namespace
}  // namespace winbind::test
