#include "service/daemon.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <linux/capability.h>
#include <signal.h>
#include <sys/epoll.h>
#include <sys/file.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/un.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <cstring>

#include "authority/authority.hpp"
#include "base/log.hpp"
#include "service/hosts/isolated_starter.hpp"
#include "service/hosts/local_channels.hpp"
#include "service/nss/account_nss_source.hpp"
#include "service/nss/nss_server.hpp"
#include "service/server/peer.hpp"
#include "service/server/server.hpp"

namespace openlsa::service {
namespace {

// Of the capabilities of root: what lsad itself needs (KILL, IPC_LOCK), what its hosts give away (SETUID, SETGID,
// SETPCAP for the bounding set), and what it needs to own the state directories of hosts (CHOWN, FOWNER, DAC_OVERRIDE).
void bound_capabilities() {
  constexpr int kept[] = {CAP_SETUID,   CAP_SETGID, CAP_SETPCAP, CAP_KILL,
                          CAP_IPC_LOCK, CAP_CHOWN,  CAP_FOWNER,  CAP_DAC_OVERRIDE};
  __user_cap_data_struct wanted[2]{};
  for (int capability = 0; capability <= 63; ++capability) {
    bool keep = false;
    for (const int each : kept) keep |= each == capability;
    if (keep) {
      wanted[capability / 32].permitted |= 1u << (capability % 32);
    } else {
      ::prctl(PR_CAPBSET_DROP, capability, 0, 0, 0);
    }
  }
  for (auto& half : wanted) half.effective = half.permitted;
  __user_cap_header_struct header{_LINUX_CAPABILITY_VERSION_3, 0};
  __user_cap_data_struct now[2]{};
  if (::syscall(SYS_capget, &header, now) != 0) return;
  for (int i = 0; i < 2; ++i) {
    wanted[i].permitted &= now[i].permitted;
    wanted[i].effective = wanted[i].permitted;
  }
  if (::syscall(SYS_capset, &header, wanted) != 0)
    base::log(base::LogLevel::warning, "the capability set of lsad could not be bounded");
}

void protect_process() {
  ::signal(SIGPIPE, SIG_IGN);
  ::prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
  const rlimit none{0, 0};
  ::setrlimit(RLIMIT_CORE, &none);
  rlimit files{};
  if (::getrlimit(RLIMIT_NOFILE, &files) == 0) {
    files.rlim_cur = files.rlim_max;
    ::setrlimit(RLIMIT_NOFILE, &files);
    // The kernel enlarges the table of descriptors by doubling it, and then a process with threads waits for all
    // processors (synchronize_rcu): the loop would stand still for seconds whenever clients become many. Now nobody
    // waits.
    constexpr rlim_t most = 65536;
    const int last = ::fcntl(0, F_DUPFD_CLOEXEC, static_cast<int>(std::min(files.rlim_cur, most)) - 1);
    if (last >= 0) ::close(last);
  }
  if (::geteuid() == 0) bound_capabilities();
}

base::UniqueFd termination_signals() {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGTERM);
  sigaddset(&signals, SIGINT);
  ::pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  return base::UniqueFd(::signalfd(-1, &signals, SFD_CLOEXEC | SFD_NONBLOCK));
}

// Tells whoever waits that clients can connect: the descriptor we were given, and systemd (sd_notify(3)).
void tell_ready(int descriptor) {
  if (descriptor >= 0) {
    static_cast<void>(!::write(descriptor, "+", 1));
    ::close(descriptor);
  }
  const char* place = ::secure_getenv("NOTIFY_SOCKET");
  if (place == nullptr || (place[0] != '/' && place[0] != '@') || std::strlen(place) >= sizeof(sockaddr_un::sun_path))
    return;
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  std::memcpy(address.sun_path, place, std::strlen(place));
  if (address.sun_path[0] == '@') address.sun_path[0] = '\0';
  const base::UniqueFd socket(::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0));
  static constexpr char message[] = "READY=1";
  ::sendto(socket.get(), message, sizeof message - 1, MSG_NOSIGNAL, reinterpret_cast<const sockaddr*>(&address),
           static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + std::strlen(place)));
}

// Held until lsad ends: a second one would start the packages' hosts on the files of the first. (A program with the
// embedded authority does not ask for it: a developer looks into the state of a daemon with it.)
base::OrFailure<base::UniqueFd> claim_state_directory(const std::string& path) {
  base::UniqueFd directory(::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!directory && errno == ENOENT) return directory;  // the authority makes it, or says why it cannot
  if (directory && ::flock(directory.get(), LOCK_EX | LOCK_NB) == 0) return directory;
  if (errno == EWOULDBLOCK)
    return base::failure(fmt::format(
        "another authority uses the state directory {}; stop it first, or set another `state_directory` in lsa.toml",
        path));
  return base::failure(fmt::format("cannot claim the state directory {}: {}", path, std::strerror(errno)));
}

std::unique_ptr<seam::HostStarter> make_starter(const DaemonSpec& spec, std::shared_ptr<ChannelServer> channels) {
  if (spec.configuration.composition == authority::Composition::isolated)
    return std::make_unique<IsolatedStarter>(spec.host_program);
  return make_in_authority_starter(std::move(channels));
}

}  // namespace

base::OrFailure<> run_daemon(DaemonSpec spec) {
  const base::UniqueFd signals = termination_signals();
  protect_process();
  EventLoop loop;
  spec.configuration.watch_descriptor = [&loop](int fd, std::function<void()> closed) {
    // Not EPOLLRDHUP: the end is shut for reading from the beginning.
    loop.watch(fd, EPOLLHUP | EPOLLONESHOT, [&loop, fd, closed = std::move(closed)](std::uint32_t) {
      loop.forget(fd);
      closed();
    });
  };
  spec.configuration.audit_session_of = audit_session_of;
  spec.configuration.authority_uid = ::geteuid();
  base::UniqueFd claim = OPENLSA_TRY(claim_state_directory(spec.configuration.state_directory));
  const auto channels = std::make_shared<ChannelServer>();
  const auto starter = make_starter(spec, channels);
  const std::string socket_path = spec.configuration.socket;
  const auto authority = OPENLSA_TRY(authority::Authority::create(spec.configuration, *starter));
  if (!claim) claim = OPENLSA_TRY(claim_state_directory(spec.configuration.state_directory));  // it is there now
  if (auto started = authority->start_packages(); !started) return started;
  Server server(loop, *authority);
  if (auto listening = server.listen(socket_path); !listening) return listening;
  const auto& settings = authority->configuration();
  NssServer names(std::make_unique<AccountNssSource>(authority->accounts(), settings.minimum_uid),
                  settings.nss_enumerate);
  // Without it the authority still serves all who know it.
  if (const auto named = names.start(nss_socket_path(socket_path)); !named)
    base::log(base::LogLevel::warning, "lsad: " + named.error().message);
  loop.watch(signals.get(), EPOLLIN, [&loop](std::uint32_t) { loop.stop(); });
  base::log(base::LogLevel::info,
            fmt::format("lsad: listening on {} ({} composition)", socket_path, starter->composition()));
  tell_ready(spec.ready_descriptor);
  loop.run();
  base::log(base::LogLevel::info, "lsad: ending");
  server.close_all();
  authority->shut_down();
  return {};
}

}  // namespace openlsa::service
