#include "client/connection/current_client.hpp"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <condition_variable>
#include <thread>

#include "client/fake_authority.hpp"
#include "win32/thread_state.hpp"

namespace openlsa::client {
namespace {

nt::Status ping(ProcessClient& client) { return client.call(&seam::AuthorityCalls::ping, {}).status; }
nt::Status ping(CurrentClient& client) { return client.call(&seam::AuthorityCalls::ping, {}).status; }
// What knew the authority of an earlier test finds with its first call that it has gone.
std::shared_ptr<ProcessClient> first_client() {
  CurrentClient client;
  ping(client);
  return client.made_by();
}
nt::Status ping() {
  CurrentClient client;
  return ping(client);
}

// The descriptors of this process that are connected to the socket of the authority.
std::vector<int> client_sockets() {
  std::vector<int> found;
  for (int fd = 3; fd < 1024; ++fd) {
    int type = 0;
    socklen_t size = sizeof type;
    int accepting = 0;
    sockaddr_storage own{};
    socklen_t own_size = sizeof own;
    if (::getsockopt(fd, SOL_SOCKET, SO_TYPE, &type, &size) != 0 || type != SOCK_SEQPACKET) continue;
    size = sizeof accepting;
    ::getsockopt(fd, SOL_SOCKET, SO_ACCEPTCONN, &accepting, &size);
    ::getsockname(fd, reinterpret_cast<sockaddr*>(&own), &own_size);
    // The server's ends have the path as their own name.
    if (accepting == 0 && own_size <= sizeof(sa_family_t)) found.push_back(fd);
  }
  return found;
}

TEST(ProcessClient, StaysTheSameFromCallToCall) {
  FakeAuthority authority;
  const auto first = first_client();
  ASSERT_NE(first, nullptr);
  EXPECT_EQ(first->authority_id()[31], 7);
  EXPECT_EQ(ping(*first), STATUS_SUCCESS);
  EXPECT_EQ(ProcessClient::current(), first);
  EXPECT_EQ(ProcessClient::of_epoch(first->epoch()), first);
  EXPECT_EQ(ProcessClient::of_epoch(first->epoch() + 1), nullptr);
  EXPECT_EQ(authority.clients, 1u);
}

TEST(ProcessClient, AChildOfForkIsANewClientAndLeavesItsParentAlone) {
  FakeAuthority authority;
  const auto parent = first_client();
  ASSERT_NE(parent, nullptr);
  const std::vector<int> sockets = client_sockets();
  ASSERT_EQ(sockets.size(), 1u);
  const pid_t child = ::fork();
  if (child == 0) {
    if (ProcessClient::of_epoch(parent->epoch()) != nullptr) ::_exit(1);
    const auto fresh = ProcessClient::current();
    if (!fresh || fresh->epoch() <= parent->epoch()) ::_exit(2);
    if (ping(*fresh) != STATUS_SUCCESS) ::_exit(3);
    if (ping(*parent) == STATUS_SUCCESS) ::_exit(4);  // its connection is the parent's
    if (client_sockets().size() != 1) ::_exit(5);     // and the copy of it is closed
    ::_exit(0);
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  EXPECT_EQ(WEXITSTATUS(status), 0);
  EXPECT_EQ(ping(*parent), STATUS_SUCCESS);
  EXPECT_EQ(ProcessClient::current(), parent);
  EXPECT_EQ(authority.clients, 2u);
}

TEST(ProcessClient, ADescriptorThatIsNoLongerOursIsLeftAlone) {
  FakeAuthority authority;
  auto old = first_client();
  ASSERT_NE(old, nullptr);
  const std::uint32_t epoch = old->epoch();
  const std::vector<int> sockets = client_sockets();
  ASSERT_EQ(sockets.size(), 1u);
  const int file = ::open("/dev/null", O_RDONLY | O_CLOEXEC);
  ASSERT_EQ(::dup2(file, sockets[0]), sockets[0]);  // closefrom, then an open of the application
  const auto fresh = ProcessClient::current();
  ASSERT_NE(fresh, nullptr);
  EXPECT_GT(fresh->epoch(), epoch);
  EXPECT_EQ(ProcessClient::of_epoch(epoch), nullptr);
  EXPECT_EQ(ping(*old), SEC_E_INTERNAL_ERROR);
  EXPECT_EQ(ping(*fresh), STATUS_SUCCESS);
  old.reset();
  EXPECT_GE(::fcntl(sockets[0], F_GETFD), 0);  // the application's file is still open
  ::close(sockets[0]);
  ::close(file);
}

TEST(ProcessClient, TheCallThatFindsTheAuthorityGoneIsMadeByANewClient) {
  FakeAuthority authority;
  const auto old = first_client();
  ASSERT_NE(old, nullptr);
  EXPECT_EQ(ProcessClient::current_epoch(), old->epoch());
  authority.hang_up();
  EXPECT_EQ(ProcessClient::current_epoch(), 0u);
  CurrentClient client;
  EXPECT_EQ(ping(client), STATUS_SUCCESS);
  ASSERT_NE(client.made_by(), nullptr);
  EXPECT_GT(client.made_by()->epoch(), old->epoch());
  EXPECT_EQ(client.made_by(), ProcessClient::current());
  EXPECT_EQ(authority.pings, 2);
  // What belongs to the old client stays with it.
  EXPECT_EQ(old->call(&seam::AuthorityCalls::ping, {}, {SEC_E_INTERNAL_ERROR, STATUS_INVALID_HANDLE}).status,
            STATUS_INVALID_HANDLE);
  EXPECT_EQ(ProcessClient::of_epoch(old->epoch()), nullptr);
  EXPECT_EQ(authority.pings, 2);
}

TEST(ProcessClient, ACallThatWasSentIsNeverSentAgain) {
  std::atomic<bool> goes{true};
  FakeAuthority authority;
  ASSERT_EQ(ping(), STATUS_SUCCESS);
  authority.in_ping = [&] {
    if (goes.exchange(false)) authority.hang_up();
  };
  EXPECT_EQ(ping(), SEC_E_INTERNAL_ERROR);
  EXPECT_EQ(authority.pings, 2);
  EXPECT_EQ(ping(), STATUS_SUCCESS);
  EXPECT_EQ(authority.pings, 3);
  EXPECT_EQ(authority.clients, 2u);
}

TEST(ProcessClient, ACallThatIsMadeAgainHasItsDescriptors) {
  FakeAuthority authority;
  ASSERT_EQ(ping(), STATUS_SUCCESS);
  authority.hang_up();
  seam::ImportTokenRequest request;
  request.descriptor.reset(::open("/dev/null", O_RDONLY | O_CLOEXEC));
  EXPECT_EQ(CurrentClient().call(&seam::AuthorityCalls::import_token, std::move(request)).status, STATUS_SUCCESS);
  EXPECT_EQ(authority.clients, 2u);
}

TEST(ProcessClient, AThreadThatImpersonatesBecomesNoNewClient) {
  FakeAuthority authority;
  ASSERT_EQ(ping(), STATUS_SUCCESS);
  ASSERT_EQ(openlsa_private_impersonate(64, true), SEC_E_OK);
  EXPECT_EQ(ping(), STATUS_SUCCESS);
  authority.hang_up();
  EXPECT_EQ(ping(), SEC_E_INTERNAL_ERROR);
  EXPECT_EQ(authority.clients, 1u);
  openlsa_private_revert();
  EXPECT_EQ(ping(), STATUS_SUCCESS);
  EXPECT_EQ(authority.clients, 2u);
  EXPECT_EQ(authority.closed_token, 0u);  // the value would have named a token of the new client
}

TEST(ProcessClient, AFurtherConnectionThatWentAwayCostsNoCall) {
  std::atomic<bool> nested{false};
  FakeAuthority authority;
  authority.in_ping = [&] {
    if (nested.exchange(false)) std::thread([] { EXPECT_EQ(ping(), STATUS_SUCCESS); }).join();
  };
  nested = true;
  EXPECT_EQ(ping(), STATUS_SUCCESS);
  ASSERT_EQ(authority.joins, 1);
  authority.hang_up_newest();
  nested = true;
  EXPECT_EQ(ping(), STATUS_SUCCESS);
  EXPECT_EQ(authority.joins, 2);
  EXPECT_EQ(authority.clients, 1u);
}

TEST(ProcessClient, AnotherUserIsAnotherClient) {
  if (::geteuid() != 0) GTEST_SKIP() << "needs root";
  FakeAuthority authority;
  const auto root = first_client();
  ASSERT_NE(root, nullptr);
  const pid_t child = ::fork();
  if (child == 0) {
    const auto mine = ProcessClient::current();
    if (!mine || ProcessClient::current() != mine) ::_exit(1);
    if (::seteuid(65534) != 0) ::_exit(2);
    // The directory of the test is root's, so there is no new client; what matters is that the old one is not used.
    if (ProcessClient::of_epoch(mine->epoch()) != nullptr || ProcessClient::current() == mine) ::_exit(3);
    ::_exit(0);
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  EXPECT_EQ(WEXITSTATUS(status), 0);
}

TEST(ProcessClient, AnInheritedThreadTokenIsStaleUntilItIsReverted) {
  FakeAuthority authority;
  ASSERT_NE(first_client(), nullptr);
  ASSERT_EQ(openlsa_private_impersonate(64, true), SEC_E_OK);
  EXPECT_NE(ProcessClient::current(), nullptr);
  const pid_t child = ::fork();
  if (child == 0) {
    if (ProcessClient::current() != nullptr) ::_exit(1);  // not with the process's own identity instead
    openlsa_private_revert();
    const auto fresh = ProcessClient::current();
    ::_exit(fresh && ping(*fresh) == STATUS_SUCCESS ? 0 : 2);
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  EXPECT_EQ(WEXITSTATUS(status), 0);
  EXPECT_EQ(authority.closed_token, 0u);  // the value would have named a token of the new client
  openlsa_private_revert();
  EXPECT_EQ(authority.closed_token, 64u);
}

TEST(ProcessClient, ThreadsShareAFewConnections) {
  FakeAuthority authority;
  const auto client = first_client();
  base::Mutex mutex;
  base::ConditionVariable changed;
  int inside = 0;
  bool open = false;
  authority.in_ping = [&] {
    mutex.lock();
    ++inside;
    changed.notify_all();
    while (!open) changed.wait(mutex);
    mutex.unlock();
  };
  ASSERT_NE(client, nullptr);
  std::atomic<int> good{0};
  std::vector<std::thread> threads;
  for (int i = 0; i < 12; ++i)
    threads.emplace_back([&] { good += ping(*ProcessClient::current()) == STATUS_SUCCESS ? 1 : 0; });
  mutex.lock();
  while (inside < 8) changed.wait(mutex);  // all connections are in use; four threads wait for one
  open = true;
  changed.notify_all();
  mutex.unlock();
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(good, 12);
  EXPECT_EQ(authority.clients, 1u);
  EXPECT_EQ(authority.joins, 7);
}

TEST(ProcessClient, WithoutAnAuthorityThereIsNone) {
  {
    FakeAuthority gone;
  }
  EXPECT_EQ(first_client(), nullptr);
  EXPECT_EQ(ProcessClient::current_epoch(), 0u);
}

}  // namespace
}  // namespace openlsa::client
