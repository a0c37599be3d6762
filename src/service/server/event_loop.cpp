#include "service/server/event_loop.hpp"

#include <sys/epoll.h>
#include <sys/eventfd.h>

#include <cerrno>

namespace openlsa::service {

EventLoop::EventLoop() : epoll_(::epoll_create1(EPOLL_CLOEXEC)), wake_(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {
  epoll_event event{.events = EPOLLIN, .data = {.fd = wake_.get()}};
  ::epoll_ctl(epoll_.get(), EPOLL_CTL_ADD, wake_.get(), &event);
}

bool EventLoop::watch(int fd, std::uint32_t events, Ready ready) {
  const base::MutexLock lock(mutex_);
  watched_[fd] = std::make_shared<Watch>(next_id_++, std::move(ready));
  epoll_event event{.events = events, .data = {.fd = fd}};
  if (::epoll_ctl(epoll_.get(), EPOLL_CTL_ADD, fd, &event) == 0) return true;
  watched_.erase(fd);
  return false;
}

bool EventLoop::rearm(int fd, std::uint32_t events) {
  epoll_event event{.events = events, .data = {.fd = fd}};
  return ::epoll_ctl(epoll_.get(), EPOLL_CTL_MOD, fd, &event) == 0;
}

void EventLoop::forget(int fd) {
  const base::MutexLock lock(mutex_);
  if (watched_.erase(fd) != 0) ::epoll_ctl(epoll_.get(), EPOLL_CTL_DEL, fd, nullptr);
}

void EventLoop::post(std::function<void()> task) {
  {
    const base::MutexLock lock(mutex_);
    posted_.push_back(std::move(task));
  }
  const std::uint64_t one = 1;
  static_cast<void>(!::write(wake_.get(), &one, sizeof one));
}

void EventLoop::stop() {
  stopping_ = true;
  post([] {});
}

void EventLoop::run_posted() {
  std::uint64_t count;
  static_cast<void>(!::read(wake_.get(), &count, sizeof count));
  std::vector<std::function<void()>> tasks;
  {
    const base::MutexLock lock(mutex_);
    tasks.swap(posted_);
  }
  for (auto& task : tasks) task();
}

void EventLoop::run() {
  epoll_event events[64];
  while (true) {
    const int count = ::epoll_wait(epoll_.get(), events, 64, -1);
    if (count < 0 && errno != EINTR) return;
    for (int i = 0; i < count; ++i) {
      const int fd = events[i].data.fd;
      if (fd == wake_.get()) {
        run_posted();
        continue;
      }
      std::shared_ptr<Watch> watch;
      {
        const base::MutexLock lock(mutex_);
        // A descriptor that an earlier event of this round closed and another took: its events come again.
        if (const auto found = watched_.find(fd); found != watched_.end()) watch = found->second;
      }
      if (watch) watch->ready(events[i].events);
    }
    if (stopping_) return;
  }
}

}  // namespace openlsa::service
