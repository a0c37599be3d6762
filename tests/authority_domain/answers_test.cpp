// A door that somebody has taken over: whom and what it cannot name.
#include "authority_domain/domain_test.hpp"

namespace openlsa::authority {
namespace {

class HijackedDoor : public DomainTest {
 protected:
  seam::DomainAccount& account() { return accounts_[u"alice"]; }
  testing::AssertionResult is_refused() {
    audited();
    const nt::Status status = log_on(u"alice").status;
    const std::string lines = audited();
    if (status == STATUS_TRUSTED_DOMAIN_FAILURE && lines.find(R"("event":"domain-answer")") != std::string::npos)
      return testing::AssertionSuccess();
    return testing::AssertionFailure() << std::hex << status << " " << lines;
  }
  std::optional<nt::PosixIdentity> posix() {
    EXPECT_EQ(log_on(u"alice").status, STATUS_SUCCESS);
    return authority_->domain_identities().find(corp.with_rid(1104))->posix;
  }
};

TEST_F(HijackedDoor, CannotNameAnAccountThatIsNotItsDomains) {
  const nt::Sid own = authority_->accounts().domain_sid();
  for (const nt::Sid& sid : {user_.sid, own.with_rid(500), nt::well_known::local_system, nt::well_known::administrators,
                             nt::Sid{5, {21, 9, 9, 9, 1000}}, corp, corp.with_rid(0), corp.with_rid(1).with_rid(2),
                             nt::well_known::unix_users.with_rid(0), nt::well_known::anonymous, nt::Sid()}) {
    account() = alice();
    account().user = sid;
    EXPECT_TRUE(is_refused()) << sid.to_string();
  }
  EXPECT_EQ(authority_->domain_identities().size(), 0u);
}

TEST_F(HijackedDoor, CannotGiveOneDomainsAccountTheNameOfAnother) {
  account().domain_name = u"BOX";
  EXPECT_TRUE(is_refused());
  account().domain_name = u"TRUST";
  EXPECT_TRUE(is_refused());
}

TEST_F(HijackedDoor, CannotGiveNamesThatDeceive) {
  for (const std::u16string_view name : {u"", u"BOX\\root", u"a/b", u"new\nline"}) {
    account() = alice();
    account().user_name = name;
    EXPECT_TRUE(is_refused());
  }
  account() = alice();
  account().user_name.assign(257, u'x');
  EXPECT_TRUE(is_refused());
}

TEST_F(HijackedDoor, CannotGiveAPrimaryGroupOfThisMachine) {
  for (const nt::Sid& sid : {nt::well_known::administrators, user_.sid.domain().with_rid(513), nt::Sid{5, {18}}}) {
    account() = alice();
    account().primary_group = sid;
    EXPECT_TRUE(is_refused());
  }
  account() = alice();
  account().groups.resize(1025, {corp.with_rid(1), 7});
  EXPECT_TRUE(is_refused());
}

TEST_F(HijackedDoor, CannotGiveGroupsOfThisMachine) {
  account().groups = {{nt::well_known::administrators, 7},
                      {nt::well_known::local_system, 7},
                      {user_.sid.domain().with_rid(512), 7},
                      {nt::well_known::interactive, 7},
                      {nt::well_known::unix_groups.with_rid(0), 7},
                      {nt::Sid{5, {21, 9, 9, 9, 512}}, 7},
                      {nt::Sid{16, {0x4000}}, 7},
                      {nt::Sid{18, {1}}, 7},
                      {corp.with_rid(2001), 0xc0000017}};
  const auto reply = log_on(u"alice");
  ASSERT_EQ(reply.status, STATUS_SUCCESS);
  EXPECT_EQ(reply.groups, (std::vector<nt::SidAndAttributes>{
                              {corp.with_rid(513), 7}, {nt::Sid{18, {1}}, 7}, {corp.with_rid(2001), 7}}))
      << "and of the attributes those that a domain gives";
  EXPECT_NE(audited().find("not believed"), std::string::npos);
}

TEST_F(HijackedDoor, CannotGiveTheUidOfSomebodyElse) {
  ASSERT_TRUE(posix());
  NewAccount linked;
  linked.name = "linked";
  linked.uid = 5000;
  ASSERT_TRUE(authority_->accounts().add(linked));
  for (const std::uint32_t uid : {0u, 1u, 999u, 5000u, user_.uid, configuration_.uid_range.first,
                                  configuration_.uid_range.last, configuration_.host_uids.first, 0xfffffffeu, ~0u}) {
    account() = alice();
    account().posix->uid = uid;
    EXPECT_FALSE(posix()) << uid;
    EXPECT_NE(audited().find("not believed"), std::string::npos);
  }
  account() = alice();
  EXPECT_TRUE(posix()) << "the account itself was believed all the time";
}

TEST_F(HijackedDoor, CannotGiveAGidOfThisMachine) {
  ASSERT_TRUE(authority_->accounts().add_group({"staff", 6000, ""}));
  for (const std::uint32_t gid : {0u, 27u, 6000u, user_.uid, configuration_.uid_range.first}) {
    account() = alice();
    account().posix->gid = gid;
    EXPECT_FALSE(posix()) << gid;
    account() = alice();
    account().posix->groups = {gid, 202'001};
    const auto believed = posix();
    ASSERT_TRUE(believed) << gid;
    EXPECT_EQ(believed->groups, (std::vector<std::uint32_t>{202'001}));
  }
}

TEST_F(HijackedDoor, CannotGiveTwoAccountsOneUid) {
  ASSERT_TRUE(posix());
  accounts_[u"bob"] = alice();
  accounts_[u"bob"].user_name = u"bob";
  accounts_[u"bob"].user = corp.with_rid(1105);
  ASSERT_EQ(log_on(u"bob").status, STATUS_SUCCESS);
  EXPECT_FALSE(authority_->domain_identities().find(corp.with_rid(1105))->posix);
}

}  // namespace
}  // namespace openlsa::authority
