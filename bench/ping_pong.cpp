#include "ping_pong.hpp"

#include <sys/epoll.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <thread>

#include "measure.hpp"

namespace openlsa::bench {
namespace {

constexpr std::size_t largest = 65536;

[[noreturn]] void answer_all(int socket, std::size_t reply_bytes) {
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  // The same threading as lsad: the loop is one thread of several, which makes the kernel count references to
  // descriptors and libc look for a cancellation in each call.
  std::thread([] { ::pause(); }).detach();
  static char buffer[largest];
  const base::UniqueFd epoll(::epoll_create1(EPOLL_CLOEXEC));
  epoll_event event{.events = EPOLLIN, .data = {.fd = socket}};
  ::epoll_ctl(epoll.get(), EPOLL_CTL_ADD, socket, &event);
  while (::epoll_wait(epoll.get(), &event, 1, -1) == 1) {
    if (::recv(socket, buffer, sizeof buffer, MSG_DONTWAIT) <= 0) break;
    if (::send(socket, buffer, reply_bytes, MSG_NOSIGNAL) < 0) break;
  }
  ::_exit(0);
}

}  // namespace

PingPong::PingPong(std::size_t request_bytes, std::size_t reply_bytes)
    : request_bytes_(request_bytes), reply_bytes_(reply_bytes) {
  int ends[2];
  if (::socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) != 0) give_up("no socket pair for the reference");
  process_ = ::fork();
  if (process_ == 0) {
    ::close(ends[0]);
    answer_all(ends[1], reply_bytes);
  }
  ::close(ends[1]);
  socket_.reset(ends[0]);
}

PingPong::~PingPong() {
  socket_.reset();
  ::waitpid(process_, nullptr, 0);
}

void PingPong::exchange() {
  static char buffer[largest];
  if (::send(socket_.get(), buffer, request_bytes_, MSG_NOSIGNAL) != static_cast<ssize_t>(request_bytes_) ||
      ::recv(socket_.get(), buffer, sizeof buffer, 0) != static_cast<ssize_t>(reply_bytes_))
    give_up("the reference of call.empty failed");
}

}  // namespace openlsa::bench
