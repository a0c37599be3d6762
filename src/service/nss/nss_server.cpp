#include "service/nss/nss_server.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/timerfd.h>
#include <sys/un.h>

#include <cerrno>
#include <cstring>

#include "service/nss/nss_answer.hpp"
#include "wire/nss/nss_protocol.h"

namespace openlsa::service {
namespace {

base::OrFailure<> listen_failure(const std::string& path, const char* what) {
  return base::failure(
      fmt::format("the name service cannot listen on {}: {}: {}. Users and groups of the authority "
                  "are not visible to getent and login programs until lsad is started again.",
                  path, what, std::strerror(errno)));
}

// What is there is ours to replace: the authority has this directory, or it could not listen beside.
bool clear_place(const std::string& path) {
  struct stat status{};
  if (::lstat(path.c_str(), &status) != 0) return errno == ENOENT;
  return S_ISSOCK(status.st_mode) && ::unlink(path.c_str()) == 0;
}

}  // namespace

std::string nss_socket_path(const std::string& authority_socket) {
  return authority_socket.substr(0, authority_socket.find_last_of('/') + 1) + OPENLSA_NSS_SOCKET_NAME;
}

base::OrFailure<> NssServer::listen(const std::string& path) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  errno = ENAMETOOLONG;
  if (path.size() >= sizeof address.sun_path) return listen_failure(path, "path");
  std::memcpy(address.sun_path, path.c_str(), path.size());
  errno = EEXIST;
  if (!clear_place(path)) return listen_failure(path, "an old file");
  listener_.reset(::socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
  if (!listener_) return listen_failure(path, "socket");
  if (::bind(listener_.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0)
    return listen_failure(path, "bind");
  path_ = path;
  if (::chmod(path.c_str(), 0666) != 0) return listen_failure(path, "chmod");
  if (::listen(listener_.get(), 512) != 0) return listen_failure(path, "listen");
  return {};
}

base::OrFailure<> NssServer::start(const std::string& path) {
  if (auto listening = listen(path); !listening) return listening;
  spare_.reset(::open("/dev/null", O_RDONLY | O_CLOEXEC));
  clock_.reset(::timerfd_create(CLOCK_MONOTONIC, TFD_CLOEXEC | TFD_NONBLOCK));
  const bool watched = clock_ && loop_.watch(listener_.get(), EPOLLIN, [this](std::uint32_t) { accept_some(); }) &&
                       loop_.watch(clock_.get(), EPOLLIN, [this](std::uint32_t) { drop_old(); });
  if (!watched) return listen_failure(path, "epoll");
  try {
    thread_ = std::thread([this] { loop_.run(); });
  } catch (const std::system_error&) {
    return listen_failure(path, "thread");
  }
  return {};
}

NssServer::~NssServer() {
  if (thread_.joinable()) {
    loop_.stop();
    thread_.join();
  }
  if (!path_.empty()) ::unlink(path_.c_str());
}

bool NssServer::has_room_for(std::uint32_t uid) const {
  if (uid == 0) return entries_.size() < connection_limit;
  const auto of_uid = of_uid_.find(uid);
  return entries_.size() < connection_limit - connections_for_root &&
         (of_uid == of_uid_.end() || of_uid->second < connection_limit_per_uid);
}

// As Server::refuse_one: with no descriptor left the listener would be ready for ever.
void NssServer::refuse_one() {
  spare_.reset();
  base::UniqueFd(::accept4(listener_.get(), nullptr, nullptr, SOCK_CLOEXEC)).reset();
  spare_.reset(::open("/dev/null", O_RDONLY | O_CLOEXEC));
}

void NssServer::accept_some() {
  for (int i = 0; i < accepts_per_round; ++i) {
    base::UniqueFd socket(::accept4(listener_.get(), nullptr, nullptr, SOCK_CLOEXEC | SOCK_NONBLOCK));
    if (!socket && (errno == EMFILE || errno == ENFILE)) return refuse_one();
    if (!socket) return;
    ucred who{};
    socklen_t size = sizeof who;
    if (::getsockopt(socket.get(), SOL_SOCKET, SO_PEERCRED, &who, &size) != 0 || !has_room_for(who.uid)) continue;
    const int fd = socket.get();
    if (entries_.empty()) {
      constexpr itimerspec each_half_second{{0, 500'000'000}, {0, 500'000'000}};
      ::timerfd_settime(clock_.get(), 0, &each_half_second, nullptr);
    }
    ++of_uid_[who.uid];
    const auto place =
        entries_.insert_or_assign(fd, Entry{std::move(socket), who.uid, std::chrono::steady_clock::now()}).first;
    if (!loop_.watch(fd, EPOLLIN | EPOLLRDHUP, [this, fd](std::uint32_t) { readable(fd); })) close(place);
  }
}

// One request a round: others are waiting too.
void NssServer::readable(int fd) {
  const auto place = entries_.find(fd);
  if (place != entries_.end() && !answer_one(fd)) close(place);
}

bool NssServer::answer_one(int fd) {
  // One byte more than a request has, so that a longer one shows.
  std::uint8_t request[sizeof(openlsa_nss_request) + 1];
  // recv, not recvmsg: descriptors that come along are never received.
  const ssize_t got = ::recv(fd, request, sizeof request, 0);
  if (got < 0) return errno == EAGAIN || errno == EINTR;
  if (got == 0) return false;
  const auto reply = answer_nss({request, static_cast<std::size_t>(got)}, *source_, enumerate_);
  if (!reply) return false;
  // Whoever does not read what it asked for is dropped: nothing waits here.
  return ::send(fd, reply->data(), reply->size(), MSG_NOSIGNAL | MSG_DONTWAIT) == static_cast<ssize_t>(reply->size());
}

void NssServer::drop_old() {
  std::uint64_t ticks;
  static_cast<void>(!::read(clock_.get(), &ticks, sizeof ticks));
  const auto oldest = std::chrono::steady_clock::now() - lifetime;
  for (auto place = entries_.begin(); place != entries_.end();) {
    const auto here = place++;
    if (here->second.accepted < oldest) close(here);
  }
}

void NssServer::close(Place place) {
  loop_.forget(place->first);
  if (--of_uid_[place->second.uid] == 0) of_uid_.erase(place->second.uid);
  entries_.erase(place);
  if (!entries_.empty()) return;
  constexpr itimerspec off{};
  ::timerfd_settime(clock_.get(), 0, &off, nullptr);
}

}  // namespace openlsa::service
