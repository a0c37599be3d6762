// Clients that want too much: they are refused or dropped, the others are served, and all is as before afterwards.
#include <fcntl.h>
#include <gtest/gtest.h>
#include <poll.h>
#include <sys/resource.h>
#include <sys/socket.h>

#include <vector>

#include "hostile/census.hpp"
#include "hostile/requests.hpp"
#include "hostile/soak.hpp"
#include "support/authority_environment.hpp"
#include "support/child.hpp"
#include "support/text.hpp"

namespace openlsa::test {
namespace {

constexpr int drop_milliseconds = 40'000;  // the longest deadline there is for a client that does not read is 10 s

// Sends the same request again and again and reads nothing, until no more goes in. True when the other side hangs up.
bool is_dropped(RawConnection& connection, const Datagram& datagram) {
  ::fcntl(connection.socket(), F_SETFL, O_NONBLOCK);
  for (int waited = 0; waited < drop_milliseconds;) {
    if (connection.send(datagram)) continue;
    if (errno == EPIPE || errno == ECONNRESET) return true;
    pollfd wanted{connection.socket(), POLLOUT, 0};
    ::poll(&wanted, 1, 10);
    if ((wanted.revents & (POLLHUP | POLLERR)) != 0) return true;
    waited += 10;
  }
  return false;
}

class Floods : public testing::Test {
 protected:
  void SetUp() override {
    // Room for many connections here; lsad raises its own limit.
    rlimit files{};
    ::getrlimit(RLIMIT_NOFILE, &files);
    files.rlim_cur = files.rlim_max;
    ::setrlimit(RLIMIT_NOFILE, &files);
    before_ = census();
  }
  void expect_peace() {
    EXPECT_EQ(leftovers(before_), "");
    Bystander after;
    EXPECT_EQ(after.complaint(), "");
  }
  Census before_;
};

TEST_F(Floods, AClientThatDoesNotReadIsDropped) {
  {
    Bystander bystander;
    RawConnection connection;
    connection.greet();
    EXPECT_TRUE(is_dropped(connection, datagram_of(ping_method, seam::PingRequest{})));
    EXPECT_EQ(bystander.complaint(), "");
  }
  expect_peace();
}

TEST_F(Floods, AClientThatDoesNotReadLargeAnswersIsDropped) {
  {
    Bystander bystander;
    Attacker attacker;
    EXPECT_TRUE(
        is_dropped(attacker.connection, datagram_of(call_package_method, attacker.call("return-pattern 60000"))));
    EXPECT_EQ(bystander.complaint(), "");
  }
  expect_peace();
}

TEST_F(Floods, AChannelThatIsNotReadIsDropped) {
  {
    Bystander bystander;
    RawConnection client;
    client.greet();
    const auto flooded = open_probe_channel(client), neighbour = open_probe_channel(client);
    ASSERT_TRUE(flooded && neighbour);
    EXPECT_TRUE(is_dropped(*flooded, datagram_of(acquire_credentials_method, probe_credentials())));
    EXPECT_STATUS(SEC_E_OK, wire::SspiProxy(*neighbour).acquire_credentials(probe_credentials()).status);
    EXPECT_EQ(bystander.complaint(), "");
  }
  expect_peace();
}

TEST_F(Floods, ManyClientsAreServedAndGo) {
  {
    std::vector<std::unique_ptr<RawConnection>> all;
    for (int i = 0; i < (soak() ? 3000 : 500); ++i) {
      all.push_back(std::make_unique<RawConnection>());
      ASSERT_STATUS(STATUS_SUCCESS, all.back()->greet()) << i;
    }
    for (const auto& each : all) ASSERT_STATUS(STATUS_SUCCESS, each->authority().ping({}).status);
  }
  expect_peace();
}

TEST_F(Floods, ConnectionsThatSayNothingHarmNobody) {
  {
    std::vector<std::unique_ptr<RawConnection>> silent;
    for (int i = 0; i < 1000; ++i) silent.push_back(std::make_unique<RawConnection>());
    Bystander bystander;
    EXPECT_EQ(bystander.complaint(), "");
  }
  expect_peace();
}

TEST_F(Floods, SlowCallsDoNotStopTheOthers) {
  {
    std::vector<std::unique_ptr<Attacker>> slow;
    for (int i = 0; i < 100; ++i) {
      slow.push_back(std::make_unique<Attacker>());
      ASSERT_TRUE(slow.back()->connection.send(datagram_of(call_package_method, slow.back()->call("sleep 500"))));
    }
    Bystander bystander;
    EXPECT_EQ(bystander.complaint(), "");
    Attacker other;
    EXPECT_STATUS(STATUS_SUCCESS, other.connection.authority().lsa_call_package(other.call("echo x")).status);
    for (const auto& each : slow) EXPECT_EQ(each->connection.outcome(), Outcome::answered);
  }
  expect_peace();
}

TEST_F(Floods, ClientsThatLeaveInTheMiddleOfSlowCallsLeaveNothing) {
  {
    std::vector<std::unique_ptr<Attacker>> slow;
    for (int i = 0; i < 50; ++i) {
      slow.push_back(std::make_unique<Attacker>());
      ASSERT_TRUE(
          slow.back()->connection.send(datagram_of(logon_method, slow.back()->logon("user=alice\nlate-sleep=200"))));
    }
  }
  expect_peace();
}

TEST_F(Floods, TokenHandlesHaveAQuota) {
  {
    RawConnection greedy;
    greedy.greet();
    nt::Status status = STATUS_SUCCESS;
    int made = 0;
    for (; made < 20'000 && status == STATUS_SUCCESS; ++made) status = greedy.authority().duplicate_token({0}).status;
    EXPECT_STATUS(STATUS_QUOTA_EXCEEDED, status) << made;
    Bystander bystander;
    EXPECT_EQ(bystander.complaint(), "");
    RawConnection modest;
    modest.greet();
    EXPECT_STATUS(STATUS_SUCCESS, modest.authority().duplicate_token({0}).status);
  }
  expect_peace();
}

TEST_F(Floods, LsaHandlesHaveAQuota) {
  {
    RawConnection greedy;
    greedy.greet();
    nt::Status status = STATUS_SUCCESS;
    for (int i = 0; i < 1000 && status == STATUS_SUCCESS; ++i) status = greedy.authority().connect({}).status;
    EXPECT_STATUS(STATUS_QUOTA_EXCEEDED, status);
  }
  expect_peace();
}

TEST_F(Floods, ChannelsHaveAQuota) {
  {
    RawConnection greedy;
    greedy.greet();
    std::vector<base::UniqueFd> channels;
    nt::Status status = STATUS_SUCCESS;
    for (int i = 0; i < 1000 && status == STATUS_SUCCESS; ++i) {
      auto reply = greedy.authority().open_channel(probe_channel());
      status = reply.status;
      channels.push_back(std::move(reply.socket));
    }
    EXPECT_STATUS(STATUS_QUOTA_EXCEEDED, status);
    RawConnection modest;
    modest.greet();
    EXPECT_NE(open_probe_channel(modest), nullptr);
  }
  expect_peace();
}

TEST_F(Floods, ExportedTokensHaveAQuota) {
  {
    RawConnection greedy;
    greedy.greet();
    std::vector<base::UniqueFd> descriptors;
    nt::Status status = STATUS_SUCCESS;
    for (int i = 0; i < 5000 && status == STATUS_SUCCESS; ++i) {
      auto reply = greedy.authority().export_token({0});
      status = reply.status;
      descriptors.push_back(std::move(reply.descriptor));
    }
    EXPECT_STATUS(STATUS_QUOTA_EXCEEDED, status);
    Bystander bystander;
    EXPECT_EQ(bystander.complaint(), "");
  }
  expect_peace();
  RawConnection later;
  later.greet();
  EXPECT_TRUE(eventually([&] { return later.authority().export_token({0}).status == STATUS_SUCCESS; }))
      << "descriptors that are closed count still";
}

TEST_F(Floods, CredentialsOfAChannelHaveAQuota) {
  if (!soak()) GTEST_SKIP() << "not run: part of the long runs (OPENLSA_SOAK=1)";
  {
    RawConnection client;
    client.greet();
    const auto channel = open_probe_channel(client), neighbour = open_probe_channel(client);
    ASSERT_TRUE(channel && neighbour);
    nt::Status status = SEC_E_OK;
    for (int i = 0; i < 20'000 && status == SEC_E_OK; ++i)
      status = wire::SspiProxy(*channel).acquire_credentials(probe_credentials()).status;
    EXPECT_STATUS(SEC_E_INSUFFICIENT_MEMORY, status);
    EXPECT_STATUS(SEC_E_OK, wire::SspiProxy(*neighbour).acquire_credentials(probe_credentials()).status);
  }
  expect_peace();
}

}  // namespace
}  // namespace openlsa::test
