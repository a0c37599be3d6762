// Impersonation of a token: the thread alone, its uid and its way back.
#include <fcntl.h>
#include <gtest/gtest.h>
#include <openlsa/ntstatus.h>
#include <openlsa/winerror.h>
#include <unistd.h>

#include <cerrno>
#include <fstream>
#include <thread>

#include "support/authority_environment.hpp"
#include "support/child.hpp"
#include "support/composition.hpp"
#include "support/lsa_client.hpp"
#include "support/tokens.hpp"

namespace openlsa::test {
namespace {

LogonResult logon(const char* user, SECURITY_LOGON_TYPE type = Interactive) {
  return Connection::trusted().logon("Probe", std::string("user=") + user, type);
}

// The ids of this thread as the kernel has them: real, effective, saved, file system.
std::string kernel_ids(const char* name) {
  std::ifstream file("/proc/thread-self/status");
  for (std::string line; std::getline(file, line);)
    if (line.rfind(name, 0) == 0) {
      const std::size_t begin = line.find_first_not_of("\t ", std::string(name).size());
      return begin == std::string::npos ? "" : line.substr(begin);
    }
  return "";
}

TEST(Impersonation, ChangesTheThreadAndOnlyTheThread) {
  OPENLSA_NEEDS_ROOT();
  const LogonResult result = logon("alice", Network);
  ASSERT_STATUS(STATUS_SUCCESS, result.status);
  std::string before, during, groups, after, other, main_thread;
  bool impersonated = false, reverted = false;
  std::thread thread([&] {
    before = kernel_ids("Uid:");
    impersonated = ImpersonateLoggedOnUser(result.token.get()) != FALSE;
    during = kernel_ids("Uid:");
    groups = kernel_ids("Groups:");
    std::thread([&] { other = kernel_ids("Uid:"); }).join();
    reverted = RevertToSelf() != FALSE;
    after = kernel_ids("Uid:");
  });
  thread.join();
  main_thread = kernel_ids("Uid:");
  EXPECT_TRUE(impersonated);
  EXPECT_TRUE(reverted);
  EXPECT_EQ(before, "0\t0\t0\t0");
  EXPECT_EQ(during, "0\t70001\t0\t70001");
  EXPECT_EQ(groups, "") << "root's groups are gone, and the account has none";
  EXPECT_EQ(after, before);
  EXPECT_EQ(main_thread, before);
}

TEST(Impersonation, TheKernelRefusesWhatTheUserMayNot) {
  OPENLSA_NEEDS_ROOT();
  const std::string path = installation().directory() + "/only-root";
  write_file(path, "secret", 0600);
  const LogonResult result = logon("bob", Network);
  ASSERT_STATUS(STATUS_SUCCESS, result.status);
  std::thread([&] {
    ASSERT_TRUE(ImpersonateLoggedOnUser(result.token.get()));
    const int file = ::open(path.c_str(), O_RDONLY);
    const int error = errno;
    EXPECT_TRUE(RevertToSelf());
    EXPECT_EQ(file, -1);
    EXPECT_EQ(error, EACCES);
    const int again = ::open(path.c_str(), O_RDONLY);
    EXPECT_GE(again, 0);
    ::close(again);
  }).join();
}

TEST(Impersonation, TokenOnlyLeavesTheKernelAlone) {
  const LogonResult result = logon("alice", Network);
  ASSERT_STATUS(STATUS_SUCCESS, result.status);
  const std::string before = kernel_ids("Uid:");
  ASSERT_STATUS(STATUS_SUCCESS, OpenLsaImpersonateTokenOnly(result.token.get()));
  EXPECT_EQ(kernel_ids("Uid:"), before);
  HANDLE thread_token = nullptr;
  EXPECT_TRUE(OpenThreadToken(GetCurrentThread(), TOKEN_QUERY, TRUE, &thread_token));
  EXPECT_EQ(token_user(thread_token), alice().sid);
  CloseHandle(thread_token);
  ASSERT_TRUE(RevertToSelf());
  EXPECT_FALSE(OpenThreadToken(GetCurrentThread(), TOKEN_QUERY, TRUE, &thread_token));
}

TEST(Impersonation, APlainUserMayNotChangeItsIdentity) {
  OPENLSA_NEEDS_DAEMON();
  OPENLSA_NEEDS_ROOT();
  const std::string said = in_child(
      [] {
        const LogonResult result = Connection::untrusted().logon("Probe", "user=bob", Network);
        if (!NT_SUCCESS(result.status)) return "logon " + status_text(result.status);
        const bool done = ImpersonateLoggedOnUser(result.token.get()) != FALSE;
        return std::string(done ? "impersonated " : "refused ") + std::to_string(::geteuid());
      },
      Identity{alice().uid, alice().gid});
  EXPECT_EQ(said, "refused " + std::to_string(alice().uid));
}

}  // namespace
}  // namespace openlsa::test
