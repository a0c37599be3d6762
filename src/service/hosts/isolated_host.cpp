#include "service/hosts/isolated_host.hpp"

#include <fmt/format.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstring>

#include "base/log.hpp"
#include "wire/dispatch.hpp"

namespace openlsa::service {

IsolatedHost::IsolatedHost(std::uint32_t process_id, base::UniqueFd pidfd, base::UniqueFd socket, std::string name,
                           std::shared_ptr<seam::SupportCalls> support, std::function<void()> lost)
    : process_id_(process_id),
      pidfd_(std::move(pidfd)),
      name_(std::move(name)),
      support_(std::move(support)),
      channel_(
          std::move(socket),
          [this](std::uint16_t method, wire::Message& request, std::uint64_t, wire::Message& reply) {
            return answer(method, request, reply);
          },
          // Without its channel the process has no work; a hijacked one would stay otherwise.
          [this, lost = std::move(lost)] {
            kill();
            lost();
          }) {}

IsolatedHost::~IsolatedHost() {
  kill();
  siginfo_t info{};
  ::waitid(P_PIDFD, static_cast<id_t>(pidfd_.get()), &info, WEXITED);
}

void IsolatedHost::kill() { ::syscall(SYS_pidfd_send_signal, pidfd_.get(), SIGKILL, nullptr, 0); }

// The process is left for the destructor to reap. One that is ended by a signal we sent says so in the log elsewhere.
std::string IsolatedHost::how_it_ended() const {
  siginfo_t info{};
  if (::waitid(P_PIDFD, static_cast<id_t>(pidfd_.get()), &info, WEXITED | WNOWAIT) != 0) return "ended";
  if (info.si_code == CLD_EXITED) return fmt::format("ended by itself (exit status {})", info.si_status);
  if (info.si_status == SIGKILL) return "was killed";
  return fmt::format("crashed: signal {} ({})", info.si_status, ::strsignal(info.si_status));
}

bool IsolatedHost::answer(std::uint16_t method, wire::Message& request, wire::Message& reply) {
  const auto result = wire::dispatch(*support_, method, request, reply);
  if (result == wire::DispatchResult::answered) return true;
  base::log(base::LogLevel::error, fmt::format("host '{}' (pid {}) is ended: {} in a support call", name_, process_id_,
                                               wire::describe(result)));
  return false;
}

seam::ChannelEnd IsolatedHost::open_channel(const seam::ClientView& view, seam::PackageId package) {
  int ends[2];
  if (::socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) != 0)
    return {.status = STATUS_NO_MEMORY, .socket = {}};
  base::UniqueFd client_end(ends[0]);
  seam::MintChannelRequest mint;
  mint.view = view;
  mint.package = package;
  mint.socket = base::UniqueFd(ends[1]);
  const nt::Status status = mint_channel(std::move(mint)).status;
  if (!nt::succeeded(status)) return {.status = status, .socket = {}};
  return {.status = status, .socket = std::move(client_end)};
}

}  // namespace openlsa::service
