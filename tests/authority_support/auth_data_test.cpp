// GetAuthDataForUser, ConvertAuthDataToToken, and accounts by name.
#include "authority/support/auth_data.hpp"
#include "authority_support/support_test.hpp"

namespace openlsa::authority {
namespace {

class AuthDataCalls : public SupportTest {
 protected:
  seam::GetAuthDataForUserReply get(const std::u16string& name, std::uint32_t type = 0) {
    return alpha_->get_auth_data_for_user({nobody("alpha"), name, type, std::nullopt});
  }
  seam::ConvertAuthDataToTokenReply convert(HostSupport& host, const seam::SupportCaller& caller,
                                            const base::Secret& data) {
    seam::ConvertAuthDataToTokenRequest request;
    request.caller = caller;
    request.auth_data = data.duplicate();
    request.source = {"Alpha", {}};
    request.logon_type = 3;
    return host.convert_auth_data_to_token(std::move(request));
  }
};

TEST_F(AuthDataCalls, BecomesASessionWithItsToken) {
  const seam::GetAuthDataForUserReply data = get(u"BOX\\Alice");
  ASSERT_EQ(data.status, STATUS_SUCCESS);
  EXPECT_EQ(*data.user_flat_name, u"alice");
  const seam::ConvertAuthDataToTokenReply reply = convert(*alpha_, nobody("alpha"), data.auth_data);
  ASSERT_EQ(reply.status, STATUS_SUCCESS);
  EXPECT_EQ(*reply.account_name, u"alice");
  const nt::TokenData token = alpha_->query_host_token({nobody("alpha"), reply.token}).data;
  EXPECT_EQ(token.logon_id, reply.logon_id);
  EXPECT_EQ(token.posix->uid, user_.uid);
  alpha_->close_host_token({reply.token});
  packages_.at("beta").heard->wait_for(terminated(reply.logon_id));
}

TEST_F(AuthDataCalls, StatusesOfNames) {
  EXPECT_EQ(get(u"alice@box", 2).status, STATUS_SUCCESS);
  EXPECT_EQ(get(u"alice@elsewhere", 2).status, STATUS_NO_SUCH_USER);
  EXPECT_EQ(get(u"bob").status, STATUS_NO_SUCH_USER);
  EXPECT_EQ(get(u"alice", 1).status, STATUS_INVALID_PARAMETER) << "AlternateId without a prefix";
  EXPECT_EQ(get(u"alice", 4).status, STATUS_NO_SUCH_USER);
  EXPECT_EQ(get(u"alice", 5).status, STATUS_INVALID_PARAMETER);
  EXPECT_EQ(get(u"").status, STATUS_INVALID_PARAMETER);
}

TEST_F(AuthDataCalls, IsForOnePackageAndCannotBeMade) {
  const seam::GetAuthDataForUserReply data = get(u"alice");
  EXPECT_EQ(convert(*beta_, nobody("beta"), data.auth_data).status, STATUS_ACCESS_DENIED);
  EXPECT_TRUE(refused("another package"));
  base::Secret changed = data.auth_data.duplicate();
  changed.reveal_mutable()[changed.size() / 2] ^= 1;
  EXPECT_EQ(convert(*alpha_, nobody("alpha"), changed).status, STATUS_INVALID_PARAMETER);
  EXPECT_EQ(convert(*alpha_, nobody("alpha"), base::Secret(std::size_t{3})).status, STATUS_INVALID_PARAMETER);
  // Another secret under the same key is not taken for data.
  const base::Secret other(
      authority_->secrets()->seal(base::as_bytes("a credential of some length, long enough")).bytes);
  EXPECT_EQ(convert(*alpha_, nobody("alpha"), other).status, STATUS_INVALID_PARAMETER);
}

TEST_F(AuthDataCalls, RunsOut) {
  const AuthData old{id_of("alpha"), AuthData::Clock::now() - std::chrono::seconds(1), user_.sid, {}};
  EXPECT_EQ(convert(*alpha_, nobody("alpha"), old.seal(*authority_->secrets())).status, STATUS_INVALID_PARAMETER);
}

TEST_F(AuthDataCalls, RightsAndAccountsAreLookedAtAgain) {
  NewAccount admin;
  admin.name = "admin";
  admin.groups = {0};
  ASSERT_TRUE(authority_->accounts().add(admin));
  const std::size_t before = authority_->sessions().size();
  EXPECT_EQ(convert(*alpha_, nobody("alpha"), get(u"admin").auth_data).status, STATUS_ACCESS_DENIED);
  EXPECT_TRUE(refused("may not vouch for"));
  const seam::GetAuthDataForUserReply data = get(u"alice");
  ASSERT_TRUE(authority_->accounts().set_disabled(user_.sid, true));
  EXPECT_EQ(convert(*alpha_, nobody("alpha"), data.auth_data).status, STATUS_ACCOUNT_DISABLED);
  EXPECT_EQ(get(u"alice").status, STATUS_ACCOUNT_DISABLED);
  EXPECT_EQ(authority_->sessions().size(), before) << "a refusal leaves no session";
}

TEST_F(AuthDataCalls, LookupAccount) {
  const seam::LookupAccountReply by_name = alpha_->lookup_account({nobody("alpha"), u"ALICE", std::nullopt});
  ASSERT_EQ(by_name.status, STATUS_SUCCESS);
  EXPECT_EQ(by_name.sid, user_.sid);
  const seam::LookupAccountReply by_sid = alpha_->lookup_account({nobody("alpha"), std::nullopt, user_.sid});
  EXPECT_EQ(by_sid.name, u"alice");
  EXPECT_EQ(by_sid.posix->uid, user_.uid);
  EXPECT_EQ(alpha_->lookup_account({nobody("alpha"), u"bob", std::nullopt}).status, STATUS_NONE_MAPPED);
  EXPECT_EQ(alpha_->lookup_account({nobody("alpha"), u"alice", user_.sid}).status, STATUS_INVALID_PARAMETER);
}

TEST_F(AuthDataCalls, AuditLogonKeepsThePackagesWordsApart) {
  seam::AuditLogonRequest request;
  request.caller = nobody("alpha");
  request.status = STATUS_LOGON_FAILURE;
  request.account_name = u"eve\n{\"event\":\"logon\"}";
  request.logon_id = nt::Luid{0x4711};
  EXPECT_EQ(alpha_->audit_logon(std::move(request)).status, STATUS_SUCCESS);
  const std::string line = audited();
  EXPECT_NE(line.find(R"("event":"package-logon")"), std::string::npos) << line;
  EXPECT_EQ(std::count(line.begin(), line.end(), '\n'), 1) << line;
  EXPECT_EQ(line.find("4711"), std::string::npos) << "a LogonId is valid only on success";
  EXPECT_EQ(line.find("impersonation level"), std::string::npos);
}

TEST_F(AuthDataCalls, AuditLogonExSaysTheLevel) {
  seam::AuditLogonRequest request;
  request.caller = nobody("alpha");
  request.account_name = u"eve";
  request.level = nt::ImpersonationLevel::identification;
  EXPECT_EQ(alpha_->audit_logon(std::move(request)).status, STATUS_SUCCESS);
  EXPECT_NE(audited().find("impersonation level: identification"), std::string::npos);
}

TEST_F(AuthDataCalls, AuditAccountLogonIsThePackagesWordToo) {
  EXPECT_EQ(alpha_
                ->audit_account_logon(
                    {nobody("alpha"), 7, false, u"KDC", u"eve@ELSEWHERE\n{}", u"alice", STATUS_LOGON_FAILURE})
                .status,
            STATUS_SUCCESS);
  const std::string line = audited();
  for (const char* part : {R"("event":"package-account-logon")", R"("account":"alice")", "outcome: failure",
                           "message: 7", "source: KDC", "client: eve@ELSEWHERE"})
    EXPECT_NE(line.find(part), std::string::npos) << part << " in " << line;
  EXPECT_EQ(std::count(line.begin(), line.end(), '\n'), 1) << line;
  EXPECT_EQ(beta_->audit_account_logon({nobody("alpha"), 7, false, {}, {}, {}, 0}).status, STATUS_ACCESS_DENIED);
}

}  // namespace
}  // namespace openlsa::authority
