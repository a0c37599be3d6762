// Threads for the calls that may wait for a package or the disk. A thread starts when every other is busy, up to a
// limit; beyond it, work waits its turn.
#pragma once

#include <deque>
#include <functional>
#include <thread>
#include <vector>

#include "base/mutex.hpp"

namespace openlsa::service {

class WorkerPool {
 public:
  // Starts a first thread, so that work is done even when the system has no other to give later.
  explicit WorkerPool(std::size_t limit);
  ~WorkerPool();
  void run(std::function<void()> task);

 private:
  void add_thread() OPENLSA_REQUIRES(mutex_);
  void work();

  const std::size_t limit_;
  base::Mutex mutex_;
  base::ConditionVariable wake_;
  std::deque<std::function<void()>> tasks_ OPENLSA_GUARDED_BY(mutex_);
  std::vector<std::thread> threads_ OPENLSA_GUARDED_BY(mutex_);
  std::size_t idle_ OPENLSA_GUARDED_BY(mutex_) = 0;
  bool stopping_ OPENLSA_GUARDED_BY(mutex_) = false;
};

}  // namespace openlsa::service
