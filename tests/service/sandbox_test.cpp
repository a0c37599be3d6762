// What a host can still do once it is in its sandbox, tried from inside by a child process.
#include "service/sandbox/sandbox.hpp"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <pthread.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>

namespace openlsa::service {
namespace {

// A process that there is not: a filter says EPERM before the kernel looks for it, another uid would say EPERM as well.
constexpr pid_t nobody = 0x3fffffff;

constexpr std::uint32_t host_uid = 59777;

struct Observed {
  std::map<std::string, int> errors;          // by attempt: 0, or errno
  std::map<std::string, std::string> status;  // of /proc/<child>/status
};

// A writer that allocates nothing: the child has no more than what the sandbox leaves.
struct Attempts {
  int pipe;
  void note(const char* name, bool done) const {
    char line[64];
    const int size = std::snprintf(line, sizeof line, "%s %d\n", name, done ? 0 : errno);
    static_cast<void>(!::write(pipe, line, static_cast<std::size_t>(size)));
  }
};

void* do_nothing(void*) { return nullptr; }

// As libwbclient does: it looks at the directory and the socket before it connects.
void try_service(const Attempts& attempts, const std::string& directory) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  directory.copy(address.sun_path, sizeof address.sun_path - 6);
  std::strcat(address.sun_path, "/pipe");
  struct stat seen;
  attempts.note("look-at-service", ::lstat(directory.c_str(), &seen) == 0 && ::lstat(address.sun_path, &seen) == 0);
  const int stream = ::socket(AF_UNIX, SOCK_STREAM, 0);
  attempts.note("connect-to-service", ::connect(stream, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0);
  attempts.note("listen", ::listen(stream, 1) == 0);
  attempts.note("make-at-service", ::open((directory + "/new").c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0600) >= 0);
}

void try_everything(const Attempts& attempts, const SandboxSpec& spec) {
  const auto opens = [](const std::string& path, int flags) {
    return ::open(path.c_str(), flags | O_CLOEXEC, 0600) >= 0;
  };
  attempts.note("read-package", opens(spec.package_directory + "/file", O_RDONLY));
  attempts.note("write-package", opens(spec.package_directory + "/new", O_WRONLY | O_CREAT));
  attempts.note("write-state", opens(spec.state_directory + "/new", O_WRONLY | O_CREAT));
  attempts.note("read-elsewhere", opens(spec.state_directory + "/../outside", O_RDONLY));
  attempts.note("read-passwd", opens("/etc/passwd", O_RDONLY));
  attempts.note("socket", ::socket(AF_INET, SOCK_STREAM, 0) >= 0);
  attempts.note("unix-socket", ::socket(AF_UNIX, SOCK_STREAM, 0) >= 0);
  attempts.note("unix-packets", ::socket(AF_UNIX, SOCK_SEQPACKET, 0) >= 0);
  attempts.note("unix-datagrams", ::socket(AF_UNIX, SOCK_DGRAM, 0) >= 0);
  if (!spec.service_directories.empty()) try_service(attempts, spec.service_directories[0]);
  int ends[2];
  attempts.note("socketpair", ::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) == 0);
  attempts.note("nonblocking", ::fcntl(ends[0], F_SETFL, O_NONBLOCK) == 0);
  attempts.note("signal-by-file", ::fcntl(ends[0], F_SETOWN, ::getppid()) == 0);
  attempts.note("choose-signal", ::fcntl(ends[0], F_SETSIG, SIGKILL) == 0);
  // A datagram to a socket in the file system, whose place Landlock does not guard.
  attempts.note("datagram-pair", ::socketpair(AF_UNIX, SOCK_DGRAM, 0, ends) == 0);
  attempts.note("signal-another", ::tgkill(nobody, nobody, 0) == 0);
  attempts.note("signal-itself", ::tgkill(::getpid(), ::gettid(), 0) == 0);
  const std::string file = spec.state_directory + "/new";
  attempts.note("chmod", ::chmod(file.c_str(), 0640) == 0);
  attempts.note("chmod-set-id", ::chmod(file.c_str(), 04755) == 0);
  attempts.note("open-with-a-mode", ::syscall(SYS_openat, AT_FDCWD, file.c_str(), O_RDONLY | O_CLOEXEC, 04755) >= 0);
  attempts.note("make-unnamed-set-id", ::open(spec.state_directory.c_str(), O_TMPFILE | O_WRONLY, 04755) >= 0);
  attempts.note("make-set-id", ::open((file + "2").c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 06755) >= 0);
  const pid_t forked = ::fork();
  if (forked == 0) ::_exit(0);
  attempts.note("fork", forked > 0);
  attempts.note("ptrace", ::ptrace(PTRACE_TRACEME, 0, nullptr, nullptr) == 0);
  attempts.note("kill-another", ::kill(nobody, 0) == 0);
  attempts.note("setuid", ::setresuid(0, 0, 0) == 0);
  errno = ::prctl(PR_GET_DUMPABLE, 0, 0, 0, 0);
  attempts.note("not-dumpable", errno == 0);
  pthread_t thread;
  errno = ::pthread_create(&thread, nullptr, do_nothing, nullptr);
  attempts.note("thread", errno == 0);
}

class Sandbox : public testing::Test {
 protected:
  void SetUp() override {
#ifdef __SANITIZE_THREAD__
    GTEST_SKIP() << "not run: the thread sanitizer's own thread cannot live in the sandbox";
#endif
  }
  Sandbox() {
    std::string pattern = (std::filesystem::temp_directory_path() / "openlsa-sandbox-XXXXXX").string();
    root_ = ::mkdtemp(pattern.data());
    ::chmod(root_.c_str(), 0755);
    spec_.package_directory = root_ + "/package";
    spec_.state_directory = root_ + "/state";
    std::filesystem::create_directory(spec_.package_directory);
    std::filesystem::create_directory(spec_.state_directory);
    std::ofstream(spec_.package_directory + "/file") << "x";
    std::ofstream(root_ + "/outside") << "x";
    ::chmod(spec_.package_directory.c_str(), 0777);  // so that the sandbox refuses, and not the mode
    if (::geteuid() == 0) {
      spec_.uid = spec_.gid = host_uid;
      static_cast<void>(!::chown(spec_.state_directory.c_str(), host_uid, host_uid));
    }
  }
  ~Sandbox() override { std::filesystem::remove_all(root_); }

