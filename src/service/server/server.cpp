#include "service/server/server.hpp"

#include <fmt/format.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>

#include <cerrno>
#include <cstring>

#include "base/log.hpp"

namespace openlsa::service {
namespace {

base::OrFailure<> listen_failure(const std::string& path, const char* what) {
  return base::failure(fmt::format("cannot listen on {}: {}: {}", path, what, std::strerror(errno)));
}

// A socket that a dead authority left behind can be taken away; one that answers is another authority.
base::OrFailure<> clear_place(const sockaddr_un& address) {
  const base::UniqueFd probe(::socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0));
  if (::connect(probe.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0)
    return base::failure(fmt::format(
        "another authority listens on {}; stop it first, or set another `socket` in lsa.toml", address.sun_path));
  if (errno == ECONNREFUSED) ::unlink(address.sun_path);
  return {};
}

}  // namespace

base::OrFailure<> Server::listen(const std::string& path) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  if (path.size() >= sizeof address.sun_path)
    return base::failure(fmt::format("the socket path {} is longer than {} bytes; choose a shorter one in lsa.toml",
                                     path, sizeof address.sun_path - 1));
  std::memcpy(address.sun_path, path.c_str(), path.size());
  // /run is empty after a start of the machine; whoever started us by hand should not have to know.
  const std::string directory = path.substr(0, path.find_last_of('/'));
  if (!directory.empty() && ::mkdir(directory.c_str(), 0755) != 0 && errno != EEXIST)
    return listen_failure(path, "mkdir of its directory");
  if (auto clear = clear_place(address); !clear) return clear;
  listener_.reset(::socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
  if (!listener_) return listen_failure(path, "socket");
  if (::bind(listener_.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0)
    return listen_failure(path, "bind");
  path_ = path;
  // Everybody may connect; what a caller may do follows from who it is.
  if (::chmod(path.c_str(), 0666) != 0) return listen_failure(path, "chmod");
  if (::listen(listener_.get(), 1024) != 0) return listen_failure(path, "listen");
  if (!loop_.watch(listener_.get(), EPOLLIN, [this](std::uint32_t) { accept_all(); }))
    return listen_failure(path, "epoll");
  return {};
}

void Server::accept_all() {
  while (true) {
    base::UniqueFd socket(::accept4(listener_.get(), nullptr, nullptr, SOCK_CLOEXEC | SOCK_NONBLOCK));
    if (!socket) return;
    if (entries_.size() >= connection_limit) continue;
    auto peer = identify_peer(socket.get());
    if (!peer || of_uid_[peer->identity.uid] >= connection_limit_per_uid) continue;
    add(std::move(socket), std::move(*peer));
  }
}

void Server::add(base::UniqueFd socket, Peer peer) {
  const int fd = socket.get();
  Entry entry;
  entry.uid = peer.identity.uid;
  entry.connection = std::make_shared<ServedConnection>(authority_, peer.identity, std::move(socket));
  entry.process = std::move(peer.process);
  const int process = entry.process.get();
  ++of_uid_[entry.uid];
  const auto place = entries_.insert_or_assign(fd, std::move(entry)).first;
  const bool watched = loop_.watch(fd, EPOLLIN | EPOLLRDHUP, [this, fd](std::uint32_t) { readable(fd); }) &&
                       loop_.watch(process, EPOLLIN | EPOLLONESHOT, [this, fd](std::uint32_t) { process_ended(fd); });
  if (!watched) close(place);
}

void Server::readable(int fd) {
  const auto place = entries_.find(fd);
  if (place == entries_.end() || place->second.busy) return;
  auto frame = wire::receive_frame(fd, MSG_DONTWAIT);
  if (!frame && frame.error() == wire::WireError::would_block) return;
  if (!frame) {
    if (frame.error() == wire::WireError::malformed) place->second.connection->audit_malformed("malformed frame");
    return close(place);
  }
  const wire::MethodFacts* facts = wire::authority_method(frame->header.method);
  if (facts == nullptr || facts->duration == seam::Duration::inline_) {
    if (!place->second.connection->serve(std::move(*frame))) close(place);
    return;
  }
  // Not watched until the worker is done; a watch for nothing still tells of a hang-up, but once only.
  if (!loop_.rearm(fd, EPOLLONESHOT)) return close(place);
  place->second.busy = true;
  auto held = std::make_shared<wire::Frame>(std::move(*frame));
  workers_.run([this, fd, held, connection = place->second.connection]() mutable {
    const bool keep = connection->serve(std::move(*held));
    connection.reset();  // the last reference goes on this thread or on the loop's, never inside the pool's lock
    loop_.post([this, fd, keep] { finished(fd, keep); });
  });
}

void Server::finished(int fd, bool keep) {
  const auto place = entries_.find(fd);
  if (place == entries_.end()) return;
  place->second.busy = false;
  if (!keep || place->second.ended || !loop_.rearm(fd, EPOLLIN | EPOLLRDHUP)) close(place);
}

// A forked child may hold the socket open: the process itself counts.
void Server::process_ended(int fd) {
  const auto place = entries_.find(fd);
  if (place == entries_.end()) return;
  const auto client = place->second.connection->calls().client();
  workers_.run([this, client] { authority_.client_lost(client); });
  // A worker that waits for this client in an up-call is woken by the end of the socket.
  ::shutdown(fd, SHUT_RDWR);
  place->second.ended = true;
  if (!place->second.busy) close(place);
}

void Server::close(Place place) {
  loop_.forget(place->first);
  loop_.forget(place->second.process.get());
  if (--of_uid_[place->second.uid] == 0) of_uid_.erase(place->second.uid);
  Entry entry = std::move(place->second);
  entries_.erase(place);
  close_elsewhere(std::move(entry));
}

// The end of a client calls its hosts, which may be slow.
void Server::close_elsewhere(Entry entry) {
  auto held = std::make_shared<Entry>(std::move(entry));
  workers_.run([held] { held->connection.reset(); });
}

void Server::close_all() {
  while (!entries_.empty()) close(entries_.begin());
}

Server::~Server() {
  if (!path_.empty()) ::unlink(path_.c_str());
}

}  // namespace openlsa::service
