// openlsa_accounts.h: what a package may ask of keys, and of whom.
#include <openlsa/openlsa.h>

#include "authority/accounts/ntlm_response.hpp"
#include "authority_support/support_test.hpp"
#include "crypto/ntlm_response.hpp"

namespace openlsa::authority {
namespace {

constexpr std::u16string_view password = u"Correct horse 9";

base::Secret secret(std::u16string_view text) { return base::Secret(base::as_bytes(text.data(), text.size() * 2)); }

class AccountKeys : public SupportTest {
 protected:
  void SetUp() override {
    Rights keys = everyone();
    keys.account_keys = true;
    add_package("keeper", u"Keeper", keys);
    keys.vouch_for.clear();
    add_package("judge", u"Judge", keys);
    SupportTest::SetUp();
    keeper_ = std::make_unique<HostSupport>(*authority_, context("keeper"));
    judge_ = std::make_unique<HostSupport>(*authority_, context("judge"));
    NewAccount carol;
    carol.name = "carol";
    carol.key = nt_key_of(secret(password));
    ASSERT_TRUE(authority_->accounts().add(carol));
  }
  static seam::LogOnAccountRequest attempt(const seam::SupportCaller& caller, std::u16string_view with,
                                           std::uint32_t flags = 0) {
    seam::LogOnAccountRequest request;
    request.caller = caller;
    request.flags = OPENLSA_ATTEMPT_PASSWORD | flags;
    request.logon_type = 3;
    request.source = {"Keeper", {}};
    request.user_name = u"carol";
    request.password = secret(with);
    return request;
  }
  // An NTLMv1 response to a challenge of zeros.
  static seam::LogOnAccountRequest attempt_v1(const seam::SupportCaller& caller) {
    seam::LogOnAccountRequest request = attempt(caller, u"");
    request.flags = 0;
    request.password.reset();
    const crypto::Response24 response = crypto::ntlmv1_response(crypto::nt_owf(password), {});
    request.nt_response.assign(response.begin(), response.end());
    request.accepted_responses = OPENLSA_RESPONSE_NTLM_V1 | OPENLSA_RESPONSE_NTLM_V2;
    return request;
  }

