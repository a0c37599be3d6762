#include "client/connection/socket_transport.hpp"

#include <fcntl.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>

#include <cerrno>
#include <chrono>
#include <cstring>

#include "client/connection/socket_ledger.hpp"
#include "client/connection/upcalls.hpp"
#include "wire/wait_limit.hpp"

namespace openlsa::client {
namespace {

// A process that closed its standard streams must not find our socket in their place and print into it.
base::UniqueFd above_standard_streams(base::UniqueFd socket) {
  if (!socket || socket.get() > 2) return socket;
  return base::UniqueFd(::fcntl(socket.get(), F_DUPFD_CLOEXEC, 3));
}

std::optional<uid_t> peer_uid(int socket) {
  ucred peer{};
  socklen_t size = sizeof peer;
  if (::getsockopt(socket, SOL_SOCKET, SO_PEERCRED, &peer, &size) != 0 || size != sizeof peer) return std::nullopt;
  return peer.uid;
}

bool trusted_server(int socket, const AuthorityAddress& address) {
  const auto uid = peer_uid(socket);
  return uid && (uid == uid_t{0} || uid == address.authority_uid || uid == ::geteuid());
}

// connect(2) waits for a server whose queue of connections is full, as long as a send would (socket(7), SO_SNDTIMEO).
bool connect_within_limit(int socket, const sockaddr_un& name) {
  using std::chrono::milliseconds;
  const auto* const address = reinterpret_cast<const sockaddr*>(&name);
  std::optional<milliseconds> left;
  int done;
  do {
    left = wire::wait_left();
    if (left && left->count() == 0) return false;
    const auto count = left.value_or(milliseconds(0)).count();
    const timeval time{.tv_sec = count / 1000, .tv_usec = count % 1000 * 1000};
    if (left) ::setsockopt(socket, SOL_SOCKET, SO_SNDTIMEO, &time, sizeof time);
    const auto begun = std::chrono::steady_clock::now();
    done = ::connect(socket, address, sizeof name);
    wire::charge_wait(std::chrono::steady_clock::now() - begun);
  } while (done != 0 && errno == EINTR);
  constexpr timeval for_ever{};  // of later calls, which may have another limit or none
  if (done == 0 && left) ::setsockopt(socket, SOL_SOCKET, SO_SNDTIMEO, &for_ever, sizeof for_ever);
  return done == 0;
}

base::UniqueFd connect_socket(const std::string& path) {
  sockaddr_un name{};
  name.sun_family = AF_UNIX;
  if (path.empty() || path.size() >= sizeof name.sun_path) return {};
  std::memcpy(name.sun_path, path.data(), path.size());
  base::UniqueFd socket = above_standard_streams(base::UniqueFd(::socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0)));
  if (!socket || !connect_within_limit(socket.get(), name)) return {};
  return socket;
}

}  // namespace

bool hung_up(int descriptor) {
  pollfd wanted{descriptor, POLLRDHUP, 0};
  return ::poll(&wanted, 1, 0) > 0 && (wanted.revents & (POLLRDHUP | POLLHUP | POLLERR | POLLNVAL)) != 0;
}

bool nobody_listens(const AuthorityAddress& address) {
  return !connect_socket(address.path) && (errno == ENOENT || errno == ECONNREFUSED);
}

std::unique_ptr<SocketTransport> SocketTransport::connect(const AuthorityAddress& address) {
  base::UniqueFd socket = connect_socket(address.path);
  if (!socket || !trusted_server(socket.get(), address)) return nullptr;
  return std::make_unique<SocketTransport>(std::move(socket));
}

SocketTransport::SocketTransport(base::UniqueFd socket) {
  socket = above_standard_streams(std::move(socket));
  socket_ = SocketIdentity::of(socket.get());
  generation_ = fork_generation();
  channel_ = std::make_unique<wire::BlockingChannel>(std::move(socket), &upcalls());
  record_socket(socket_);
}

SocketTransport::~SocketTransport() {
  if (!in_its_process()) {
    // A child of fork: another thread of the parent may have been inside the channel, whose lock nobody here will
    // release. close_inherited_sockets() sees to the descriptor.
    static_cast<void>(channel_.release());
    return;
  }
  forget_socket(socket_);
  if (!socket_.holds()) channel_->abandon();
}

uid_t SocketTransport::server_uid() const { return peer_uid(socket_.descriptor).value_or(0); }

bool SocketTransport::usable() const { return ours() && !hung_up(socket_.descriptor) && !channel_->broken(); }

std::expected<wire::Message, wire::NoReply> SocketTransport::call(std::uint16_t method, wire::Message& request,
                                                                  std::uint64_t chain) {
  if (!in_its_process()) return std::unexpected(wire::NoReply::unsent);
  return channel_->call(method, request, chain);
}

}  // namespace openlsa::client
