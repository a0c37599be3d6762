// Tokens of a domain's accounts: who may have them made, and what is in them.
#include "authority_domain/domain_test.hpp"

namespace openlsa::authority {
namespace {

class DomainTokens : public DomainTest {
 protected:
  // As the built-in package, whose rights stand in no file.
  void speak_for_every_account() {
    Rights& rights = const_cast<Rights&>(context("keeper")->rights());
    rights.vouch_for.clear();
    rights.every_account = true;
  }
  nt::TokenData token_of(const seam::LsaLogonUserReply& reply) {
    return trusted_.connection->query_token({reply.token}).data;
  }
  static bool has(const nt::TokenData& token, const nt::Sid& group) {
    for (const nt::SidAndAttributes& candidate : token.information.groups)
      if (candidate.sid == group) return true;
    return false;
  }
  TokenRequest request(const nt::Sid& user, const Rights& rights) {
    const nt::Luid id = authority_->sessions().allocate();
    EXPECT_EQ(authority_->sessions().create(id, 1, {}), STATUS_SUCCESS);
    TokenRequest request;
    request.session = authority_->sessions().find(id);
    request.rights = &rights;
    request.logon_type = 2;
    request.information.type = 1;
    request.information.user.sid = user;
    return request;
  }
};

TEST_F(DomainTokens, HaveTheDomainsSidsAndTheUidOfItsMapping) {
  speak_for_every_account();
  const auto reply = log_on_user(u"alice");
  ASSERT_EQ(reply.status, STATUS_SUCCESS);
  const nt::TokenData token = token_of(reply);
  EXPECT_EQ(token.information.user.sid, corp.with_rid(1104));
  EXPECT_EQ(token.information.primary_group, corp.with_rid(513));
  for (const nt::Sid& group : {corp.with_rid(513), corp.with_rid(2001), trust.with_rid(2002), nt::well_known::users,
                               nt::well_known::interactive, nt::well_known::world})
    EXPECT_TRUE(has(token, group)) << group.to_string();
  EXPECT_FALSE(has(token, nt::well_known::administrators));
  EXPECT_FALSE(has(token, nt::well_known::unix_groups.with_rid(202'001))) << "its groups have SIDs of their own";
  ASSERT_TRUE(token.posix);
  EXPECT_EQ(token.posix->uid, 200'104u);
  EXPECT_EQ(token.posix->groups, (std::vector<std::uint32_t>{202'001}));
}

TEST_F(DomainTokens, APackageAddsNothingToWhatTheDomainSaid) {
  speak_for_every_account();
  const auto reply = log_on_user(u"alice", 2, [&](seam::LogonUserReply& says) {
    says.token_information.groups.push_back({corp.with_rid(512), 7});
    says.token_information.groups.push_back({nt::well_known::administrators, 7});
    says.token_information.primary_group = corp.with_rid(512);
  });
  ASSERT_EQ(reply.status, STATUS_SUCCESS);
  const nt::TokenData token = token_of(reply);
  EXPECT_FALSE(has(token, corp.with_rid(512)));
  EXPECT_FALSE(has(token, nt::well_known::administrators));
  EXPECT_EQ(token.information.primary_group, corp.with_rid(513));
}

// What a domain's administrators may do here, this machine's policy says.
TEST_F(DomainTokens, AnAdministratorOfTheDomainIsNoneOfThisMachine) {
  speak_for_every_account();
  accounts_[u"alice"].groups.push_back({corp.with_rid(512), 7});
  const auto reply = log_on_user(u"alice");
  ASSERT_EQ(reply.status, STATUS_SUCCESS);
  EXPECT_TRUE(has(token_of(reply), corp.with_rid(512)));
  EXPECT_FALSE(has(token_of(reply), nt::well_known::administrators));
  const std::size_t before = token_of(reply).information.privileges.size();
  ASSERT_EQ(authority_->policy().add_rights(corp.with_rid(512), AccountRights{AccountRight::backup}), STATUS_SUCCESS);
  EXPECT_EQ(token_of(log_on_user(u"alice")).information.privileges.size(), before + 1);
}

TEST_F(DomainTokens, APackageForEveryAccountSpeaksForThoseAloneThatWereJudgedInTheCall) {
  speak_for_every_account();
  accounts_[u"bob"] = alice();
  accounts_[u"bob"].user_name = u"bob";
  accounts_[u"bob"].user = corp.with_rid(1105);
  accounts_[u"bob"].posix.reset();
  ASSERT_EQ(log_on_user(u"bob").status, STATUS_SUCCESS) << "bob is known now";
  const auto stranger = [](seam::LogonUserReply& says) { says.token_information.user.sid = corp.with_rid(1105); };
  EXPECT_EQ(log_on_user(u"alice", 2, stranger).status, STATUS_ACCESS_DENIED);
  packages_["keeper"].logon_user = [&](seam::LogonUserRequest request) { return accept(request, corp.with_rid(1105)); };
  EXPECT_EQ(trusted_.connection->lsa_logon_user(logon_request(trusted_, "keeper")).status, STATUS_ACCESS_DENIED);
}

TEST_F(DomainTokens, AJudgementIsForOneTokenOfItsOwnCall) {
  speak_for_every_account();
  DomainIdentities& identities = authority_->domain_identities();
  ASSERT_EQ(log_on(u"alice").status, STATUS_SUCCESS);
  const auto alice = identities.find(corp.with_rid(1104));
  ASSERT_TRUE(alice);
  identities.judged({7}, {8}, {*alice, false});
  EXPECT_FALSE(identities.take_judged({7}, {9}, alice->user)) << "another host";
  EXPECT_FALSE(identities.take_judged({6}, {8}, alice->user)) << "another call";
  EXPECT_FALSE(identities.take_judged({7}, {8}, corp.with_rid(1105)));
  EXPECT_TRUE(identities.take_judged({7}, {8}, alice->user));
  EXPECT_FALSE(identities.take_judged({7}, {8}, alice->user)) << "it was taken";
  identities.judged({7}, {8}, {*alice, false});
  identities.call_ended({7});
  EXPECT_FALSE(identities.take_judged({7}, {8}, alice->user)) << "the call is over";
}

TEST_F(DomainTokens, OfAnotherPackageNeedTheAccountToBeNamed) {
  const nt::Sid user = corp.with_rid(1104);
  ASSERT_EQ(log_on(u"alice").status, STATUS_SUCCESS) << "the name is known from here on";
  const auto made_with = [&](std::vector<std::string> vouch_for) {
    Rights rights;
    rights.vouch_for = std::move(vouch_for);
    const auto token = authority_->tokens().create(request(user, rights));
    return token ? STATUS_SUCCESS : token.error();
  };
  EXPECT_EQ(made_with({}), STATUS_ACCESS_DENIED);
  EXPECT_EQ(made_with({"alice"}), STATUS_ACCESS_DENIED) << "that is an account of this machine";
  EXPECT_EQ(made_with({"BOX\\alice"}), STATUS_ACCESS_DENIED);
  EXPECT_EQ(made_with({"corp\\ALICE"}), STATUS_SUCCESS);
  EXPECT_EQ(made_with({user.to_string()}), STATUS_SUCCESS);
  EXPECT_EQ(made_with({"*"}), STATUS_SUCCESS);
}

TEST_F(DomainTokens, ANetworkLogonMakesSessionAndTokenAtOnce) {
  seam::LogOnAccountRequest asked = attempt(u"alice", u"CORP", right_password, 3);
  asked.flags |= OPENLSA_ATTEMPT_TOKEN;
  const auto reply = log_on(std::move(asked));
  ASSERT_EQ(reply.status, STATUS_SUCCESS);
  EXPECT_NE(reply.token, 0u);
  EXPECT_NE(audited().find(R"("event":"logon")"), std::string::npos);
  keeper_->close_host_token({reply.token});
  const_cast<Rights&>(context("keeper")->rights()).vouch_for.clear();
  asked = attempt(u"alice", u"CORP", right_password, 3);
  asked.flags |= OPENLSA_ATTEMPT_TOKEN;
  EXPECT_EQ(log_on(std::move(asked)).status, STATUS_ACCESS_DENIED);
}

}  // namespace
}  // namespace openlsa::authority
