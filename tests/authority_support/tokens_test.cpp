// Tokens that packages make, open, and give away.
#include "authority_support/support_test.hpp"

namespace openlsa::authority {
namespace {

class HostTokens : public SupportTest {
 protected:
  bool has_group(const nt::TokenData& token, const nt::Sid& sid) const {
    for (const nt::SidAndAttributes& group : token.information.groups)
      if (group.sid == sid) return true;
    return false;
  }
  nt::TokenData query(HostSupport& host, const seam::SupportCaller& caller, std::uint32_t token) {
    const seam::QueryHostTokenReply reply = host.query_host_token({caller, token});
    EXPECT_EQ(reply.status, STATUS_SUCCESS);
    return reply.data;
  }
  nt::Status create_for(const nt::Sid& user, std::vector<nt::SidAndAttributes> groups = {}) {
    const nt::Luid session = make_session(*alpha_, nobody("alpha"));
    seam::CreateTokenRequest request = token_request(nobody("alpha"), session, user);
    request.token_groups = std::move(groups);
    const seam::CreateTokenReply reply = alpha_->create_token(std::move(request));
    EXPECT_EQ(reply.token != 0, reply.status == STATUS_SUCCESS);
    if (reply.status != STATUS_SUCCESS) {
      EXPECT_EQ(alpha_->delete_logon_session({nobody("alpha"), session}).status, STATUS_SUCCESS);
    }
    return reply.status;
  }
};

TEST_F(HostTokens, CreatedWithWhatTheAuthorityKnows) {
  const nt::Luid session = make_session(*alpha_, nobody("alpha"));
  const nt::TokenData token = query(*alpha_, nobody("alpha"), make_token(*alpha_, nobody("alpha"), session));
  EXPECT_EQ(token.logon_id, session);
  EXPECT_EQ(token.type, nt::TokenType::impersonation);
  EXPECT_EQ(token.source.name, "Alpha");
  EXPECT_TRUE(has_group(token, nt::well_known::world));
  EXPECT_TRUE(has_group(token, nt::well_known::network));
  ASSERT_TRUE(token.posix);
  EXPECT_EQ(token.posix->uid, user_.uid);
  EXPECT_EQ(token.posix->groups, user_.groups);
}

TEST_F(HostTokens, NotForRootSystemOrAdministrators) {
  for (const nt::Sid& sid : {nt::well_known::local_system, nt::well_known::unix_users.with_rid(0)}) {
    EXPECT_EQ(create_for(sid), STATUS_ACCESS_DENIED) << sid.to_string();
    EXPECT_TRUE(refused("may not vouch for " + sid.to_string()));
  }
  // An ordinary user whom the package makes an administrator, by either list of groups.
  EXPECT_EQ(create_for(user_.sid, {{nt::well_known::administrators, 7}}), STATUS_ACCESS_DENIED);
  EXPECT_TRUE(refused("may not vouch for"));
  EXPECT_EQ(create_for(user_.sid), STATUS_SUCCESS);
}

TEST_F(HostTokens, ArgumentsAreChecked) {
  const nt::Luid session = make_session(*alpha_, nobody("alpha"));
  seam::CreateTokenRequest request = token_request(nobody("alpha"), session, user_.sid);
  request.source.name.clear();
  EXPECT_EQ(alpha_->create_token(std::move(request)).status, STATUS_INVALID_PARAMETER);
  request = token_request(nobody("alpha"), session, user_.sid);
  request.logon_type = 6;
  EXPECT_EQ(alpha_->create_token(std::move(request)).status, STATUS_INVALID_LOGON_TYPE);
  request = token_request(nobody("alpha"), session, user_.sid);
  request.level = static_cast<nt::ImpersonationLevel>(4);
  EXPECT_EQ(alpha_->create_token(std::move(request)).status, STATUS_BAD_IMPERSONATION_LEVEL);
  ASSERT_TRUE(authority_->accounts().set_disabled(user_.sid, true));
  EXPECT_EQ(alpha_->create_token(token_request(nobody("alpha"), session, user_.sid)).status, STATUS_ACCOUNT_DISABLED);
}

TEST_F(HostTokens, NotInASessionOfAnotherPackage) {
  const nt::Luid session = make_session(*alpha_, nobody("alpha"));
  make_token(*alpha_, nobody("alpha"), session);
  EXPECT_EQ(beta_->create_token(token_request(nobody("beta"), session, user_.sid)).status, STATUS_ACCESS_DENIED);
  EXPECT_TRUE(refused("CreateToken"));
  EXPECT_EQ(beta_->open_token_by_logon_id({nobody("beta"), session}).status, STATUS_ACCESS_DENIED);
  EXPECT_TRUE(refused("OpenTokenByLogonId"));
  EXPECT_EQ(beta_->open_token_by_logon_id({nobody("beta"), nt::system_luid}).status, STATUS_ACCESS_DENIED);
  EXPECT_EQ(alpha_->open_token_by_logon_id({nobody("alpha"), session}).status, STATUS_SUCCESS);
  EXPECT_EQ(alpha_->open_token_by_logon_id({nobody("alpha"), nt::Luid{0x777777}}).status, STATUS_NO_SUCH_LOGON_SESSION);
}

TEST_F(HostTokens, SessionCredentialsReachThePackages) {
  const nt::Luid session = make_session(*alpha_, nobody("alpha"));
  seam::CreateTokenRequest request = token_request(nobody("alpha"), session, user_.sid);
  request.session_credentials.emplace();
  request.session_credentials->downlevel_name = u"alice";
  request.session_credentials->user_sid = nt::well_known::local_system;  // the authority knows better
  EXPECT_EQ(alpha_->create_token(std::move(request)).status, STATUS_SUCCESS);
  while (packages_.at("beta").heard->accepted_count() == 0) ::usleep(1000);
  packages_.at("beta").heard->accepted(0, [&](const seam::AcceptCredentialsRequest& accepted) {
    EXPECT_EQ(accepted.primary->logon_id, session);
    EXPECT_EQ(*accepted.primary->user_sid, user_.sid);
    return 0;
  });
}

TEST_F(HostTokens, OpenedForTheCallerAtItsOwnLevel) {
  TestClient user = client(user_uid, false);
  const std::uint32_t identification =
      user.connection->duplicate_token({0, false, nt::TokenType::impersonation, nt::ImpersonationLevel::identification})
          .token;
  const seam::SupportCaller caller = on_channel(user, "alpha", identification);
  const nt::Luid session = user.connection->query_token({0}).data.logon_id;
  const seam::TokenReply opened = alpha_->open_token_by_logon_id({caller, session});
  ASSERT_EQ(opened.status, STATUS_SUCCESS);
  EXPECT_EQ(query(*alpha_, caller, opened.token).level, nt::ImpersonationLevel::identification);
  const seam::TokenReply raised = alpha_->duplicate_host_token(
      {caller,
       {seam::current_client_token, false, nt::TokenType::impersonation, nt::ImpersonationLevel::impersonation}});
  EXPECT_EQ(raised.status, STATUS_BAD_IMPERSONATION_LEVEL);
}

TEST_F(HostTokens, AnAnonymousCallerStaysUnknown) {
  TestClient user = client(user_uid, false);
  const std::uint32_t anonymous =
      user.connection->duplicate_token({0, false, nt::TokenType::impersonation, nt::ImpersonationLevel::anonymous})
          .token;
  const seam::SupportCaller caller = on_channel(user, "alpha", anonymous);
  EXPECT_EQ(query(*alpha_, caller, seam::current_client_token).logon_id, nt::anonymous_luid);
  const nt::Luid session = user.connection->query_token({0}).data.logon_id;
  EXPECT_EQ(alpha_->open_token_by_logon_id({caller, session}).status, STATUS_ACCESS_DENIED);
}

TEST_F(HostTokens, GivenToTheClientAndTakenBack) {
  TestClient user = client(user_uid, false);
  const seam::SupportCaller caller = on_channel(user, "alpha");
  const nt::Luid session = make_session(*alpha_, caller);
  const std::uint32_t token = make_token(*alpha_, caller, session);
  EXPECT_EQ(alpha_->duplicate_into_client({nobody("alpha"), token}).status, STATUS_INVALID_PARAMETER);
  EXPECT_EQ(alpha_->duplicate_into_client({caller, token + 8}).status, STATUS_INVALID_HANDLE);
  const seam::DuplicateIntoClientReply given = alpha_->duplicate_into_client({caller, token});
  ASSERT_EQ(given.status, STATUS_SUCCESS);
  EXPECT_EQ(user.connection->query_token({given.client_token}).data.logon_id, session);

  // Only what it gave, and only once.
  const std::uint32_t clients_own = user.connection->duplicate_token({0, true, {}, {}}).token;
  EXPECT_EQ(alpha_->revoke_from_client({caller, clients_own}).status, STATUS_INVALID_HANDLE);
  EXPECT_EQ(user.connection->query_token({clients_own}).status, STATUS_SUCCESS);
  EXPECT_EQ(alpha_->revoke_from_client({caller, given.client_token}).status, STATUS_SUCCESS);
  EXPECT_EQ(user.connection->query_token({given.client_token}).status, STATUS_INVALID_HANDLE);
  EXPECT_EQ(alpha_->revoke_from_client({caller, given.client_token}).status, STATUS_INVALID_HANDLE);
}

TEST_F(HostTokens, OneClientsTokenIsNotForAnother) {
  TestClient root = client(0, false), user = client(user_uid, false);
  const seam::SupportCaller for_root = on_channel(root, "alpha"), for_user = on_channel(user, "alpha");
  const seam::TokenReply system = alpha_->duplicate_host_token({for_root, {seam::current_client_token, true, {}, {}}});
  ASSERT_EQ(system.status, STATUS_SUCCESS);
  EXPECT_EQ(alpha_->duplicate_into_client({for_user, system.token}).status, STATUS_ACCESS_DENIED);
  EXPECT_TRUE(refused("token of another client"));
}

// An acceptor would take its own token for its peer's.
TEST_F(HostTokens, AClientsOwnTokenIsGivenBackOnlyWithTheRightToVouchForIt) {
  TestClient root = client(0, false), user = client(user_uid, false);
  const auto give_back = [&](TestClient& client) {
    const seam::SupportCaller caller = on_channel(client, "alpha");
    return alpha_->duplicate_into_client({caller, seam::current_client_token}).status;
  };
  EXPECT_EQ(give_back(root), STATUS_ACCESS_DENIED);
  EXPECT_TRUE(refused("may not vouch for S-1-5-18"));
  EXPECT_EQ(give_back(user), STATUS_SUCCESS);
}

TEST_F(HostTokens, OfAContextAreThoseThatItsPackagePlaced) {
  TestClient user = client(user_uid, false);
  const auto placed = [&](HostSupport& host, const std::string& name) {
    const seam::SupportCaller caller = on_channel(user, name);
    const std::uint32_t token = make_token(host, caller, make_session(host, caller));
    return host.duplicate_into_client({caller, token}).client_token;
  };
  const std::uint32_t of_alpha = placed(*alpha_, "alpha"), of_beta = placed(*beta_, "beta");
  const std::uint32_t own = user.connection->duplicate_token({0, true, {}, {}}).token;
  const auto context_token = [&](std::uint32_t token) {
    return user.connection->duplicate_token({token, true, {}, {}, id_of("alpha")});
  };
  const seam::TokenReply copy = context_token(of_alpha);
  ASSERT_EQ(copy.status, STATUS_SUCCESS);
  EXPECT_EQ(context_token(copy.token).status, STATUS_SUCCESS) << "a copy is still the package's";
  for (const std::uint32_t foreign : {of_beta, own, 0u}) EXPECT_EQ(context_token(foreign).status, STATUS_ACCESS_DENIED);
}

TEST_F(HostTokens, OfARoutedCallThatFailsAreClosedInTheClient) {
  std::uint32_t placed = 0;
  packages_.at("alpha").call_package = [&](seam::CallPackageRequest request) {
    const seam::SupportCaller caller = of(request.origin, request.package);
    const std::uint32_t token = make_token(*alpha_, caller, make_session(*alpha_, caller));
    placed = alpha_->duplicate_into_client({caller, token}).client_token;
    seam::CallPackageReply reply;
    reply.status = STATUS_LOGON_FAILURE;
    return reply;
  };
  TestClient user = client(user_uid, false);
  seam::LsaCallPackageRequest request;
  request.lsa_handle = user.lsa;
  request.package = id_of("alpha");
  request.frame.window = {window_base, 0x1000};
  EXPECT_EQ(user.connection->lsa_call_package(std::move(request)).status, STATUS_LOGON_FAILURE);
  ASSERT_NE(placed, 0u);
  EXPECT_EQ(user.connection->query_token({placed}).status, STATUS_INVALID_HANDLE);
}

}  // namespace
}  // namespace openlsa::authority
