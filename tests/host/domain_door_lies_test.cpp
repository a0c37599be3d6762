// A domain door that lies, throws, or is no domain door.
#include "host/domain_door.hpp"

namespace openlsa::host::test {
namespace {

TEST_F(DomainDoorTest, NoLieGetsThrough) {
  for (const char16_t* liar :
       {u"liar-status",      u"liar-sid",         u"liar-no-sid",      u"liar-no-group", u"liar-group",
        u"liar-group-count", u"liar-groups-null", u"liar-attributes",  u"liar-name",     u"liar-surrogate",
        u"liar-control",     u"liar-odd",         u"liar-long",        u"liar-domain",   u"liar-uid",
        u"liar-gid",         u"liar-posix-group", u"liar-posix-count", u"liar-flags",    u"liar-key",
        u"liar-lm-key",      u"liar-time"}) {
    const std::string name(liar, liar + std::char_traits<char16_t>::length(liar));
    const auto reply = log_on(liar);
    EXPECT_EQ(reply.status, STATUS_INTERNAL_ERROR) << name;
    EXPECT_TRUE(reply.account.user.empty() && reply.account.user_name.empty() && reply.account.groups.empty()) << name;
    EXPECT_TRUE(reply.session_base_key.empty()) << name;
    EXPECT_EQ(door().live_accounts, 0u) << name;  // freed although it was refused
  }
}

TEST_F(DomainDoorTest, WhatLooksTrueIsTheAuthoritysToJudge) {
  for (const char16_t* name : {u"foreign", u"system", u"administrators", u"root", u"label"})
    EXPECT_EQ(log_on(name).status, STATUS_SUCCESS);
}

TEST_F(DomainDoorTest, ALookUpIsCheckedAsALogonIs) {
  EXPECT_EQ(look_up(u"liar-sid").status, STATUS_INTERNAL_ERROR);
  EXPECT_EQ(look_up(u"liar-uid").status, STATUS_INTERNAL_ERROR);
  EXPECT_EQ(look_up(u"liar-key").status, STATUS_SUCCESS);  // no logon: there is no key to look at
  seam::LookUpDomainAccountRequest request;
  request.sid = sid("S-1-5-21-1111-2222-3333-1172");  // answers for alice
  const auto reply = runtime->look_up_domain_account(request);
  EXPECT_EQ(reply.status, STATUS_INTERNAL_ERROR);
  EXPECT_TRUE(reply.account.user.empty());
}

TEST_F(DomainDoorTest, DomainsAreAllTrueOrNone) {
  place("liar-domains");
  auto reply = runtime->enumerate_domains({});
  EXPECT_EQ(reply.status, STATUS_INTERNAL_ERROR);
  EXPECT_TRUE(reply.domains.empty());
  place("liar-domain-count");
  EXPECT_EQ(runtime->enumerate_domains({}).status, STATUS_INTERNAL_ERROR);
}

TEST_F(DomainDoorTest, AnExceptionEndsTheCallAndNotTheHost) {
  EXPECT_EQ(log_on(u"throw").status, STATUS_INTERNAL_ERROR);
  EXPECT_EQ(log_on(u"alice").status, STATUS_SUCCESS);
}

TEST_F(HostTest, ATableThatIsNoneIsRefusedWithItsReason) {
  const std::pair<const char*, const char*> expected[]{
      {"no_table", "gave no table (NULL)"},
      {"heap", "does not lie in the file's memory"},
      {"version", "version 2; this host knows version 1"},
      {"size", "bytes; version 1 has"},
      {"missing", "without FreeDomains"},
      {"slot", "ChangePassword names no code"},
      {"fails", "failed with 0xc0000135"},
      {"throws", "failed with 0xc00000e5"},
  };
  for (const auto& [kind, reason] : expected) {
    const std::string file = std::string(TEST_PACKAGES) + "/test_broken_door_" + kind + ".so";
    const auto reply = load_door(file, seam::Door::domain);
    EXPECT_EQ(reply.status, SEC_E_CANNOT_INSTALL) << kind;
    EXPECT_NE(reply.reason.find(reason), std::string::npos) << reply.reason;
    EXPECT_EQ(runtime->enumerate_domains({}).status, STATUS_NOT_SUPPORTED) << kind;
    HostTest::TearDown();
  }
}

TEST_F(HostTest, ASecurityPackageIsNoDomainDoorAndTheOtherWayRound) {
  auto reply = load_door(std::string(TEST_PACKAGES) + "/test_echo.so", seam::Door::domain);
  EXPECT_EQ(reply.status, SEC_E_CANNOT_INSTALL);
  EXPECT_NE(reply.reason.find("exports no OpenlsaDomainInitialize"), std::string::npos) << reply.reason;
  HostTest::TearDown();
  reply = load_door(TEST_DOMAIN_DOOR, seam::Door::security_packages);
  EXPECT_EQ(reply.status, SEC_E_CANNOT_INSTALL) << reply.reason;
}

TEST_F(HostTest, CheckingADoorInitializesNothing) {
  // It would fail, were it initialised.
  const auto reply = load_door(std::string(TEST_PACKAGES) + "/test_broken_door_fails.so", seam::Door::domain, {}, true);
  EXPECT_EQ(reply.status, STATUS_SUCCESS) << reply.reason;
  EXPECT_EQ(reply.entry_points, std::vector<std::string>{"OpenlsaDomainInitialize"});
  EXPECT_EQ(runtime->enumerate_domains({}).status, STATUS_NOT_SUPPORTED);
}

}  // namespace
}  // namespace openlsa::host::test
