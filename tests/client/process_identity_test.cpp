#include "client/connection/process_identity.hpp"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>

#include "client/connection/socket_ledger.hpp"

namespace openlsa::client {
namespace {

int exit_code_of_child(auto&& body) {
  const pid_t child = ::fork();
  if (child == 0) ::_exit(body());
  int status = 0;
  ::waitpid(child, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

TEST(ProcessIdentity, AChildIsAnotherProcess) {
  const ProcessIdentity here = ProcessIdentity::now();
  EXPECT_TRUE(here.same(ProcessIdentity::now(), false));
  EXPECT_EQ(exit_code_of_child([&] { return here.in_its_process() ? 1 : 0; }), 0);
  EXPECT_EQ(exit_code_of_child([&] { return fork_generation() == here.generation ? 1 : 0; }), 0);
  EXPECT_EQ(exit_code_of_child([&] {
              const std::uint32_t child = fork_generation();
              return exit_code_of_child([&] { return fork_generation() == child ? 1 : 0; });
            }),
            0);
  EXPECT_TRUE(here.in_its_process());
}

TEST(ProcessIdentity, AChildThatNoLibraryMadeIsAnotherProcess) {
  const std::uint32_t here = fork_generation();
  const long child = ::syscall(SYS_clone, SIGCHLD, nullptr, nullptr, nullptr, nullptr);  // atfork handlers do not run
  if (child == 0) ::_exit(fork_generation() == here ? 1 : 0);
  int status = 0;
  ASSERT_EQ(::waitpid(static_cast<pid_t>(child), &status, 0), child);
  EXPECT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) == 0);
}

TEST(ProcessIdentity, EffectiveIdsMayChangeOnlyWhileAThreadImpersonates) {
  const ProcessIdentity connected = ProcessIdentity::now();
  ProcessIdentity now = connected;
  now.effective_uid += 1;
  EXPECT_FALSE(connected.same(now, false));
  EXPECT_TRUE(connected.same(now, true));
  now = connected;
  now.saved_uid += 1;
  EXPECT_FALSE(connected.same(now, true));
  now = connected;
  now.real_gid += 1;
  EXPECT_FALSE(connected.same(now, true));
}

TEST(SocketIdentity, ANumberThatWasReusedIsNotOurSocket) {
  int ends[2];
  ASSERT_EQ(::socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends), 0);
  const SocketIdentity ours = SocketIdentity::of(ends[0]);
  EXPECT_TRUE(ours.holds());
  ASSERT_EQ(::dup2(ends[1], ends[0]), ends[0]);  // another socket
  EXPECT_FALSE(ours.holds());
  const int file = ::open("/dev/null", O_RDONLY | O_CLOEXEC);
  ASSERT_EQ(::dup2(file, ends[0]), ends[0]);  // no socket
  EXPECT_FALSE(ours.holds());
  ::close(ends[0]);
  EXPECT_FALSE(ours.holds());  // nothing
  ::close(ends[1]);
  ::close(file);
}

TEST(SocketLedger, AChildClosesItsCopiesAndNothingElse) {
  int ends[2];
  ASSERT_EQ(::socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends), 0);
  const SocketIdentity first = SocketIdentity::of(ends[0]);
  const SocketIdentity second = SocketIdentity::of(ends[1]);
  record_socket(first);
  record_socket(second);
  close_inherited_sockets();
  EXPECT_TRUE(first.holds());  // our own are not inherited
  const int code = exit_code_of_child([&] {
    const int file = ::open("/dev/null", O_RDONLY | O_CLOEXEC);
    ::dup2(file, second.descriptor);  // the child put something else in its place
    close_inherited_sockets();
    return !first.holds() && ::fcntl(second.descriptor, F_GETFD) >= 0 ? 0 : 1;
  });
  EXPECT_EQ(code, 0);
  EXPECT_TRUE(first.holds());
  forget_socket(first);
  forget_socket(second);
  ::close(ends[0]);
  ::close(ends[1]);
}

}  // namespace
}  // namespace openlsa::client
