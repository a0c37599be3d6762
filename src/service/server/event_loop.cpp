#include "service/server/event_loop.hpp"

#include <sys/epoll.h>
#include <sys/eventfd.h>

#include <cerrno>

namespace openlsa::service {

EventLoop::EventLoop() : epoll_(::epoll_create1(EPOLL_CLOEXEC)), wake_(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {
  epoll_event event{.events = EPOLLIN, .data = {.u64 = wake_id}};
  ::epoll_ctl(epoll_.get(), EPOLL_CTL_ADD, wake_.get(), &event);
}

bool EventLoop::watch(int fd, std::uint32_t events, Ready ready) {
  const base::MutexLock lock(mutex_);
  const std::uint64_t id = next_id_++;
  epoll_event event{.events = events, .data = {.u64 = id}};
  if (::epoll_ctl(epoll_.get(), EPOLL_CTL_ADD, fd, &event) != 0) return false;
  watched_[id] = std::make_shared<Ready>(std::move(ready));
  ids_[fd] = id;
  return true;
}

bool EventLoop::rearm(int fd, std::uint32_t events) {
  const base::MutexLock lock(mutex_);
  const auto found = ids_.find(fd);
  if (found == ids_.end()) return false;
  epoll_event event{.events = events, .data = {.u64 = found->second}};
  return ::epoll_ctl(epoll_.get(), EPOLL_CTL_MOD, fd, &event) == 0;
}

void EventLoop::forget(int fd) {
  const base::MutexLock lock(mutex_);
  const auto found = ids_.find(fd);
  if (found == ids_.end()) return;
  ::epoll_ctl(epoll_.get(), EPOLL_CTL_DEL, fd, nullptr);
  watched_.erase(found->second);
  ids_.erase(found);
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
      if (events[i].data.u64 == wake_id) {
        run_posted();
        continue;
      }
      std::shared_ptr<Ready> ready;
      {
        const base::MutexLock lock(mutex_);
        // Not there: an earlier event of this round forgot it. Another may have its descriptor's number by now.
        if (const auto found = watched_.find(events[i].data.u64); found != watched_.end()) ready = found->second;
      }
      if (ready) (*ready)(events[i].events);
    }
    if (stopping_) return;
  }
}

}  // namespace openlsa::service
