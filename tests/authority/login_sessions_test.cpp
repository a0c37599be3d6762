// What a login starts acts with the login's logon session: known by audit session and uid, as the kernel says them.
#include "authority/fixture.hpp"

namespace openlsa::authority {
namespace {

constexpr std::uint32_t login_a = 7, login_b = 8;

class LoginSessionsTest : public AuthorityTest {
 protected:
  void SetUp() override {
    configuration_.audit_session_of = [this](std::uint32_t process, std::uint64_t ticks) {
      asked_ = {process, ticks};
      return redeemer_is_in_;
    };
    add_package("fake", u"Fake").logon_user = [this](seam::LogonUserRequest request) {
      return accept(request, user_.sid);
    };
    start();
  }

  // A login program: one process logs the user on and leaves the claim, another one, in that audit session by now,
  // opens the session.
  struct Login {
    nt::Luid session;
    TestClient opener;
    std::uint32_t token = 0;
  };
  Login log_in(std::optional<std::uint32_t> audit_session) {
    Login login;
    TestClient asker = client();
    const seam::LsaLogonUserReply logon = asker.connection->lsa_logon_user(logon_request(asker, "fake"));
    EXPECT_EQ(logon.status, STATUS_SUCCESS);
    login.session = logon.logon_id;
    const seam::LeaveClaimReply claim = asker.connection->leave_claim({logon.token});
    EXPECT_EQ(claim.status, STATUS_SUCCESS);
    login.opener = client();
    redeemer_is_in_ = audit_session;
    const seam::RedeemClaimReply redeemed = login.opener.connection->redeem_claim({claim.claim, user_.uid});
    EXPECT_EQ(redeemed.status, STATUS_SUCCESS);
    login.token = redeemed.token;
    return login;
  }
  std::unique_ptr<Connection> process(std::uint32_t uid, std::optional<std::uint32_t> audit_session) {
    auto connection = authority_->connect({next_++, uid, uid, 1, audit_session}, nullptr);
    EXPECT_EQ(connection->hello({}).status, STATUS_SUCCESS);
    return connection;
  }
  static nt::Luid session_of(Connection& connection) { return connection.query_token({0}).data.logon_id; }

  std::optional<std::uint32_t> redeemer_is_in_;
  std::pair<std::uint32_t, std::uint64_t> asked_{};
  std::uint32_t next_ = 9000;
};

TEST_F(LoginSessionsTest, AreForTheAuditSessionAndTheUidAlone) {
  const Login login = log_in(login_a);
  EXPECT_EQ(asked_, std::pair(login.opener.connection->peer().process_id, std::uint64_t{1}))
      << "of the process that opens the session, when it does";
  const auto inside = process(user_.uid, login_a);
  EXPECT_EQ(session_of(*inside), login.session);
  EXPECT_EQ(session_of(*process(user_.uid, login_a)), login.session) << "all that the login starts";
  for (const std::optional<std::uint32_t> other : {std::optional(login_b), std::optional(no_audit_session), {}})
    EXPECT_NE(session_of(*process(user_.uid, other)), login.session);
  EXPECT_NE(session_of(*process(user_uid, login_a)), login.session) << "su to somebody else";
  EXPECT_EQ(session_of(*process(0, login_a)), nt::system_luid);
  EXPECT_EQ(session_of(*process(overflow_uid, login_a)), nt::anonymous_luid);
}

TEST_F(LoginSessionsTest, AreTheTokenWithItsGroups) {
  const Login login = log_in(login_a);
  const auto inside = process(user_.uid, login_a);
  const nt::TokenData data = inside->query_token({0}).data;
  EXPECT_EQ(data.information.user.sid, user_.sid);
  ASSERT_TRUE(data.posix);
  EXPECT_EQ(data.posix->groups, std::vector<std::uint32_t>{2001});
}

TEST_F(LoginSessionsTest, WithoutAnAuditSessionNothingIsBound) {
  const Login login = log_in(std::nullopt);
  EXPECT_EQ(authority_->login_sessions().size(), 0u);
  EXPECT_NE(session_of(*process(user_.uid, {})), login.session);
}

TEST_F(LoginSessionsTest, TwoLoginsOfAUserAreTwo) {
  const Login one = log_in(login_a), other = log_in(login_b);
  EXPECT_EQ(session_of(*process(user_.uid, login_a)), one.session);
  EXPECT_EQ(session_of(*process(user_.uid, login_b)), other.session);
}

// `su alice` in alice's login.
TEST_F(LoginSessionsTest, TheNewestThatLivesCounts) {
  const Login outer = log_in(login_a);
  Login inner = log_in(login_a);
  EXPECT_EQ(session_of(*process(user_.uid, login_a)), inner.session);
  inner.opener.connection->close_token({inner.token});
  settle();
  EXPECT_EQ(session_of(*process(user_.uid, login_a)), outer.session);
}

// The session ends with the program that opened it, whoever is left behind; those fall to their uid's own.
TEST_F(LoginSessionsTest, LiveAsLongAsTheProcessThatOpenedThem) {
  Login login = log_in(login_a);
  const auto left_behind = process(user_.uid, login_a);
  ASSERT_EQ(session_of(*left_behind), login.session);
  login.opener.connection.reset();
  packages_.at("fake").heard->wait_for(terminated(login.session));
  settle();
  EXPECT_EQ(authority_->sessions().state(login.session), std::nullopt);
  const nt::Luid own = session_of(*left_behind);
  EXPECT_NE(own, login.session);
  EXPECT_EQ(own, session_of(*process(user_.uid, {}))) << "the uid's own session";
  EXPECT_EQ(own, session_of(*process(user_.uid, login_a))) << "a login that is over is none";
}

// What a process opened by itself it keeps: a session lives until its last token closes.
TEST_F(LoginSessionsTest, AHandleOfItsOwnKeepsTheSession) {
  Login login = log_in(login_a);
  const auto inside = process(user_.uid, login_a);
  const std::uint32_t handle = inside->duplicate_token({0, true, {}, {}}).token;
  ASSERT_NE(handle, 0u);
  login.opener.connection.reset();
  EXPECT_EQ(inside->query_token({handle}).data.logon_id, login.session);
  EXPECT_EQ(session_of(*inside), login.session);
}

TEST_F(LoginSessionsTest, AFurtherConnectionIsTheSameProcessInAnotherAuditSession) {
  const PeerIdentity before{50, 0, 0, 9, login_a};
  PeerIdentity after = before;
  after.audit_session = login_b;  // pam_loginuid(8) in between
  const auto first = authority_->connect(before, nullptr);
  seam::HelloRequest join;
  join.join = first->hello({}).client;
  EXPECT_EQ(authority_->connect(after, nullptr)->hello(join).client, join.join);
}

TEST_F(LoginSessionsTest, LoginsThatAreOverAreForgotten) {
  for (std::uint32_t audit_session = 1; audit_session <= 20; ++audit_session) log_in(audit_session);
  settle();
  log_in(99);
  EXPECT_LE(authority_->login_sessions().size(), 2u);
}

}  // namespace
}  // namespace openlsa::authority
