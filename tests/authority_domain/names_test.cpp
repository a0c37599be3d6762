// Names of domains and their accounts.
#include "authority_domain/domain_test.hpp"

namespace openlsa::authority {
namespace {

class DomainNames : public DomainTest {
 protected:
  void SetUp() override {
    DomainTest::SetUp();
    seam::OpenPolicyRequest request;
    request.desired_access = 0x800;  // POLICY_LOOKUP_NAMES
    policy_ = trusted_.connection->open_policy(request).policy;
  }
  std::string sid_of(std::u16string_view name) {
    const auto reply = trusted_.connection->lookup_names({policy_, {seam::Text(name)}});
    return reply.status != STATUS_SUCCESS || reply.sids.empty() ? "" : reply.sids[0].sid.to_string();
  }
  std::u16string name_of(const nt::Sid& sid) {
    const auto reply = trusted_.connection->lookup_sids({policy_, {sid}});
    if (reply.status != STATUS_SUCCESS) return u"";
    const seam::TranslatedName& name = reply.names[0];
    return reply.domains[static_cast<std::size_t>(name.domain)].name + u"\\" + name.name;
  }
  std::uint32_t policy_ = 0;
};

TEST_F(DomainNames, AccountsAreFoundByEachOfTheirNames) {
  const std::string alice = corp.with_rid(1104).to_string();
  for (const std::u16string_view name : {u"CORP\\alice", u"corp.example\\alice", u"alice@corp.example"})
    EXPECT_EQ(sid_of(name), alice);
  EXPECT_EQ(sid_of(u"alice"), user_.sid.to_string()) << "the machine's own first";
  EXPECT_EQ(name_of(corp.with_rid(1104)), u"CORP\\alice");
  EXPECT_EQ(sid_of(u"CORP"), corp.to_string());
  EXPECT_EQ(name_of(trust), u"TRUST\\");
  EXPECT_EQ(sid_of(u"CORP\\nobody"), "");
  EXPECT_EQ(name_of(nt::Sid{5, {21, 9, 9, 9, 1104}}), u"");
}

TEST_F(DomainNames, TheDoorIsAskedAboutItsOwnDomainsOnceForEachAccount) {
  for (int i = 0; i < 3; ++i) EXPECT_NE(sid_of(u"CORP\\alice"), "");
  EXPECT_EQ(look_ups_, 1);
  sid_of(u"ELSEWHERE\\alice");
  name_of(nt::Sid{5, {21, 9, 9, 9, 1104}});
  EXPECT_EQ(look_ups_, 1);
}

TEST_F(DomainNames, ManyNamesAreNotManyQuestions) {
  const auto reply = trusted_.connection->lookup_names({policy_, std::vector<seam::Text>(1000, u"CORP\\nobody")});
  EXPECT_EQ(reply.status, STATUS_NONE_MAPPED);
  EXPECT_LE(look_ups_, 64);
}

// A call that does not wait asks nobody.
TEST_F(DomainNames, TranslateNameKnowsWhatIsRemembered) {
  EXPECT_EQ(trusted_.connection->translate_name({u"CORP\\alice"}).status, STATUS_NONE_MAPPED);
  EXPECT_EQ(look_ups_ + enumerated_, 0);
  ASSERT_EQ(log_on(u"alice").status, STATUS_SUCCESS);
  const auto reply = trusted_.connection->translate_name({u"CORP\\alice"});
  EXPECT_EQ(reply.status, STATUS_SUCCESS);
  EXPECT_EQ(reply.domain, u"CORP");
}

TEST_F(DomainNames, WhatTheDoorSaysIsCheckedHereToo) {
  accounts_[u"alice"].user = user_.sid;
  EXPECT_EQ(sid_of(u"CORP\\alice"), "");
  accounts_[u"alice"] = alice();
  accounts_[u"alice"].user = corp.with_rid(1);
  packages_["domain"].look_up_domain = [&](seam::LookUpDomainAccountRequest) {
    return seam::LookUpDomainAccountReply{STATUS_SUCCESS, accounts_[u"alice"]};
  };
  EXPECT_EQ(name_of(corp.with_rid(1104)), u"") << "another account than was asked for";
}

}  // namespace
}  // namespace openlsa::authority
