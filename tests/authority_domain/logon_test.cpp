// An attempt at an account of a domain, as a package with the right to use keys makes it.
#include "authority_domain/domain_test.hpp"

#include "crypto/ntlm_response.hpp"

namespace openlsa::authority {
namespace {

class DomainLogon : public DomainTest {
 protected:
  // A network logon with an NTLMv2 response; what is in it is the door's to judge.
  seam::LogOnAccountRequest response(std::size_t nt = 16 + 28, std::size_t lm = 24) {
    seam::LogOnAccountRequest request = attempt(u"alice", u"CORP", u"", 3);
    request.flags = 0;
    request.password.reset();
    request.challenge = {1, 2, 3, 4, 5, 6, 7, 8};
    request.accepted_responses = OPENLSA_RESPONSE_NTLM_V2 | OPENLSA_RESPONSE_NTLM_V1;
    request.nt_response.assign(nt, 0x11);
    request.lm_response.assign(lm, 0x22);
    return request;
  }
};

TEST_F(DomainLogon, OfTheRightPasswordIsWhatTheDomainSays) {
  extra_.user_flags = LOGON_NTLMV2_ENABLED;
  extra_.times.password_set = 4711;
  const auto reply = log_on(u"ALICE");
  ASSERT_EQ(reply.status, STATUS_NO_SUCH_USER) << "the test's directory has case";
  const auto good = log_on(u"alice", u"corp");
  ASSERT_EQ(good.status, STATUS_SUCCESS);
  EXPECT_EQ(good.user_name, u"alice");
  EXPECT_EQ(good.domain_name, u"CORP");
  EXPECT_EQ(good.user, corp.with_rid(1104));
  EXPECT_EQ(good.primary_group, corp.with_rid(513));
  EXPECT_EQ(good.groups, (std::vector<nt::SidAndAttributes>{
                             {corp.with_rid(513), 7}, {corp.with_rid(2001), 7}, {trust.with_rid(2002), 7}}));
  EXPECT_EQ(good.logon_server, u"DC1");
  EXPECT_EQ(good.user_flags, std::uint32_t{LOGON_NTLMV2_ENABLED});
  EXPECT_EQ(good.times.password_set, 4711);
  EXPECT_TRUE(good.session_base_key.empty()) << "there was no response";
}

TEST_F(DomainLogon, StatusesOfTheDomainAreTheAnswer) {
  EXPECT_EQ(log_on(u"alice", u"CORP", u"wrong").status, STATUS_WRONG_PASSWORD);
  EXPECT_EQ(log_on(u"mallory").status, STATUS_NO_SUCH_USER);
  for (const nt::Status status : {STATUS_ACCOUNT_LOCKED_OUT, STATUS_ACCOUNT_DISABLED, STATUS_PASSWORD_MUST_CHANGE,
                                  STATUS_NO_LOGON_SERVERS, STATUS_NO_TRUST_SAM_ACCOUNT}) {
    status_ = status;
    EXPECT_EQ(log_on(u"alice").status, status);
  }
  status_ = 0x103;  // STATUS_PENDING: neither yes nor no
  EXPECT_EQ(log_on(u"alice").status, STATUS_INTERNAL_ERROR);
}

TEST_F(DomainLogon, AWrongPasswordCountsAgainstNoAccountHere) {
  for (int i = 0; i < 20; ++i) EXPECT_EQ(log_on(u"alice", u"CORP", u"wrong").status, STATUS_WRONG_PASSWORD);
  EXPECT_EQ(authority_->accounts().find_by_name(std::string_view("alice"))->bad_password_count, 0u);
}

TEST_F(DomainLogon, AResponseGoesThroughWithItsChallengeAndBringsTheKeys) {
  const auto reply = log_on(response());
  ASSERT_EQ(reply.status, STATUS_SUCCESS);
  EXPECT_EQ(asked_->challenge, (seam::NtlmChallenge{1, 2, 3, 4, 5, 6, 7, 8}));
  EXPECT_EQ(asked_->nt_response, base::Bytes(44, 0x11));
  EXPECT_TRUE(asked_->lm_response.empty()) << "an NTLMv2 response decides alone";
  EXPECT_EQ(base::to_bytes(reply.session_base_key.reveal()), base::Bytes(16, 7));
  EXPECT_EQ(base::to_bytes(reply.lm_session_key.reveal()), base::Bytes(8, 8));
}

// The domain may take what this machine's policy does not.
TEST_F(DomainLogon, ResponsesThatThisMachineRefusesNeverLeaveIt) {
  EXPECT_EQ(log_on(response(24, 0)).status, STATUS_NTLM_BLOCKED) << "NTLMv1 at level 5";
  EXPECT_EQ(log_on(response(24, 24)).status, STATUS_NTLM_BLOCKED) << "nor does an LMv2 response beside it count";
  EXPECT_EQ(log_on(response(0, 24)).status, STATUS_NTLM_BLOCKED) << "LM or LMv2 alone";
  EXPECT_EQ(logons_, 0);
}

TEST_F(DomainLogon, AResponseWithoutASessionKeyIsNoLogon) {
  for (const base::Bytes& key : {base::Bytes(), base::Bytes(15, 7), base::Bytes(16, 0)}) {
    extra_.session_base_key = base::Secret(key);
    EXPECT_EQ(log_on(response()).status, STATUS_TRUSTED_DOMAIN_FAILURE);
  }
  EXPECT_EQ(log_on(u"alice").status, STATUS_SUCCESS) << "a password needs none";
}

TEST_F(DomainLogon, AGuestIsNotWhoWasAskedFor) {
  extra_.user_flags = LOGON_GUEST;
  EXPECT_EQ(log_on(u"alice").status, STATUS_NO_SUCH_USER);
}

TEST_F(DomainLogon, WithoutAProofIsALogonProcesss) {
  TestClient user = client(user_uid, false);
  const auto asked = [&](TestClient& client) {
    seam::LogOnAccountRequest request = attempt(u"alice");
    request.caller = on_channel(client, "keeper");
    request.flags = OPENLSA_ATTEMPT_NO_PROOF;
    request.password.reset();
    return request;
  };
  EXPECT_EQ(log_on(asked(user)).status, STATUS_ACCESS_DENIED);
  EXPECT_EQ(look_ups_, 0);
  const auto reply = log_on(asked(trusted_));
  EXPECT_EQ(reply.status, STATUS_SUCCESS);
  EXPECT_EQ(reply.user, corp.with_rid(1104));
  accounts_.clear();
  EXPECT_EQ(log_on(asked(trusted_)).status, STATUS_NO_SUCH_USER);
  reachable_ = false;
  EXPECT_EQ(log_on(asked(trusted_)).status, STATUS_NO_LOGON_SERVERS);
}

TEST_F(DomainLogon, NeedsTheRightToUseKeysAsAnyOther) {
  seam::LogOnAccountRequest request = attempt(u"alice");
  request.caller = nobody("alpha");
  EXPECT_EQ(alpha_->log_on_elsewhere(std::move(request)).status, STATUS_ACCESS_DENIED);
  EXPECT_TRUE(refused("account_keys"));
  EXPECT_EQ(logons_, 0);
}

TEST_F(DomainLogon, AHostThatHasEndedIsADomainThatCannotBeReached) {
  ASSERT_EQ(log_on(u"alice").status, STATUS_SUCCESS);
  const auto host = starter_.host("domain");
  packages_["domain"].log_on_domain = [&](seam::LogOnDomainAccountRequest) {
    host->die();
    seam::LogOnDomainAccountReply reply;
    reply.status = SEC_E_INTERNAL_ERROR;
    return reply;
  };
  EXPECT_EQ(log_on(response()).status, STATUS_NO_LOGON_SERVERS);
}

// Whether a bare name is an account here is not for a network to find out.
TEST_F(DomainLogon, ABareNameTowardsANetworkIsAnUnknownUserWhenTheDomainIsAway) {
  ASSERT_EQ(log_on(u"alice").status, STATUS_SUCCESS);
  reachable_ = false;
  seam::LogOnAccountRequest bare = response();
  bare.user_name = u"nobody";
  bare.domain_name = u"";
  EXPECT_EQ(log_on(std::move(bare)).status, STATUS_NO_SUCH_USER);
  EXPECT_EQ(log_on(response()).status, STATUS_NO_LOGON_SERVERS) << "CORP was named";
}

TEST_F(DomainLogon, APasswordIsChangedByTheDomain) {
  const auto change = [&](std::u16string_view old_password) {
    return keeper_->change_local_password(
        {nobody("keeper"), u"alice", u"CORP", secret(old_password), secret(u"Another 2024!")});
  };
  EXPECT_EQ(change(right_password).status, STATUS_SUCCESS);
  EXPECT_NE(audited().find(R"("event":"password-change")"), std::string::npos);
  EXPECT_EQ(change(u"wrong").status, STATUS_WRONG_PASSWORD);
  EXPECT_EQ(changes_, 2);
  const seam::SupportCaller trusted = on_channel(trusted_, "keeper");
  EXPECT_EQ(keeper_->change_local_password({trusted, u"alice", u"CORP", std::nullopt, secret(u"Another 2024!")}).status,
            STATUS_NOT_SUPPORTED)
      << "the domain's administrators set passwords there";
  EXPECT_EQ(changes_, 2);
}

}  // namespace
}  // namespace openlsa::authority
