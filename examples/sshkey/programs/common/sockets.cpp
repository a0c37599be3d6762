// Where the two programs meet: a Unix stream socket.
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <optional>

#include "common/framing.hpp"

namespace sshkey::programs {
namespace {

constexpr int backlog = 16;

OrFailure<sockaddr_un> address_of(const std::string& path) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  if (path.empty() || path.size() >= sizeof address.sun_path)
    return fail("the path of the socket has " + std::to_string(path.size()) + " bytes; it must have 1 to " +
                std::to_string(sizeof address.sun_path - 1) + ".");
  std::memcpy(address.sun_path, path.data(), path.size());
  return address;
}

const sockaddr* generic(const sockaddr_un& address) { return reinterpret_cast<const sockaddr*>(&address); }

// A peer that does not read must not hold us up.
void limit_sending(int descriptor) {
  const timeval limit{frame_timeout_seconds, 0};
  ::setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof limit);
}

void remove_dead_socket(const std::string& path, const sockaddr_un& address) {
  struct stat status = {};
  if (::lstat(path.c_str(), &status) != 0 || !S_ISSOCK(status.st_mode)) return;
  const int descriptor = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  const Connection owner(descriptor);
  if (::connect(descriptor, generic(address), sizeof address) != 0 && errno == ECONNREFUSED) ::unlink(path.c_str());
}

}  // namespace

OrFailure<Connection> Connection::connect(const std::string& path) {
  const auto address = address_of(path);
  if (!address) return std::unexpected(address.error());
  const int descriptor = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  Connection connection(descriptor);
  if (descriptor < 0 || ::connect(descriptor, generic(*address), sizeof *address) != 0)
    return fail("cannot connect to " + path + ": " + std::strerror(errno) +
                ". Is sshkey-server running with this --socket?");
  limit_sending(descriptor);
  return connection;
}

OrFailure<Listener> Listener::listen(const std::string& path) {
  const auto address = address_of(path);
  if (!address) return std::unexpected(address.error());
  remove_dead_socket(path, *address);
  const int descriptor = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (descriptor < 0 || ::bind(descriptor, generic(*address), sizeof *address) != 0) {
    const std::string reason = std::strerror(errno);
    if (descriptor >= 0) ::close(descriptor);
    return fail("cannot listen at " + path + ": " + reason + ". Give another --socket, or end the server that has it.");
  }
  Listener listener(descriptor, path);
  // Whoever may connect is still nobody until the handshake; the file's mode decides who may try.
  if (::chmod(path.c_str(), 0666) != 0 || ::listen(descriptor, backlog) != 0)
    return fail("cannot listen at " + path + ": " + std::strerror(errno) + ".");
  return listener;
}

Listener::~Listener() {
  if (descriptor_ < 0) return;
  ::unlink(path_.c_str());
  ::close(descriptor_);
}

OrFailure<Connection> Listener::accept() const {
  for (;;) {
    const int descriptor = ::accept4(descriptor_, nullptr, nullptr, SOCK_CLOEXEC);
    if (descriptor < 0 && (errno == EINTR || errno == ECONNABORTED)) continue;
    if (descriptor < 0) return fail("cannot accept a connection at " + path_ + ": " + std::strerror(errno) + ".");
    limit_sending(descriptor);
    return Connection(descriptor);
  }
}

}  // namespace sshkey::programs
