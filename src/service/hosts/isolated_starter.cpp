#include "service/hosts/isolated_starter.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <signal.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cstring>
#include <thread>
#include <vector>

#include "service/hosts/host_output.hpp"
#include "service/hosts/isolated_host.hpp"

namespace openlsa::service {
namespace {

std::vector<std::string> arguments_of(const std::string& program, const seam::HostSpec& spec) {
  // A plain user's authority cannot give its hosts another identity; `lsactl status` says so.
  const bool keep_identity = ::geteuid() != 0;
  std::vector<std::string> arguments{program,
                                     "--name",
                                     spec.name,
                                     "--package",
                                     spec.path,
                                     "--uid",
                                     fmt::format("{}", keep_identity ? 0 : spec.uid),
                                     "--gid",
                                     fmt::format("{}", keep_identity ? 0 : spec.gid)};
  if (!spec.state_directory.empty()) arguments.insert(arguments.end(), {"--state", spec.state_directory});
  if (spec.network) arguments.emplace_back("--network");
  for (const std::string& directory : spec.service_directories)
    arguments.insert(arguments.end(), {"--service", directory});
  return arguments;
}

// posix_spawn, because a fork of a large process is many times slower. The host gets its channel as descriptor 3 and
// an environment of nothing; none of our descriptors, nor of those that we were started with.
base::OrFailure<pid_t> spawn(const std::string& program, const seam::HostSpec& spec, int channel, int output) {
  std::vector<std::string> arguments = arguments_of(program, spec);
  std::vector<char*> argv;
  for (std::string& argument : arguments) argv.push_back(argument.data());
  argv.push_back(nullptr);
  char path[] = "PATH=/usr/bin:/bin";
  // The sanitizers' options reach a host that was built with them.
  std::string asan = "ASAN_OPTIONS=";
  if (const char* options = ::secure_getenv("ASAN_OPTIONS")) asan += options;
  std::string tsan = "TSAN_OPTIONS=";
  if (const char* options = ::secure_getenv("TSAN_OPTIONS")) tsan += options;
  char* environment[] = {path, asan.data(), tsan.data(), nullptr};

  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0);
  posix_spawn_file_actions_adddup2(&actions, output, 1);
  posix_spawn_file_actions_adddup2(&actions, output, 2);
  posix_spawn_file_actions_adddup2(&actions, channel, 3);
  posix_spawn_file_actions_addclosefrom_np(&actions, 4);
  posix_spawnattr_t attributes;
  posix_spawnattr_init(&attributes);
  sigset_t none;
  sigemptyset(&none);
  posix_spawnattr_setsigmask(&attributes, &none);
  posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK);
  pid_t pid = -1;
  const int error = ::posix_spawn(&pid, program.c_str(), &actions, &attributes, argv.data(), environment);
  posix_spawnattr_destroy(&attributes);
  posix_spawn_file_actions_destroy(&actions);
  if (error != 0) return base::failure(fmt::format("cannot start {}: {}", program, std::strerror(error)));
  return pid;
}

}  // namespace

base::OrFailure<std::shared_ptr<seam::PackageHost>> IsolatedStarter::start(const seam::HostSpec& spec,
                                                                           std::shared_ptr<seam::SupportCalls> support,
                                                                           std::function<void()> lost) {
  int ends[2];
  if (::socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) != 0)
    return base::failure(fmt::format("cannot make a channel for host '{}': {}", spec.name, std::strerror(errno)));
  base::UniqueFd ours(ends[0]);
  const base::UniqueFd theirs(ends[1]);
  const base::UniqueFd output = OPENLSA_TRY(relay_output(spec.name));
  const pid_t pid = OPENLSA_TRY(spawn(program_, spec, theirs.get(), output.get()));
  base::UniqueFd pidfd(static_cast<int>(::syscall(SYS_pidfd_open, pid, 0)));
  if (!pidfd) {
    ::kill(pid, SIGKILL);
    return base::failure(fmt::format("cannot watch host '{}': {}", spec.name, std::strerror(errno)));
  }
  // The last reference may go on the host's own reader thread, which its destructor waits for: so it ends elsewhere.
  const auto end_elsewhere = [](IsolatedHost* ended) { std::thread([ended] { delete ended; }).detach(); };
  const std::shared_ptr<IsolatedHost> host(
      new IsolatedHost(static_cast<std::uint32_t>(pid), std::move(pidfd), std::move(ours), spec.name,
                       std::move(support), std::move(lost)),
      end_elsewhere);
  host->start();
  return host;
}

}  // namespace openlsa::service