  Observed observe() {
    int report[2], go[2];
    EXPECT_EQ(::pipe2(report, O_CLOEXEC), 0);
    EXPECT_EQ(::pipe2(go, O_CLOEXEC), 0);
    const pid_t child = ::fork();
    if (child == 0) {
      ::close(go[1]);  // the parent alone holds that end: its close wakes us
      if (const auto entered = enter_sandbox(spec_); !entered) {
        static_cast<void>(!::write(report[1], "enter 1\n", 8));
        ::_exit(1);
      }
      try_everything({report[1]}, spec_);
      static_cast<void>(!::write(report[1], "end 0\n", 6));
      char byte;
      static_cast<void>(!::read(go[0], &byte, 1));  // until the parent has looked at /proc
      ::_exit(0);
    }
    ::close(report[1]);
    Observed observed;
    std::string text;
    char buffer[512];
    for (ssize_t got; text.find("end 0") == std::string::npos && (got = ::read(report[0], buffer, sizeof buffer)) > 0;)
      text.append(buffer, static_cast<std::size_t>(got));
    std::istringstream lines(text);
    for (std::string name; lines >> name;) lines >> observed.errors[name];
    std::ifstream status("/proc/" + std::to_string(child) + "/status");
    for (std::string line; std::getline(status, line);)
      if (const auto colon = line.find(":\t"); colon != std::string::npos)
        observed.status[line.substr(0, colon)] = line.substr(colon + 2);
    ::close(go[1]);
    ::waitpid(child, nullptr, 0);
    for (const int fd : {report[0], go[0]}) ::close(fd);
    return observed;
  }