  std::unique_ptr<HostSupport> keeper_, judge_;
};

TEST_F(AccountKeys, NeedTheRight) {
  EXPECT_EQ(keeper_->log_on_account(attempt(nobody("keeper"), password)).status, STATUS_SUCCESS);
  EXPECT_EQ(keeper_->log_on_account(attempt(nobody("keeper"), u"wrong")).status, STATUS_WRONG_PASSWORD);
  EXPECT_EQ(alpha_->log_on_account(attempt(nobody("alpha"), password)).status, STATUS_ACCESS_DENIED);
  EXPECT_TRUE(refused("account_keys"));
  EXPECT_EQ(
      alpha_->change_local_password({nobody("alpha"), u"carol", u"", secret(password), secret(u"Another 1")}).status,
      STATUS_ACCESS_DENIED);
  EXPECT_TRUE(refused("account_keys"));
  EXPECT_EQ(alpha_->compute_ntlm_v2({nobody("alpha"), {}, u"carol", u"", {}, base::Bytes(28)}).status,
            STATUS_ACCESS_DENIED);
  EXPECT_TRUE(refused("account_keys"));
}

TEST_F(AccountKeys, ATokenNeedsTheRightToVouchAsWell) {
  EXPECT_EQ(judge_->log_on_account(attempt(nobody("judge"), password)).status, STATUS_SUCCESS);
  EXPECT_EQ(judge_->log_on_account(attempt(nobody("judge"), password, OPENLSA_ATTEMPT_TOKEN)).status,
            STATUS_ACCESS_DENIED);
  EXPECT_TRUE(refused("may not vouch"));
  const auto reply = keeper_->log_on_account(attempt(nobody("keeper"), password, OPENLSA_ATTEMPT_TOKEN));
  ASSERT_EQ(reply.status, STATUS_SUCCESS);
  EXPECT_NE(reply.token, 0u);
  keeper_->close_host_token({reply.token});
}

TEST_F(AccountKeys, NoProofIsForALogonProcessAlone) {
  TestClient user = client(user_uid, false), trusted = client(0, true);
  seam::LogOnAccountRequest asked = attempt(on_channel(user, "keeper"), u"");
  asked.flags = OPENLSA_ATTEMPT_NO_PROOF;
  asked.password.reset();
  EXPECT_EQ(keeper_->log_on_account(std::move(asked)).status, STATUS_ACCESS_DENIED);
  EXPECT_TRUE(refused("without a proof"));
  asked = attempt(on_channel(trusted, "keeper"), u"");
  asked.flags = OPENLSA_ATTEMPT_NO_PROOF;
  asked.password.reset();
  EXPECT_EQ(keeper_->log_on_account(std::move(asked)).status, STATUS_SUCCESS);
  const seam::SupportCaller caller = on_channel(user, "keeper");
  EXPECT_EQ(keeper_->change_local_password({caller, u"carol", u"", std::nullopt, secret(u"Another 1")}).status,
            STATUS_ACCESS_DENIED);
  EXPECT_TRUE(refused("without the old one"));
}

TEST_F(AccountKeys, ASessionAnswersForItsOwnClientAlone) {
  TestClient user = client(user_uid, false), other = client(user_uid + 1, false);
  const seam::SupportCaller caller = on_channel(user, "keeper"), stranger = on_channel(other, "keeper");
  const auto found = authority_->calls().find(context("keeper")->id, caller);
  ASSERT_TRUE(found);
  const nt::Luid session = found->view.logon_id;
  EXPECT_EQ(keeper_->compute_ntlm_v2({caller, session, u"u", u"", {}, base::Bytes(28)}).status, STATUS_NO_SUCH_MEMBER)
      << "its own, which has no password";
  EXPECT_EQ(keeper_->compute_ntlm_v2({stranger, session, u"u", u"", {}, base::Bytes(28)}).status, STATUS_ACCESS_DENIED);
  EXPECT_TRUE(refused("not its caller's"));
}

// The response is right, and the package would take it.
TEST_F(AccountKeys, TheAuthoritysLevelDecidesWhichResponsesCount) {
  EXPECT_EQ(keeper_->log_on_account(attempt_v1(nobody("keeper"))).status, STATUS_NTLM_BLOCKED);
  const seam::LogOnAccountRequest request = attempt_v1(nobody("keeper"));
  const NtKey key = nt_key_of(secret(password));
  EXPECT_TRUE(verify_response(key, {u"carol", u"", {}, OPENLSA_RESPONSE_NTLM_V1, request.nt_response}));
  EXPECT_FALSE(verify_response(key, {u"carol", u"", {1}, OPENLSA_RESPONSE_NTLM_V1, request.nt_response}));
  EXPECT_FALSE(verify_response(key, {u"carol", u"", {}, OPENLSA_RESPONSE_NTLM_V2, request.nt_response}));
}

TEST_F(AccountKeys, NamesThatAreNoNamesGoTheWayOfUnknownUsers) {
  for (const std::u16string_view name : {u"BOX\\carol", u"carol@elsewhere", u"", u"@box"}) {
    seam::LogOnAccountRequest asked = attempt(nobody("keeper"), password);
    asked.user_name = name;
    EXPECT_EQ(keeper_->log_on_account(std::move(asked)).status, STATUS_NO_SUCH_USER);
  }
  seam::LogOnAccountRequest asked = attempt(nobody("keeper"), password);
  asked.user_name = u"CAROL@box";
  EXPECT_EQ(keeper_->log_on_account(std::move(asked)).status, STATUS_SUCCESS);
}

}  // namespace
}  // namespace openlsa::authority
