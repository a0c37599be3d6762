// Tokens as descriptors.
#include "authority/fixture.hpp"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/socket.h>

#include <thread>

namespace openlsa::authority {
namespace {

class ExportedTokensTest : public AuthorityTest {
 protected:
  void SetUp() override {
    configuration_.watch_descriptor = [this](int fd, std::function<void()> closed) {
      watchers_.emplace_back([fd, closed = std::move(closed)] {
        pollfd waited{fd, 0, 0};
        while (::poll(&waited, 1, -1) < 0 || (waited.revents & POLLHUP) == 0) continue;
        closed();
      });
    };
    start();
  }
  void TearDown() override {
    for (std::thread& watcher : watchers_) watcher.join();
  }
  std::vector<std::thread> watchers_;
};

TEST_F(ExportedTokensTest, LiveUntilTheLastCloseAndAreKnownByAnyCopy) {
  TestClient user = client(user_uid, false), other = client(user_uid + 1, false);
  const nt::Luid id = user.connection->query_token({0}).data.logon_id;
  seam::ExportTokenReply exported = user.connection->export_token({0});
  ASSERT_EQ(exported.status, STATUS_SUCCESS);
  base::UniqueFd copy(::fcntl(exported.descriptor.get(), F_DUPFD_CLOEXEC, 0));
  user.connection.reset();
  EXPECT_EQ(authority_->sessions().state(id), SessionState::live) << "the descriptor holds it";

  EXPECT_EQ(::send(copy.get(), "x", 1, MSG_NOSIGNAL), -1) << "what holders write is refused";
  const seam::ImportTokenReply imported = other.connection->import_token({std::move(exported.descriptor)});
  ASSERT_EQ(imported.status, STATUS_SUCCESS);
  EXPECT_EQ(other.connection->query_token({imported.token}).data.logon_id, id);
  copy.reset();
  EXPECT_EQ(other.connection->close_token({imported.token}).status, STATUS_SUCCESS);
  while (authority_->sessions().state(id)) std::this_thread::yield();
}

TEST_F(ExportedTokensTest, NoOtherDescriptorIsAToken) {
  TestClient user = client(user_uid, false);
  int ends[2];
  ASSERT_EQ(::socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends), 0);
  base::UniqueFd near(ends[0]);
  EXPECT_EQ(user.connection->import_token({base::UniqueFd(ends[1])}).status, STATUS_INVALID_HANDLE);
  EXPECT_EQ(user.connection->import_token({base::UniqueFd(::open("/dev/null", O_RDONLY | O_CLOEXEC))}).status,
            STATUS_INVALID_HANDLE);
  EXPECT_EQ(user.connection->import_token({}).status, STATUS_INVALID_HANDLE);
}

}  // namespace
}  // namespace openlsa::authority
