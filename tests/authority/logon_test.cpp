// LsaLogonUser, from the request to the token, and every way in which it can fail.
#include "authority/fixture.hpp"

namespace openlsa::authority {
namespace {

class Logon : public AuthorityTest {
 protected:
  void SetUp() override {
    FakePackage& fake = add_package("fake", u"Fake");
    fake.logon_user = [this](seam::LogonUserRequest request) { return accept(request, user_.sid); };
    add_package("other", u"Other");
    start();
    sessions_before_ = authority_->sessions().size();
  }
  FakePackage& fake() { return packages_.at("fake"); }
  void expect_nothing_left() {
    settle();
    EXPECT_EQ(authority_->sessions().size(), sessions_before_);
    EXPECT_EQ(authority_->credentials().sessions(), 0u);
  }
  std::size_t sessions_before_ = 0;
};

TEST_F(Logon, SucceedsAndTellsEveryPackage) {
  TestClient login = client();
  const seam::LsaLogonUserReply reply = login.connection->lsa_logon_user(logon_request(login, "fake"));
  ASSERT_EQ(reply.status, STATUS_SUCCESS);
  EXPECT_EQ(reply.sub_status, 0);
  const nt::TokenData token = login.connection->query_token({reply.token}).data;
  EXPECT_EQ(token.logon_id, reply.logon_id);
  EXPECT_EQ(token.type, nt::TokenType::primary);
  EXPECT_EQ(token.information.user.sid, user_.sid);
  EXPECT_EQ(token.source.name, "Tests");
  ASSERT_TRUE(token.posix);
  EXPECT_EQ(token.posix->uid, user_.uid);
  for (const char* name : {"fake", "other"}) EXPECT_EQ(packages_.at(name).heard->accepted_count(), 1u) << name;
  EXPECT_EQ(fake().heard->count("post " + std::to_string(reply.logon_id.value)), 1u);

  EXPECT_EQ(login.connection->close_token({reply.token}).status, STATUS_SUCCESS);
  for (const char* name : {"fake", "other"}) packages_.at(name).heard->wait_for(terminated(reply.logon_id));
  expect_nothing_left();
  EXPECT_EQ(fake().heard->count(terminated(reply.logon_id)), 1u);
}

TEST_F(Logon, NetworkGivesAnImpersonationToken) {
  TestClient login = client();
  const seam::LsaLogonUserReply reply = login.connection->lsa_logon_user(logon_request(login, "fake", 3));
  ASSERT_EQ(reply.status, STATUS_SUCCESS);
  EXPECT_EQ(reply.quotas[0], 0u) << "quotas come with a primary token only";
  EXPECT_EQ(login.connection->query_token({reply.token}).data.type, nt::TokenType::impersonation);
}

TEST_F(Logon, RefusalOfThePackageIsAuditedByAccountAndLeavesNothing) {
  fake().logon_user = [this](seam::LogonUserRequest request) {
    seam::LogonUserReply reply = accept(request, user_.sid);  // a session that the package forgets to delete
    reply.status = STATUS_LOGON_FAILURE;
    reply.sub_status = STATUS_WRONG_PASSWORD;
    return reply;
  };
  TestClient login = client();
  const seam::LsaLogonUserReply reply = login.connection->lsa_logon_user(logon_request(login, "fake"));
  EXPECT_EQ(reply.status, STATUS_LOGON_FAILURE);
  EXPECT_EQ(reply.sub_status, 0) << "only a valid account's refusal has a sub-status";
  EXPECT_EQ(reply.token, 0u);
  expect_nothing_left();
  EXPECT_EQ(fake().heard->accepted_count(), 0u);
  EXPECT_NE(audit_lines().find("\"account\":\"alice\""), std::string::npos) << audit_lines();
}

TEST_F(Logon, AccountRestrictionBringsItsReason) {
  fake().logon_user = [](seam::LogonUserRequest) {
    seam::LogonUserReply reply;
    reply.status = STATUS_ACCOUNT_RESTRICTION;
    reply.sub_status = STATUS_PASSWORD_EXPIRED;
    return reply;
  };
  TestClient login = client();
  const seam::LsaLogonUserReply reply = login.connection->lsa_logon_user(logon_request(login, "fake"));
  EXPECT_EQ(reply.status, STATUS_ACCOUNT_RESTRICTION);
  EXPECT_EQ(reply.sub_status, STATUS_PASSWORD_EXPIRED);
}

TEST_F(Logon, LateFailureEndsTheSessionWithNotification) {
  nt::Luid session;
  fake().logon_user = [&](seam::LogonUserRequest request) {
    seam::LogonUserReply reply = accept(request, nt::well_known::local_system);  // may not vouch for SYSTEM
    session = reply.logon_id;
    reply.profile_address = window_base;
    reply.profile_size_bytes = 16;
    reply.writes.writes.push_back({window_base, base::Bytes(16)});
    return reply;
  };
  TestClient login = client();
  const seam::LsaLogonUserReply reply = login.connection->lsa_logon_user(logon_request(login, "fake"));
  EXPECT_EQ(reply.status, STATUS_ACCESS_DENIED);
  EXPECT_EQ(reply.profile_address, 0u);
  EXPECT_TRUE(reply.writes.writes.empty());
  for (const char* name : {"fake", "other"}) packages_.at(name).heard->wait_for(terminated(session));
  expect_nothing_left();
  EXPECT_EQ(fake().heard->accepted_count(), 0u);
}

// Why is in the trail, within what one user's refusals may take of it.
TEST_F(Logon, ARefusedVouchingSaysWhy) {
  fake().logon_user = [this](seam::LogonUserRequest request) { return accept(request, nt::well_known::local_system); };
  TestClient user = client(user_uid, false);
  constexpr std::uint64_t attempts = RefusalLimit::burst + 300;
  for (std::uint64_t i = 0; i < attempts; ++i)
    ASSERT_EQ(user.connection->lsa_logon_user(logon_request(user, "fake")).status, STATUS_ACCESS_DENIED);
  const std::string lines = audit_lines();
  const std::string why = "the package may not vouch for S-1-5-18";
  std::uint64_t told = 0;
  for (std::size_t at = lines.find(why); at != std::string::npos; at = lines.find(why, at + 1)) ++told;
  EXPECT_GE(told, RefusalLimit::burst);
  EXPECT_LT(told, attempts - 100);
}

TEST_F(Logon, WritesOutsideTheWindowEndTheLogon) {
  fake().logon_user = [this](seam::LogonUserRequest request) {
    seam::LogonUserReply reply = accept(request, user_.sid);
    reply.writes.writes.push_back({window_base + 0xfff, base::Bytes(2)});
    return reply;
  };
  TestClient login = client();
  EXPECT_EQ(login.connection->lsa_logon_user(logon_request(login, "fake")).status, STATUS_ACCESS_VIOLATION);
  expect_nothing_left();
}

TEST_F(Logon, ClientDeathDuringTheLogonEndsTheSession) {
  TestClient login = client();
  nt::Luid session;
  fake().logon_user = [&](seam::LogonUserRequest request) {
    seam::LogonUserReply reply = accept(request, user_.sid);
    session = reply.logon_id;
    authority_->client_lost(login.connection->client());
    return reply;
  };
  EXPECT_FALSE(nt::succeeded(login.connection->lsa_logon_user(logon_request(login, "fake")).status));
  fake().heard->wait_for(terminated(session));
  expect_nothing_left();
}

TEST_F(Logon, SessionOfAnotherPackageKillsTheHost) {
  const nt::Luid foreign = authority_->sessions().allocate();
  ASSERT_EQ(authority_->sessions().create(foreign, id_of("other"), {}), STATUS_SUCCESS);
  fake().logon_user = [&](seam::LogonUserRequest request) {
    seam::LogonUserReply reply = accept(request, user_.sid);
    reply.logon_id = foreign;
    return reply;
  };
  TestClient login = client();
  EXPECT_EQ(login.connection->lsa_logon_user(logon_request(login, "fake")).status, STATUS_ACCESS_DENIED);
  EXPECT_EQ(fake().heard->count("killed"), 1u);
  EXPECT_EQ(authority_->sessions().state(foreign), SessionState::creating);
  EXPECT_NE(audit_lines().find("host-lied"), std::string::npos);
}

TEST_F(Logon, LocalGroupsNeedARegisteredLogonProcess) {
  TestClient untrusted = client(user_uid, false);
  seam::LsaLogonUserRequest request = logon_request(untrusted, "fake");
  request.local_groups.push_back({nt::Sid{5, {5, 1, 2}}, 7});
  EXPECT_EQ(untrusted.connection->lsa_logon_user(std::move(request)).status, STATUS_PRIVILEGE_NOT_HELD);
  EXPECT_EQ(untrusted.connection->lsa_logon_user(logon_request(untrusted, "fake")).status, STATUS_SUCCESS);
  EXPECT_EQ(untrusted.connection->connect({true, "me"}).status, STATUS_PORT_CONNECTION_REFUSED);
  TestClient login = client();
  request = logon_request(login, "fake");
  request.local_groups.push_back({nt::Sid{5, {5, 1, 2}}, 7});
  const seam::LsaLogonUserReply reply = login.connection->lsa_logon_user(std::move(request));
  ASSERT_EQ(reply.status, STATUS_SUCCESS);
  const auto groups = login.connection->query_token({reply.token}).data.information.groups;
  EXPECT_NE(std::find(groups.begin(), groups.end(), nt::SidAndAttributes{nt::Sid{5, {5, 1, 2}}, 7}), groups.end());
}

TEST_F(Logon, BadRequestsReachNoPackage) {
  TestClient login = client();
  fake().logon_user = [](seam::LogonUserRequest) -> seam::LogonUserReply {
    ADD_FAILURE();
    return {};
  };
  seam::LsaLogonUserRequest request = logon_request(login, "fake");
  request.lsa_handle ^= 1u << 20;
  EXPECT_EQ(login.connection->lsa_logon_user(std::move(request)).status, STATUS_INVALID_HANDLE);
  EXPECT_EQ(login.connection->lsa_logon_user(logon_request(login, "fake", 1)).status, STATUS_INVALID_LOGON_TYPE);
  request = logon_request(login, "fake");
  request.package = 999;
  EXPECT_EQ(login.connection->lsa_logon_user(std::move(request)).status, STATUS_NO_SUCH_PACKAGE);
  request = logon_request(login, "fake");
  request.frame.call_attributes = 0x200;  // SECPKG_CALL_IS_TCB is not the client's to say
  EXPECT_EQ(login.connection->lsa_logon_user(std::move(request)).status, STATUS_INVALID_PARAMETER);
}

TEST_F(Logon, NegotiateTriesThePackagesInOrder) {
  fake().logon_user = [](seam::LogonUserRequest) {
    seam::LogonUserReply reply;
    reply.status = STATUS_NO_SUCH_USER;
    return reply;
  };
  packages_.at("other").logon_user = [this](seam::LogonUserRequest request) { return accept(request, user_.sid); };
  TestClient login = client();
  const seam::LookupPackageReply negotiate = login.connection->lookup_package({login.lsa, "Negotiate"});
  ASSERT_EQ(negotiate.status, STATUS_SUCCESS);
  seam::LsaLogonUserRequest request = logon_request(login, "fake");
  request.package = negotiate.package;
  EXPECT_EQ(login.connection->lsa_logon_user(std::move(request)).status, STATUS_SUCCESS);
}

}  // namespace
}  // namespace openlsa::authority
