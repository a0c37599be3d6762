// Clients: one per process, and everything of it goes with it.
#include "authority/fixture.hpp"

namespace openlsa::authority {
namespace {

class Clients : public AuthorityTest {
 protected:
  void SetUp() override {
    add_package("fake", u"Fake").logon_user = [this](seam::LogonUserRequest request) {
      return accept(request, user_.sid);
    };
    start();
  }
};

TEST_F(Clients, SayHelloFirstAndOnce) {
  std::unique_ptr<Connection> connection = authority_->connect({7, 0, 0, 1}, nullptr);
  EXPECT_EQ(connection->ping({}).status, STATUS_ACCESS_DENIED);
  seam::HelloRequest old;
  old.version = 0;
  EXPECT_EQ(connection->hello(std::move(old)).status, STATUS_REVISION_MISMATCH);
  EXPECT_EQ(connection->hello({}).status, STATUS_SUCCESS);
  EXPECT_EQ(connection->hello({}).status, STATUS_ACCESS_DENIED);
  EXPECT_EQ(connection->ping({}).status, STATUS_SUCCESS);
  EXPECT_EQ(connection->connect({true, std::string(128, 'n')}).status, STATUS_NAME_TOO_LONG);
}

TEST_F(Clients, AreJoinedByTheSameProcessOnly) {
  const PeerIdentity process{50, user_uid, user_uid, 9};
  std::unique_ptr<Connection> first = authority_->connect(process, nullptr);
  const seam::ClientId id = first->hello({}).client;
  seam::HelloRequest join;
  join.join = id;
  std::unique_ptr<Connection> second = authority_->connect(process, nullptr);
  EXPECT_EQ(second->hello(join).client, id);
  PeerIdentity reused = process;
  reused.start_time_ticks = 10;  // the process id came back
  std::unique_ptr<Connection> other = authority_->connect(reused, nullptr);
  EXPECT_EQ(other->hello(join).status, STATUS_ACCESS_DENIED);

  const std::uint32_t handle = second->duplicate_token({0, true, {}, {}}).token;
  EXPECT_EQ(first->query_token({handle}).status, STATUS_SUCCESS);
  second.reset();
  EXPECT_EQ(first->query_token({handle}).status, STATUS_SUCCESS) << "not the main connection";
  std::unique_ptr<Connection> third = authority_->connect(process, nullptr);
  EXPECT_EQ(third->hello(join).client, id);
  first.reset();
  EXPECT_EQ(third->ping({}).status, STATUS_ACCESS_DENIED);
}

// A set-group-ID program of a user must not lend its group to the user's other programs.
TEST_F(Clients, HaveTheGroupThatTheKernelNames) {
  const auto group_of = [&](Connection& connection) { return connection.query_token({0}).data.posix->gid; };
  std::unique_ptr<Connection> special = authority_->connect({60, user_uid, 8, 1}, nullptr);
  ASSERT_EQ(special->hello({}).status, STATUS_SUCCESS);
  std::unique_ptr<Connection> plain = authority_->connect({61, user_uid, user_uid, 1}, nullptr);
  ASSERT_EQ(plain->hello({}).status, STATUS_SUCCESS);
  EXPECT_EQ(group_of(*special), 8u);
  EXPECT_EQ(group_of(*plain), user_uid);
}

TEST_F(Clients, TakeEverythingAlong) {
  TestClient login = client();
  const seam::LsaLogonUserReply reply = login.connection->lsa_logon_user(logon_request(login, "fake"));
  ASSERT_EQ(reply.status, STATUS_SUCCESS);
  const seam::ClientId id = login.connection->client();
  const seam::OpenChannelReply channel = login.connection->open_channel({reply.token, u"fake"});
  ASSERT_EQ(channel.status, STATUS_SUCCESS);
  const seam::HostId host = authority_->registry().files().front()->running()->context->id;
  const seam::SupportCaller caller{id_of("fake"), id, channel.channel, {}};
  ASSERT_TRUE(authority_->calls().find(host, caller));

  authority_->client_lost(id);
  packages_.at("fake").heard->wait_for(terminated(reply.logon_id));
  packages_.at("fake").heard->wait_for("gone " + std::to_string(id.value));
  settle();
  EXPECT_EQ(authority_->sessions().state(reply.logon_id), std::nullopt);
  EXPECT_FALSE(authority_->calls().find(host, caller));
  EXPECT_EQ(login.connection->query_token({reply.token}).status, STATUS_ACCESS_DENIED);
  EXPECT_EQ(login.connection->duplicate_token({0, true, {}, {}}).status, STATUS_ACCESS_DENIED);
  EXPECT_TRUE(authority_->clients().list().empty());
}

TEST_F(Clients, AreBelievedOnlyOnTheirOwnChannels) {
  TestClient first = client(user_uid, false), second = client(user_uid + 1, false);
  const seam::OpenChannelReply channel = first.connection->open_channel({0, u"Fake"});
  ASSERT_EQ(channel.status, STATUS_SUCCESS);
  const seam::HostId host = authority_->registry().files().front()->running()->context->id;
  const seam::PackageId package = id_of("fake");
  const auto found = authority_->calls().find(host, {package, first.connection->client(), channel.channel, {}});
  ASSERT_TRUE(found);
  EXPECT_EQ(found->view.uid, user_uid);
  EXPECT_FALSE(found->view.has_tcb);
  const seam::SupportCaller forged[] = {
      {package, second.connection->client(), channel.channel, {}},
      {package + 1, first.connection->client(), channel.channel, {}},
      {package, first.connection->client(), {channel.channel.value + 1}, {}},
      {package, first.connection->client(), {}, {1}},
      {package, first.connection->client(), {}, {}},
  };
  for (const seam::SupportCaller& caller : forged) EXPECT_FALSE(authority_->calls().find(host, caller));
  EXPECT_FALSE(authority_->calls().find({host.value + 1}, {package, first.connection->client(), channel.channel, {}}));
  EXPECT_EQ(first.connection->open_channel({0, u"Unknown"}).status, SEC_E_SECPKG_NOT_FOUND);
  EXPECT_EQ(first.connection->open_channel({8, u"Fake"}).status, SEC_E_INVALID_HANDLE);
}

TEST_F(Clients, UntrustedAndTrustedCallsReachTheirSlots) {
  std::vector<seam::CallPackageKind> kinds;
  packages_.at("fake").call_package = [&](seam::CallPackageRequest request) {
    kinds.push_back(request.kind);
    seam::CallPackageReply reply;
    reply.protocol_status = STATUS_NO_SUCH_USER;
    return reply;
  };
  TestClient login = client(), user = client(user_uid, false), root = client(0, false);
  for (TestClient* caller : {&login, &user, &root}) {
    seam::LsaCallPackageRequest request;
    request.lsa_handle = caller->lsa;
    request.package = id_of("fake");
    const seam::LsaCallPackageReply reply = caller->connection->lsa_call_package(std::move(request));
    EXPECT_EQ(reply.status, STATUS_SUCCESS);
    EXPECT_EQ(reply.protocol_status, STATUS_NO_SUCH_USER);
  }
  using Kind = seam::CallPackageKind;
  EXPECT_EQ(kinds, (std::vector{Kind::trusted, Kind::untrusted, Kind::untrusted}));
}

TEST_F(Clients, HandlesPlacedByAFailedCallAreClosedAgain) {
  TestClient user = client(user_uid, false);
  std::uint32_t placed = 0;
  nt::Status answer = STATUS_SUCCESS;
  packages_.at("fake").call_package = [&](seam::CallPackageRequest request) {
    const std::shared_ptr<Client> target = authority_->clients().find(request.origin.view.client);
    placed = target->handles()->insert(target->own_token());
    authority_->calls().placed_handle(request.origin.chain, placed);
    seam::CallPackageReply reply;
    reply.status = answer;
    return reply;
  };
  const auto call = [&] {
    seam::LsaCallPackageRequest request;
    request.lsa_handle = user.lsa;
    request.package = id_of("fake");
    return user.connection->lsa_call_package(std::move(request)).status;
  };
  EXPECT_EQ(call(), STATUS_SUCCESS);
  EXPECT_EQ(user.connection->query_token({placed}).status, STATUS_SUCCESS);
  answer = STATUS_ACCESS_DENIED;
  EXPECT_EQ(call(), STATUS_ACCESS_DENIED);
  EXPECT_EQ(user.connection->query_token({placed}).status, STATUS_INVALID_HANDLE);
}

}  // namespace
}  // namespace openlsa::authority
