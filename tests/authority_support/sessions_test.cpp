// Logon sessions and credentials: what a package reaches, and what it does not.
#include "authority_support/support_test.hpp"

namespace openlsa::authority {
namespace {

class Sessions : public SupportTest {
 protected:
  seam::AddCredentialRequest entry(const seam::SupportCaller& caller, nt::Luid session, const char* key,
                                   const char* secret) {
    seam::AddCredentialRequest request;
    request.caller = caller;
    request.logon_id = session;
    request.primary_key = base::to_bytes(base::as_bytes(key));
    request.credentials = base::Secret(base::as_bytes(secret));
    return request;
  }
  seam::GetCredentialsReply get(HostSupport& host, const seam::SupportCaller& caller, nt::Luid session,
                                std::uint32_t cursor, std::uint32_t capacity = 100) {
    return host.get_credentials({caller, session, cursor, true, {}, capacity});
  }
  static std::string text(const base::Secret& secret) {
    return {reinterpret_cast<const char*>(secret.reveal().data()), secret.size()};
  }
};

TEST_F(Sessions, DeletedOnlyByTheirPackageAndBeforeTheirFirstToken) {
  const nt::Luid session = make_session(*alpha_, nobody("alpha"));
  EXPECT_EQ(alpha_->create_logon_session({nobody("alpha"), session}).status, STATUS_LOGON_SESSION_COLLISION);
  EXPECT_EQ(beta_->delete_logon_session({nobody("beta"), session}).status, STATUS_ACCESS_DENIED);
  EXPECT_TRUE(refused("DeleteLogonSession"));
  EXPECT_EQ(alpha_->delete_logon_session({nobody("alpha"), session}).status, STATUS_SUCCESS);
  EXPECT_EQ(alpha_->delete_logon_session({nobody("alpha"), session}).status, STATUS_NO_SUCH_LOGON_SESSION);
  EXPECT_EQ(packages_.at("beta").heard->count(terminated(session)), 0u);

  const nt::Luid live = make_session(*alpha_, nobody("alpha"));
  make_token(*alpha_, nobody("alpha"), live);
  EXPECT_EQ(alpha_->delete_logon_session({nobody("alpha"), live}).status, STATUS_BAD_LOGON_SESSION_STATE);
  EXPECT_EQ(alpha_->delete_logon_session({nobody("alpha"), nt::system_luid}).status, STATUS_ACCESS_DENIED);
}

TEST_F(Sessions, ThatGetNoTokenAreBounded) {
  std::vector<nt::Luid> made;
  while (made.size() < HostSupport::max_unfinished_sessions) made.push_back(make_session(*alpha_, nobody("alpha")));
  const nt::Luid next = alpha_->host_allocate_luids({1}).first;
  EXPECT_EQ(alpha_->create_logon_session({nobody("alpha"), next}).status, STATUS_TOO_MANY_SESSIONS);
  EXPECT_EQ(beta_->create_logon_session({nobody("beta"), next}).status, STATUS_SUCCESS);
  EXPECT_EQ(alpha_->delete_logon_session({nobody("alpha"), made.front()}).status, STATUS_SUCCESS);
  make_session(*alpha_, nobody("alpha"));
}

TEST_F(Sessions, CredentialsAreReadWithACursor) {
  const seam::SupportCaller caller = nobody("alpha");
  const nt::Luid session = make_session(*alpha_, caller);
  ASSERT_EQ(alpha_->add_credential(entry(caller, session, "long key", "one")).status, STATUS_SUCCESS);
  ASSERT_EQ(alpha_->add_credential(entry(caller, session, "key", "two")).status, STATUS_SUCCESS);

  const seam::GetCredentialsReply small = get(*alpha_, caller, session, 0, 3);
  EXPECT_EQ(small.status, STATUS_MORE_ENTRIES);
  EXPECT_EQ(small.key_size_bytes, 8u);
  EXPECT_EQ(small.query_context, 0u) << "the cursor stays";
  const seam::GetCredentialsReply first = get(*alpha_, caller, session, small.query_context);
  EXPECT_EQ(first.status, STATUS_SUCCESS);
  EXPECT_EQ(text(first.credentials), "one");
  const seam::GetCredentialsReply second = get(*alpha_, caller, session, first.query_context);
  EXPECT_EQ(text(second.credentials), "two");
  EXPECT_EQ(get(*alpha_, caller, session, second.query_context).status, STATUS_UNSUCCESSFUL);

  EXPECT_EQ(alpha_->delete_credential({caller, session, base::to_bytes(base::as_bytes("key"))}).status, STATUS_SUCCESS);
  EXPECT_EQ(get(*alpha_, caller, session, first.query_context).status, STATUS_UNSUCCESSFUL);
}

TEST_F(Sessions, CredentialsInAForeignSessionAreRefused) {
  const nt::Luid session = make_session(*alpha_, nobody("alpha"));
  ASSERT_EQ(alpha_->add_credential(entry(nobody("alpha"), session, "key", "secret")).status, STATUS_SUCCESS);
  EXPECT_EQ(beta_->add_credential(entry(nobody("beta"), session, "key", "mine")).status, STATUS_ACCESS_DENIED);
  EXPECT_TRUE(refused("AddCredential"));
  const seam::GetCredentialsReply got = get(*beta_, nobody("beta"), session, 0);
  EXPECT_EQ(got.status, STATUS_ACCESS_DENIED);
  EXPECT_TRUE(got.credentials.empty());
}

TEST_F(Sessions, CredentialsInTheCallersSessionAreEachPackagesOwn) {
  TestClient user = client(user_uid, false);
  const seam::SupportCaller to_alpha = on_channel(user, "alpha"), to_beta = on_channel(user, "beta");
  const nt::Luid session = user.connection->query_token({0}).data.logon_id;
  EXPECT_EQ(alpha_->add_credential(entry(to_alpha, session, "key", "secret")).status, STATUS_SUCCESS);
  EXPECT_EQ(get(*beta_, to_beta, session, 0).status, STATUS_UNSUCCESSFUL);
  EXPECT_EQ(text(get(*alpha_, to_alpha, session, 0).credentials), "secret");
  EXPECT_EQ(get(*alpha_, nobody("alpha"), session, 0).status, STATUS_ACCESS_DENIED) << "the client is not the caller";
}

TEST_F(Sessions, AcceptCredentialsAndLogonTerminatedOpenAForeignSession) {
  const nt::Luid session = make_session(*alpha_, nobody("alpha"));
  const std::uint32_t token = make_token(*alpha_, nobody("alpha"), session);
  {
    const AnnouncedSessions::Guard told(context("beta")->announced, session);
    EXPECT_EQ(beta_->add_credential(entry(nobody("beta"), session, "key", "mine")).status, STATUS_SUCCESS);
  }
  EXPECT_EQ(get(*beta_, nobody("beta"), session, 0).status, STATUS_ACCESS_DENIED);
  std::string seen;
  packages_.at("beta").on_terminated = [&](nt::Luid ended) {
    if (ended == session) seen = text(get(*beta_, nobody("beta"), session, 0).credentials);
  };
  EXPECT_EQ(alpha_->close_host_token({token}).status, STATUS_SUCCESS);
  settle();
  EXPECT_EQ(seen, "mine");
  EXPECT_EQ(get(*beta_, nobody("beta"), session, 0).status, STATUS_NO_SUCH_LOGON_SESSION);
}

}  // namespace
}  // namespace openlsa::authority
