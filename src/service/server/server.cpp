#include "service/server/server.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>

#include <algorithm>
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
  // Two descriptors each; the rest is for tokens, hosts and messages.
  rlimit files{};
  if (::getrlimit(RLIMIT_NOFILE, &files) == 0 && files.rlim_cur != RLIM_INFINITY)
    descriptor_room_ = files.rlim_cur > 8192 ? (files.rlim_cur - 6144) / 2 : files.rlim_cur / 4;
  spare_.reset(::open("/dev/null", O_RDONLY | O_CLOEXEC));
  if (!loop_.watch(listener_.get(), EPOLLIN, [this](std::uint32_t) { accept_some(); }))
    return listen_failure(path, "epoll");
  return {};
}

// Not all at once: whoever connects without end would be all that the loop ever does.
void Server::accept_some() {
  for (int i = 0; i < accepts_per_round; ++i) {
    base::UniqueFd socket(::accept4(listener_.get(), nullptr, nullptr, SOCK_CLOEXEC | SOCK_NONBLOCK));
    if (!socket && (errno == EMFILE || errno == ENFILE)) return refuse_one();
    if (!socket) return;
    ucred who{};
    socklen_t size = sizeof who;
    if (::getsockopt(socket.get(), SOL_SOCKET, SO_PEERCRED, &who, &size) != 0 || !has_room_for(who.uid)) continue;
    auto peer = identify_peer(socket.get());
    if (peer) add(std::move(socket), std::move(*peer));
  }
}

bool Server::has_room_for(std::uint32_t uid) {
  const std::size_t limit = std::min(connection_limit, descriptor_room_);
  if (is_tcb(uid)) return entries_.size() < limit;
  const auto of_uid = of_uid_.find(uid);
  return entries_.size() < limit - std::min(limit / 4, connections_for_tcb) &&
         (of_uid == of_uid_.end() || of_uid->second < std::min(limit / 4, connection_limit_per_uid));
}

// Otherwise the listener would be ready for ever, and the loop would turn without end.
void Server::refuse_one() {
  spare_.reset();
  base::UniqueFd(::accept4(listener_.get(), nullptr, nullptr, SOCK_CLOEXEC)).reset();
  spare_.reset(::open("/dev/null", O_RDONLY | O_CLOEXEC));
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

bool Server::is_tcb(std::uint32_t uid) { return uid == 0 || uid == ::geteuid(); }

void Server::close(Place place) {
  loop_.forget(place->first);
  loop_.forget(place->second.process.get());
  if (--of_uid_[place->second.uid] == 0) of_uid_.erase(place->second.uid);
  if (place->second.waiting) std::erase(calls_of_uid_.at(place->second.uid).waiting, place->first);
  Entry entry = std::move(place->second);
  entries_.erase(place);
  const std::uint32_t uid = entry.uid;
  calls_of_uid_[uid].closing.push_back(std::move(entry));
  let_next_call(uid);
}

void Server::close_all() {
  while (!entries_.empty()) close(entries_.begin());
}

Server::~Server() {
  if (!path_.empty()) ::unlink(path_.c_str());
}

}  // namespace openlsa::service
