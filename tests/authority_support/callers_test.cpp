// For whom a host may speak.
#include "authority_support/support_test.hpp"

namespace openlsa::authority {
namespace {

class Callers : public SupportTest {
 protected:
  nt::Status query(HostSupport& host, const seam::SupportCaller& caller) {
    return host.query_host_token({caller, seam::current_client_token}).status;
  }
};

TEST_F(Callers, AChannelIsItsHostsOnly) {
  TestClient user = client(user_uid, false);
  const seam::SupportCaller caller = on_channel(user, "alpha");
  EXPECT_EQ(query(*alpha_, caller), STATUS_SUCCESS);
  EXPECT_EQ(audited().find("refused"), std::string::npos);

  seam::SupportCaller stolen = caller;
  stolen.package = id_of("beta");
  EXPECT_EQ(query(*beta_, stolen), STATUS_ACCESS_DENIED);
  EXPECT_TRUE(refused("no call or channel of this host"));
}

TEST_F(Callers, APackageOfAnotherFileIsNotSpokenFor) {
  EXPECT_EQ(alpha_->create_logon_session({nobody("beta"), nt::Luid{0x555555}}).status, STATUS_ACCESS_DENIED);
  EXPECT_TRUE(refused("not of its file"));
  EXPECT_EQ(authority_->sessions().find(nt::Luid{0x555555}), nullptr);
  // 0 is the authority itself.
  EXPECT_EQ(alpha_->create_logon_session({{}, nt::Luid{0x555555}}).status, STATUS_ACCESS_DENIED);
}

TEST_F(Callers, AClientThatIsNotConnectedToTheHostIsOutOfReach) {
  TestClient user = client(user_uid, false), other = client(user_uid + 1, false);
  seam::SupportCaller caller = on_channel(user, "alpha");
  caller.client = other.connection->client();
  EXPECT_EQ(query(*alpha_, caller), STATUS_ACCESS_DENIED);
  EXPECT_TRUE(refused(R"("client_uid":1235)"));
  caller = nobody("alpha");
  caller.client = other.connection->client();
  EXPECT_EQ(query(*alpha_, caller), STATUS_ACCESS_DENIED);
  EXPECT_TRUE(refused("no call or channel of this host"));
}

TEST_F(Callers, ACallThatIsOverIsStale) {
  seam::SupportCaller kept;
  packages_.at("alpha").logon_user = [&](seam::LogonUserRequest request) {
    kept = of(request.origin, request.package);
    EXPECT_EQ(query(*alpha_, kept), STATUS_SUCCESS);
    seam::LogonUserReply reply;
    reply.status = STATUS_LOGON_FAILURE;
    return reply;
  };
  TestClient login = client();
  login.connection->lsa_logon_user(logon_request(login, "alpha"));
  audited();
  EXPECT_EQ(query(*alpha_, kept), STATUS_ACCESS_DENIED);
  EXPECT_TRUE(refused("call chain"));
}

TEST_F(Callers, AClientThatDiedIsNobodysFault) {
  TestClient user = client(user_uid, false);
  const seam::SupportCaller caller = on_channel(user, "alpha");
  user.connection.reset();
  EXPECT_EQ(query(*alpha_, caller), STATUS_ACCESS_DENIED);
  EXPECT_EQ(audited().find("refused"), std::string::npos);
}

TEST_F(Callers, ThePackageItselfHasNoClient) {
  EXPECT_EQ(query(*alpha_, nobody("alpha")), STATUS_NO_TOKEN);
  const seam::QueryHostTokenReply own = alpha_->query_host_token({nobody("alpha"), 0});
  ASSERT_EQ(own.status, STATUS_SUCCESS);
  ASSERT_TRUE(own.data.posix);
  EXPECT_EQ(own.data.posix->uid, configuration_.authority_uid) << "not root: all hosts share the authority's uid";
}

TEST_F(Callers, AHostThatOnlyLooksAtItsFileHasNoRights) {
  const auto throw_away = std::make_shared<HostContext>();
  throw_away->id = {999};
  throw_away->drop_in = context("alpha")->drop_in;
  throw_away->packages.first = 0xffffff00;
  throw_away->handles = std::make_shared<HandleTable>();
  throw_away->check_only = true;
  HostSupport support(*authority_, throw_away);
  EXPECT_EQ(support.create_logon_session({{0xffffff00, {}, {}, {}}, nt::Luid{0x555555}}).status, STATUS_ACCESS_DENIED);
}

TEST_F(Callers, WhatAHostMayNotDoDoesNotFillTheAuditTrail) {
  audited();
  for (std::uint64_t i = 0; i < HostSupport::event_burst + 500; ++i)
    EXPECT_EQ(alpha_->create_logon_session({nobody("beta"), {0x10000 + i}}).status, STATUS_ACCESS_DENIED);
  const std::string lines = audited();
  EXPECT_LT(std::count(lines.begin(), lines.end(), '\n'), static_cast<std::ptrdiff_t>(HostSupport::event_burst + 400));
  EXPECT_GE(std::count(lines.begin(), lines.end(), '\n'), static_cast<std::ptrdiff_t>(HostSupport::event_burst));
  EXPECT_EQ(beta_->create_logon_session({nobody("alpha"), {0x10000}}).status, STATUS_ACCESS_DENIED);
  EXPECT_TRUE(refused("not of its file")) << "another host has a budget of its own";
}

}  // namespace
}  // namespace openlsa::authority
