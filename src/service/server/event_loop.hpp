// epoll, with a function per descriptor, on one thread.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <vector>

#include "base/mutex.hpp"
#include "base/unique_fd.hpp"

namespace openlsa::service {

class EventLoop {
 public:
  using Ready = std::function<void(std::uint32_t events)>;

  EventLoop();
  // Calls `ready` on the loop's thread whenever one of `events` (EPOLLIN, ...) holds. With EPOLLONESHOT: once, until
  // rearm. Any thread. False: the system refused.
  bool watch(int fd, std::uint32_t events, Ready ready);
  bool rearm(int fd, std::uint32_t events);
  // Before the descriptor is closed. After this returns on the loop's thread, `ready` is not called any more.
  void forget(int fd);
  // Runs on the loop's thread, soon.
  void post(std::function<void()> task);

  void run();   // until stop()
  void stop();  // any thread

 private:
  void run_posted();

  base::UniqueFd epoll_;
  base::UniqueFd wake_;
  base::Mutex mutex_;
  static constexpr std::uint64_t wake_id = 0;
  std::map<int, std::uint64_t> ids_ OPENLSA_GUARDED_BY(mutex_);  // by descriptor
  // By id, which an event carries: a descriptor's number may be another's when its event is looked at.
  std::map<std::uint64_t, std::shared_ptr<Ready>> watched_ OPENLSA_GUARDED_BY(mutex_);
  std::vector<std::function<void()>> posted_ OPENLSA_GUARDED_BY(mutex_);
  std::atomic<bool> stopping_{false};
  std::uint64_t next_id_ OPENLSA_GUARDED_BY(mutex_) = 1;
};

}  // namespace openlsa::service
