// Impersonation changes the effective uid, gid and groups of one thread, in the kernel's own words.
#include <fcntl.h>
#include <grp.h>
#include <gtest/gtest.h>
#include <linux/capability.h>
#include <openlsa/windows.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <fstream>
#include <functional>
#include <map>
#include <sstream>
#include <string>
#include <thread>

#include "fake_backend.hpp"

namespace openlsa::win32_tests {
namespace {

using Status = std::map<std::string, std::string>;

// /proc/self/task/<tid>/status, field by field.
Status status_of(pid_t tid) {
  std::ifstream file("/proc/self/task/" + std::to_string(tid) + "/status");
  Status status;
  for (std::string line; std::getline(file, line);) {
    const std::size_t colon = line.find(':');
    if (colon != std::string::npos) status[line.substr(0, colon)] = line.substr(colon + 1);
  }
  return status;
}
pid_t own_tid() { return static_cast<pid_t>(syscall(SYS_gettid)); }

struct Ids {
  unsigned real, effective, saved, file_system;
};
Ids ids(const std::string& field) {
  Ids ids{};
  std::istringstream(field) >> ids.real >> ids.effective >> ids.saved >> ids.file_system;
  return ids;
}
std::vector<unsigned> groups(const std::string& field) {
  std::istringstream in(field);
  std::vector<unsigned> groups;
  for (unsigned group; in >> group;) groups.push_back(group);
  return groups;
}
std::string identity_of(pid_t tid) {
  const Status status = status_of(tid);
  return status.at("Uid") + status.at("Gid") + status.at("Groups") + status.at("CapEff");
}

// Runs the body in a child, which may spoil its own identity; 0 when all its checks held.
int in_child(const std::function<bool()>& body) {
  const pid_t child = fork();
  if (child == 0) _exit(body() ? 0 : 1);
  int status = -1;
  waitpid(child, &status, 0);
  return status;
}

class PosixIdentity : public testing::Test {
 protected:
  void SetUp() override { backend.reset(); }
  HANDLE token(nt::TokenData data) { return reinterpret_cast<HANDLE>(std::uintptr_t{backend.add(std::move(data))}); }
  FakeBackend& backend = FakeBackend::installed();
};

bool skipped_without_root() {
  if (geteuid() == 0) return false;
  std::fprintf(stderr, "not run: needs root, to change the identity of a thread\n");
  return true;
}

TEST_F(PosixIdentity, OneThreadChangesAndRevertsOthersKeepTheirs) {
  if (skipped_without_root()) GTEST_SKIP() << "needs root";
  const HANDLE client = token(sample_token());
  std::atomic<pid_t> bystander_tid{0};
  std::atomic<bool> done{false};
  std::thread bystander([&] {
    bystander_tid = own_tid();
    while (!done) std::this_thread::yield();
  });
  while (bystander_tid == 0) std::this_thread::yield();
  const std::string bystander_before = identity_of(bystander_tid);
  std::string before, during_bystander, during_main, after;
  Status during;
  const std::string main_before = identity_of(getpid());
  std::thread server([&] {
    before = identity_of(own_tid());
    ASSERT_TRUE(ImpersonateLoggedOnUser(client));
    during = status_of(own_tid());
    during_bystander = identity_of(bystander_tid);
    during_main = identity_of(getpid());
    ASSERT_TRUE(RevertToSelf());
    after = identity_of(own_tid());
  });
  server.join();
  done = true;
  bystander.join();
  const Ids uid = ids(during["Uid"]);
  const Ids gid = ids(during["Gid"]);
  EXPECT_EQ(uid.real, 0u);
  EXPECT_EQ(uid.effective, 54321u);
  EXPECT_EQ(uid.saved, 0u);
  EXPECT_EQ(uid.file_system, 54321u);
  EXPECT_EQ(gid.real, getgid());
  EXPECT_EQ(gid.effective, 54322u);
  EXPECT_EQ(groups(during["Groups"]), (std::vector<unsigned>{54322, 54323}));
  EXPECT_EQ(std::stoull(during["CapEff"], nullptr, 16), 0u);
  EXPECT_EQ(during_bystander, bystander_before);
  EXPECT_EQ(during_main, main_before);
  EXPECT_EQ(after, before);
}

// The kernel takes the right away, not only a number: root's file is closed to the impersonating thread.
TEST_F(PosixIdentity, FilesOfTheServerAreClosedToTheClient) {
  if (skipped_without_root()) GTEST_SKIP() << "needs root";
  char path[] = "/tmp/openlsa-identity-XXXXXX";  // mode 0600, owner root
  const int fd = mkstemp(path);
  ASSERT_GE(fd, 0);
  ASSERT_TRUE(ImpersonateLoggedOnUser(token(sample_token())));
  const int as_client = open(path, O_RDONLY);
  const int reason = errno;
  ASSERT_TRUE(RevertToSelf());
  const int as_server = open(path, O_RDONLY);
  EXPECT_EQ(as_client, -1);
  EXPECT_EQ(reason, EACCES);
  EXPECT_GE(as_server, 0);
  close(as_server);
  close(fd);
  unlink(path);
}

TEST_F(PosixIdentity, FromOneClientStraightToAnother) {
  if (skipped_without_root()) GTEST_SKIP() << "needs root";
  const std::string before = identity_of(own_tid());
  nt::TokenData other = sample_token();
  other.posix = nt::PosixIdentity{60001, 60002, {}};
  ASSERT_TRUE(ImpersonateLoggedOnUser(token(sample_token())));
  ASSERT_TRUE(ImpersonateLoggedOnUser(token(other)));
  const Status during = status_of(own_tid());
  ASSERT_TRUE(RevertToSelf());
  EXPECT_EQ(ids(during.at("Uid")).effective, 60001u);
  EXPECT_EQ(ids(during.at("Gid")).effective, 60002u);
  EXPECT_TRUE(groups(during.at("Groups")).empty());
  EXPECT_EQ(identity_of(own_tid()), before);
}

// A refused second client leaves the first one's identity, never the server's.
TEST_F(PosixIdentity, RefusalKeepsTheIdentityThatTheThreadHad) {
  if (skipped_without_root()) GTEST_SKIP() << "needs root";
  nt::TokenData without_uid = sample_token();
  without_uid.posix.reset();
  nt::TokenData wrong_group = sample_token();
  wrong_group.posix->groups = {0xffffffff};
  nt::TokenData too_many_groups = sample_token();
  too_many_groups.posix->groups.assign(65537, 7);  // more than the kernel takes (NGROUPS_MAX)
  ASSERT_TRUE(ImpersonateLoggedOnUser(token(sample_token())));
  const std::string first = identity_of(own_tid());
  for (const nt::TokenData& data : {without_uid, wrong_group, too_many_groups}) {
    const std::size_t handles = backend.open_handles();
    const HANDLE refused = token(data);
    EXPECT_FALSE(ImpersonateLoggedOnUser(refused));
    EXPECT_EQ(GetLastError(), static_cast<DWORD>(ERROR_CANNOT_IMPERSONATE));
    EXPECT_EQ(identity_of(own_tid()), first);
    EXPECT_TRUE(CloseHandle(refused));
    EXPECT_EQ(backend.open_handles(), handles);
  }
  ASSERT_TRUE(RevertToSelf());
  EXPECT_EQ(ids(status_of(own_tid()).at("Uid")).effective, 0u);
}

TEST_F(PosixIdentity, TokenOfTheOwnUidChangesNothingInTheKernel) {
  nt::TokenData data = sample_token();
  data.posix = nt::PosixIdentity{geteuid(), 54322, {54323}};
  const std::string before = identity_of(own_tid());
  ASSERT_TRUE(ImpersonateLoggedOnUser(token(data)));
  EXPECT_EQ(identity_of(own_tid()), before);
  HANDLE opened = nullptr;
  EXPECT_TRUE(OpenThreadToken(GetCurrentThread(), TOKEN_QUERY, TRUE, &opened));
  EXPECT_TRUE(CloseHandle(opened));
  ASSERT_TRUE(RevertToSelf());
}

// A plain process: no capabilities, so a token of another uid is refused and no token is set.
TEST_F(PosixIdentity, ProcessWithoutTheRightIsRefused) {
  const HANDLE client = token(sample_token());
  const auto body = [&] {
    if (geteuid() == 0 &&
        (setgroups(0, nullptr) != 0 || setresgid(65534, 65534, 65534) != 0 || setresuid(65534, 65534, 65534) != 0))
      return false;
    const std::string before = identity_of(own_tid());
    if (ImpersonateLoggedOnUser(client) || GetLastError() != ERROR_CANNOT_IMPERSONATE) return false;
    HANDLE opened = nullptr;
    if (OpenThreadToken(GetCurrentThread(), TOKEN_QUERY, TRUE, &opened) || GetLastError() != ERROR_NO_TOKEN)
      return false;
    return identity_of(own_tid()) == before;
  };
  EXPECT_EQ(in_child(body), 0);
}

// From root to a plain uid that keeps CAP_SETUID and CAP_SETGID, as a service with ambient capabilities is.
bool become_service_with_capabilities() {
  constexpr std::uint32_t wanted = 1u << CAP_SETUID | 1u << CAP_SETGID;
  __user_cap_header_struct header{_LINUX_CAPABILITY_VERSION_3, 0};
  __user_cap_data_struct data[2] = {{wanted, wanted, 0}, {0, 0, 0}};
  return prctl(PR_SET_KEEPCAPS, 1) == 0 && setgroups(0, nullptr) == 0 && setresgid(4242, 4242, 4242) == 0 &&
         setresuid(4242, 4242, 4242) == 0 && syscall(SYS_capset, &header, data) == 0;
}

// Such a service goes to a client and back; uid 0 is refused, because its capabilities would not survive the way back.
TEST_F(PosixIdentity, ServiceWithCapabilitiesComesBackAndNeverVisitsRoot) {
  if (skipped_without_root()) GTEST_SKIP() << "needs root";
  const HANDLE client = token(sample_token());
  nt::TokenData data = sample_token();
  data.posix = nt::PosixIdentity{0, 0, {}};
  const HANDLE root = token(data);
  EXPECT_EQ(in_child([&] {
              if (!become_service_with_capabilities()) return false;
              const std::string before = identity_of(own_tid());
              if (!ImpersonateLoggedOnUser(client)) return false;
              const Status during = status_of(own_tid());
              if (ids(during.at("Uid")).effective != 54321 || std::stoull(during.at("CapEff"), nullptr, 16) != 0)
                return false;
              if (!RevertToSelf() || identity_of(own_tid()) != before) return false;
              if (ImpersonateLoggedOnUser(root) || GetLastError() != ERROR_CANNOT_IMPERSONATE) return false;
              return identity_of(own_tid()) == before;
            }),
            0);
}

// A revert that the kernel refuses ends the process: the test takes the way back away (no uid but the client's is
// left).
TEST_F(PosixIdentity, RevertThatFailsEndsTheProcess) {
  if (skipped_without_root()) GTEST_SKIP() << "needs root";
  const HANDLE client = token(sample_token());
  const int status = in_child([&] {
    if (!ImpersonateLoggedOnUser(client)) return false;
    const __uid_t uid = 54321;
    if (syscall(SYS_setresuid, uid, uid, uid) != 0) return false;
    RevertToSelf();
    return true;
  });
  EXPECT_TRUE(WIFSIGNALED(status));
  EXPECT_EQ(WTERMSIG(status), SIGABRT);
}

}  // namespace
}  // namespace openlsa::win32_tests