  std::string root_;
  SandboxSpec spec_;
};

TEST_F(Sandbox, LeavesAHostItsFilesAndThreadsAndNothingElse) {
  Observed seen = observe();
  ASSERT_TRUE(seen.errors.contains("end")) << "the sandbox was not entered, or the child died in it";
  for (const char* allowed : {"read-package", "write-state", "socketpair", "nonblocking", "signal-itself", "chmod",
                              "open-with-a-mode", "thread", "not-dumpable"})
    EXPECT_EQ(seen.errors[allowed], 0) << allowed;
  for (const char* refused : {"write-package", "read-elsewhere", "read-passwd"})
    EXPECT_EQ(seen.errors[refused], EACCES) << refused << " (a kernel without Landlock does not confine files)";
  for (const char* refused : {"socket", "unix-socket", "unix-packets", "unix-datagrams", "fork", "ptrace",
                              "kill-another", "setuid", "signal-by-file", "choose-signal", "datagram-pair",
                              "signal-another", "chmod-set-id", "make-set-id", "make-unnamed-set-id"})
    EXPECT_EQ(seen.errors[refused], EPERM) << refused;
}

TEST_F(Sandbox, IsWhatTheKernelSaysOfTheProcess) {
  Observed seen = observe();
  EXPECT_EQ(seen.status["NoNewPrivs"], "1");
  EXPECT_EQ(seen.status["Seccomp"], "2");
  for (const char* set : {"CapInh", "CapPrm", "CapEff", "CapAmb"})
    EXPECT_EQ(std::stoull(seen.status[set], nullptr, 16), 0u) << set;
  if (::geteuid() != 0) GTEST_SKIP() << "not run: the host's own uid needs root";
  EXPECT_EQ(seen.status["Uid"], "59777\t59777\t59777\t59777");
  EXPECT_EQ(seen.status["Gid"], "59777\t59777\t59777\t59777");
  EXPECT_EQ(seen.status["Groups"].find_first_not_of(" \t"), std::string::npos) << seen.status["Groups"];
}

TEST_F(Sandbox, GivesTheNetworkToThosePackagesThatHaveTheRight) {
  spec_.network = true;
  Observed seen = observe();
  EXPECT_EQ(seen.errors["socket"], 0);
  EXPECT_EQ(seen.errors["unix-socket"], EPERM) << "the services of the machine are not the network";
}

// A service of this machine is a socket in the file system that listens for streams; the Internet is none.
TEST_F(Sandbox, GivesAServiceToTheHostThatNeedsItAndNoNetworkWithIt) {
  const std::string directory = root_ + "/service";
  std::filesystem::create_directory(directory);
  ::chmod(directory.c_str(), 0777);
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  (directory + "/pipe").copy(address.sun_path, sizeof address.sun_path - 1);
  const int listener = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  ASSERT_EQ(::bind(listener, reinterpret_cast<sockaddr*>(&address), sizeof address), 0);
  ASSERT_EQ(::listen(listener, 4), 0);
  ::chmod(address.sun_path, 0777);
  spec_.service_directories = {directory, root_ + "/not-there-yet"};
  Observed seen = observe();
  ::close(listener);
  ASSERT_TRUE(seen.errors.contains("end"));
  for (const char* allowed : {"look-at-service", "unix-socket", "connect-to-service"})
    EXPECT_EQ(seen.errors[allowed], 0) << allowed;
  for (const char* refused : {"socket", "unix-packets", "unix-datagrams", "listen", "datagram-pair"})
    EXPECT_EQ(seen.errors[refused], EPERM) << refused;
  EXPECT_EQ(seen.errors["make-at-service"], EACCES) << "(a kernel without Landlock does not confine files)";
}

}  // namespace
}  // namespace openlsa::service
