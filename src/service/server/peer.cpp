#include "service/server/peer.hpp"

#include <fcntl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <charconv>
#include <cstdio>
#include <cstring>
#include <string_view>

namespace openlsa::service {
namespace {

#ifndef SO_PEERPIDFD
#define SO_PEERPIDFD 77  // Linux 6.5
#endif

base::UniqueFd pidfd_of_peer(int socket, pid_t pid) {
  int fd = -1;
  socklen_t size = sizeof fd;
  if (::getsockopt(socket, SOL_SOCKET, SO_PEERPIDFD, &fd, &size) == 0) return base::UniqueFd(fd);
  // A kernel that knows the option and has no descriptor knows of a process that is gone: its id may be another's.
  if (errno != ENOPROTOOPT) return {};
  return base::UniqueFd(static_cast<int>(::syscall(SYS_pidfd_open, pid, 0)));
}

// Field 22 of /proc/pid/stat (proc(5)); the second field may hold spaces and parentheses, so count from its end.
std::optional<std::uint64_t> start_time_of(pid_t pid) {
  char path[64];
  std::snprintf(path, sizeof path, "/proc/%d/stat", pid);
  const base::UniqueFd file(::open(path, O_RDONLY | O_CLOEXEC));
  if (!file) return std::nullopt;
  char text[1024];
  const ssize_t size = ::read(file.get(), text, sizeof text);
  if (size <= 0) return std::nullopt;
  std::string_view rest(text, static_cast<std::size_t>(size));
  const auto end_of_name = rest.rfind(')');
  if (end_of_name == std::string_view::npos) return std::nullopt;
  rest.remove_prefix(end_of_name + 1);
  for (int field = 3; field <= 22; ++field) {
    const auto space = rest.find(' ');
    if (space == std::string_view::npos) return std::nullopt;
    rest.remove_prefix(space + 1);
  }
  std::uint64_t ticks = 0;
  const auto parsed = std::from_chars(rest.data(), rest.data() + rest.size(), ticks);
  return parsed.ec == std::errc{} ? std::optional(ticks) : std::nullopt;
}

// /proc/PID/sessionid: a decimal number.
std::optional<std::uint32_t> read_audit_session(pid_t pid) {
  char path[64];
  std::snprintf(path, sizeof path, "/proc/%d/sessionid", pid);
  const base::UniqueFd file(::open(path, O_RDONLY | O_CLOEXEC));
  char text[32];
  const ssize_t size = file ? ::read(file.get(), text, sizeof text) : -1;
  if (size <= 0) return std::nullopt;
  std::uint32_t session = authority::no_audit_session;
  const auto parsed = std::from_chars(text, text + size, session);
  if (parsed.ec != std::errc{} || session == authority::no_audit_session) return std::nullopt;
  return session;
}

}  // namespace

std::optional<std::uint32_t> audit_session_of(std::uint32_t process_id, std::uint64_t start_time_ticks) {
  const auto pid = static_cast<pid_t>(process_id);
  const auto session = read_audit_session(pid);
  // It was the same process before and is after, so it was while its session was read.
  return session && start_time_of(pid) == start_time_ticks ? session : std::nullopt;
}

std::optional<Peer> identify_peer(int socket) {
  ucred credentials{};
  socklen_t size = sizeof credentials;
  if (::getsockopt(socket, SOL_SOCKET, SO_PEERCRED, &credentials, &size) != 0 || size != sizeof credentials)
    return std::nullopt;
  Peer peer;
  peer.process = pidfd_of_peer(socket, credentials.pid);
  if (!peer.process) return std::nullopt;
  const auto start = start_time_of(credentials.pid);
  if (!start) return std::nullopt;
  const auto audit_session = read_audit_session(credentials.pid);
  // The process was alive with this pidfd after these were read, so all speak of the same one.
  if (::syscall(SYS_pidfd_send_signal, peer.process.get(), 0, nullptr, 0) != 0 && errno == ESRCH) return std::nullopt;
  peer.identity = {.process_id = static_cast<std::uint32_t>(credentials.pid),
                   .uid = credentials.uid,
                   .gid = credentials.gid,
                   .start_time_ticks = *start,
                   .audit_session = audit_session};
  return peer;
}

}  // namespace openlsa::service
