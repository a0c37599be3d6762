// One user, however many connections it has and whatever it sends, leaves the authority to the others.
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <vector>

#include "hostile/requests.hpp"
#include "support/text.hpp"

namespace openlsa::test {
namespace {

constexpr uid_t greedy_uid = 71001;

// The kernel tells the effective uid of the thread that connects.
struct As {
  explicit As(uid_t uid) { EXPECT_EQ(::seteuid(uid), 0); }
  ~As() { EXPECT_EQ(::seteuid(0), 0); }
};

struct Stranger {
  Stranger() {
    const As greedy(greedy_uid);
    connection = std::make_unique<RawConnection>();
    connection->greet();
    attacker.lsa_handle = connection->authority().connect({}).lsa_handle;
    attacker.probe = connection->authority().lookup_package({attacker.lsa_handle, "Probe"}).package;
  }
  bool call(const std::string& script) {
    return connection->send(datagram_of(call_package_method, attacker.call(script)));
  }
  std::unique_ptr<RawConnection> connection;
  Attacker attacker;  // for the form of its requests only
};

class Shares : public testing::Test {
 protected:
  void SetUp() override {
    if (::geteuid() != 0) GTEST_SKIP() << "not run: needs another user, so root";
  }
};

TEST_F(Shares, OneUserDoesNotHoldEveryWorker) {
  std::vector<std::unique_ptr<Stranger>> slow;
  for (int i = 0; i < 300; ++i) slow.push_back(std::make_unique<Stranger>());
  for (const auto& each : slow) ASSERT_TRUE(each->call("sleep 400"));
  ::usleep(100'000);
  RawConnection other;
  ASSERT_STATUS(STATUS_SUCCESS, other.greet());
  ASSERT_NE(open_probe_channel(other), nullptr);
  int answered = 0;
  for (const auto& each : slow) {
    pollfd entry{each->connection->socket(), POLLIN, 0};
    answered += ::poll(&entry, 1, 0);
  }
  EXPECT_LT(answered, 150) << "the other user had to wait its turn";
  for (const auto& each : slow) EXPECT_EQ(each->connection->outcome(), Outcome::answered);
}

// A socket that cannot send what it holds, and waits for that when it is closed (SO_LINGER).
struct Lingering {
  Lingering() {
    const base::UniqueFd listener(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
    sockaddr_in here{};
    here.sin_family = AF_INET;
    here.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof here;
    auto* const address = reinterpret_cast<sockaddr*>(&here);
    ::bind(listener.get(), address, size);
    ::getsockname(listener.get(), address, &size);
    ::listen(listener.get(), 1);
    socket.reset(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
    ::connect(socket.get(), address, size);
    peer.reset(::accept4(listener.get(), nullptr, nullptr, SOCK_CLOEXEC));
    const std::vector<char> much(1 << 20);
    while (::send(socket.get(), much.data(), much.size(), MSG_DONTWAIT) > 0) continue;
    const linger long_time{1, 60};
    ::setsockopt(socket.get(), SOL_SOCKET, SO_LINGER, &long_time, sizeof long_time);
  }
  base::UniqueFd socket, peer;
};

TEST_F(Shares, DescriptorsThatTakeLongToCloseStopNobody) {
  Bystander bystander;
  std::vector<std::unique_ptr<Stranger>> strangers;
  std::vector<Lingering> lingering(100);
  const Datagram with_too_much = datagram_of(ping_method, seam::PingRequest{}), no_frame(100, 'x');
  for (Lingering& each : lingering) {
    const Datagram& carrier = strangers.size() % 2 == 0 ? with_too_much : no_frame;
    // Behind a slow call, so that our own copy is closed before: lsad closes the last one.
    Stranger& stranger = *strangers.emplace_back(std::make_unique<Stranger>());
    ASSERT_TRUE(stranger.call("sleep 300"));
    ASSERT_TRUE(stranger.connection->send(carrier, {each.socket.get()}));
    each.socket.reset();
  }
  ::sleep(1);
  EXPECT_EQ(bystander.complaint(), "");
  RawConnection other;
  ASSERT_STATUS(STATUS_SUCCESS, other.greet());
  EXPECT_NE(open_probe_channel(other), nullptr) << "every worker closes descriptors";
}

TEST_F(Shares, LargeAnswersThatNobodyReadsAreNotCollected) {
  Stranger stranger;
  for (int i = 0; i < 3; ++i) ASSERT_TRUE(stranger.call("return-pattern 200000"));
  pollfd entry{stranger.connection->socket(), POLLRDHUP, 0};
  EXPECT_EQ(::poll(&entry, 1, 20'000), 1) << "the second answer went out behind the first";
}

TEST_F(Shares, RequestsOfMoreThanTwoMebibytesClose) {
  // Well-formed: it is not read at all. One that is a little smaller is, and its submit buffer is refused.
  for (const auto& [size, outcome] : {std::pair{wire::authority_request_limit_bytes - 65536, Outcome::answered},
                                      std::pair{wire::authority_request_limit_bytes, Outcome::closed}}) {
    Stranger stranger;
    const wire::Message large = wire::encode(stranger.attacker.call(std::string(size, '\n')));
    ASSERT_TRUE(wire::send_frame(stranger.connection->socket(), {.method = call_package_method, .id = 1}, large));
    EXPECT_EQ(stranger.connection->outcome(), outcome) << size;
  }
}

}  // namespace
}  // namespace openlsa::test
