// Logon sessions: documented statuses, and a life that ends once, in order.
#include "authority/fixture.hpp"

namespace openlsa::authority {
namespace {

class Sessions : public AuthorityTest {
 protected:
  void SetUp() override {
    add_package("fake", u"Fake");
    start();
    owner_ = id_of("fake");
  }
  nt::Luid make() {
    const nt::Luid id = authority_->sessions().allocate();
    EXPECT_EQ(authority_->sessions().create(id, owner_, {}), STATUS_SUCCESS);
    return id;
  }
  std::shared_ptr<Token> open(nt::Luid id) {
    TokenRequest request;
    request.session = authority_->sessions().find(id);
    request.logon_type = 2;
    request.information.type = 1;
    request.information.user.sid = user_.sid;
    auto token = authority_->tokens().create(std::move(request));
    return token ? *token : nullptr;
  }
  SessionTable& sessions() { return authority_->sessions(); }
  seam::PackageId owner_ = 0;
};

TEST(PackedDetails, KeepShortAndLongNames) {
  EXPECT_TRUE(PackedDetails().empty());
  for (const std::size_t length : {0u, 5u, 40u, 300u}) {
    SessionDetails details;
    details.user_name.assign(length, u'u');
    details.upn.assign(length, u'n');
    details.user = nt::Sid(5, {21, 1, 2, 3, 1000});
    details.logon_type = 2;
    PackedDetails packed(details);
    const PackedDetails moved = std::move(packed);
    const SessionDetails back = moved.unpack();
    EXPECT_EQ(back.user_name, details.user_name);
    EXPECT_EQ(back.upn, details.upn);
    EXPECT_EQ(back.user, details.user);
    EXPECT_EQ(back.logon_type, 2u);
  }
}

TEST_F(Sessions, HaveTheDocumentedStatuses) {
  const nt::Luid id = make();
  EXPECT_EQ(sessions().create(id, owner_, {}), STATUS_LOGON_SESSION_COLLISION);
  EXPECT_EQ(sessions().create(nt::system_luid, owner_, {}), STATUS_LOGON_SESSION_COLLISION);
  EXPECT_EQ(sessions().create({0x123}, owner_, {}), STATUS_INVALID_PARAMETER);
  EXPECT_EQ(sessions().remove({id.value + 1}), STATUS_NO_SUCH_LOGON_SESSION);
  const std::shared_ptr<Token> token = open(id);
  ASSERT_NE(token, nullptr);
  EXPECT_EQ(sessions().remove(id), STATUS_BAD_LOGON_SESSION_STATE);
  const nt::Luid other = make();
  EXPECT_EQ(sessions().remove(other), STATUS_SUCCESS);
  EXPECT_EQ(sessions().remove(other), STATUS_NO_SUCH_LOGON_SESSION);
}

TEST_F(Sessions, AllocatedLuidsAreNeverThoseOfASession) {
  const nt::Luid own = {sessions().allocate().value + 3};
  ASSERT_EQ(sessions().create(own, owner_, {}), STATUS_SUCCESS);
  for (int i = 0; i < 5; ++i) EXPECT_NE(sessions().allocate(), own);
  const nt::Luid next = {sessions().allocate().value + 2};
  ASSERT_EQ(sessions().create(next, owner_, {}), STATUS_SUCCESS);
  const nt::Luid block = sessions().allocate(10);
  EXPECT_FALSE(block.value <= next.value && next.value < block.value + 10);
}

TEST_F(Sessions, LiveUntilTheLastTokenCloses) {
  const nt::Luid id = make();
  std::shared_ptr<Token> token = open(id);
  auto copy =
      authority_->tokens().duplicate(*token, nt::TokenType::impersonation, nt::ImpersonationLevel::identification);
  ASSERT_TRUE(copy);
  token.reset();
  EXPECT_EQ(sessions().state(id), SessionState::live);
  copy->reset();
  packages_.at("fake").heard->wait_for(terminated(id));
  settle();
  EXPECT_EQ(sessions().state(id), std::nullopt);
  EXPECT_EQ(packages_.at("fake").heard->count(terminated(id)), 1u);
}

TEST_F(Sessions, WhileTerminatingCredentialsAreReadAndNoTokenOpens) {
  const nt::Luid id = make();
  std::shared_ptr<Token> token = open(id);
  ASSERT_EQ(authority_->credentials().add(id, owner_, {1}, base::Secret(base::as_bytes("key"))), STATUS_SUCCESS);
  std::thread::id teller;
  bool checked = false;
  packages_.at("fake").on_terminated = [&](nt::Luid terminating) {
    if (terminating != id) return;
    teller = std::this_thread::get_id();
    seam::GetCredentialsRequest request;
    request.logon_id = id;
    request.primary_key = {1};
    EXPECT_EQ(authority_->credentials().get(owner_, request).status, STATUS_SUCCESS);
    EXPECT_EQ(authority_->credentials().add(id, owner_, {2}, base::Secret(base::as_bytes("late"))),
              STATUS_NO_SUCH_LOGON_SESSION);
    EXPECT_EQ(open(id), nullptr);
    EXPECT_EQ(sessions().state(id), SessionState::terminating);
    EXPECT_EQ(authority_->credentials().remove(id, owner_, {1}), STATUS_SUCCESS);
    checked = true;
  };
  token.reset();
  packages_.at("fake").heard->wait_for(terminated(id));
  EXPECT_TRUE(checked);
  EXPECT_NE(teller, std::this_thread::get_id());
  settle();
  EXPECT_EQ(authority_->credentials().sessions(), 0u);
}

TEST_F(Sessions, OfAUidStartWithItsFirstClientAndEndWithItsLast) {
  TestClient first = client(user_uid, false), second = client(user_uid, false);
  const nt::Luid id = first.connection->query_token({0}).data.logon_id;
  EXPECT_EQ(second.connection->query_token({0}).data.logon_id, id);
  first.connection.reset();
  EXPECT_EQ(sessions().state(id), SessionState::live);
  second.connection.reset();
  packages_.at("fake").heard->wait_for(terminated(id));
  TestClient third = client(user_uid, false);
  EXPECT_NE(third.connection->query_token({0}).data.logon_id, id);
}

TEST_F(Sessions, OfRootIsSystemAndOfAForeignNamespaceAnonymous) {
  EXPECT_EQ(client(0).connection->query_token({0}).data.logon_id, nt::system_luid);
  TestClient stranger = client(overflow_uid, false);
  const nt::TokenData token = stranger.connection->query_token({0}).data;
  EXPECT_EQ(token.logon_id, nt::anonymous_luid);
  EXPECT_EQ(token.information.user.sid, nt::well_known::anonymous);
  EXPECT_FALSE(token.posix);
  EXPECT_EQ(stranger.connection->connect({true, "x"}).status, STATUS_PORT_CONNECTION_REFUSED);
}

TEST_F(Sessions, DataIsForTheOwnerAndForAdministrators) {
  TestClient root = client(0), user = client(user_uid, false), other = client(user_uid + 1, false);
  const nt::Luid id = user.connection->query_token({0}).data.logon_id;
  EXPECT_EQ(user.connection->get_session_data({0, id}).status, STATUS_SUCCESS);
  EXPECT_EQ(other.connection->get_session_data({0, id}).status, STATUS_ACCESS_DENIED);
  ASSERT_TRUE(root.connection->get_session_data({0, id}).data);
  const seam::GetSessionDataReply system = root.connection->get_session_data({0, nt::system_luid});
  EXPECT_EQ(system.status, STATUS_SUCCESS);
  EXPECT_FALSE(system.data);
  EXPECT_EQ(root.connection->get_session_data({0, {0x7777777}}).status, STATUS_NO_SUCH_LOGON_SESSION);
}

}  // namespace
}  // namespace openlsa::authority
