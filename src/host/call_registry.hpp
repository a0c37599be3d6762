// The calls that run in this host: for the deadline that the authority sets, and to tell a call that its client died.
#pragma once

#include <algorithm>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <set>

#include "base/mutex.hpp"
#include "host/current_call.hpp"

namespace openlsa::host {

class CallRegistry {
 public:
  void add(CurrentCall& call) {
    const base::MutexLock lock(mutex_);
    calls_.insert(&call);
  }
  void remove(CurrentCall& call) {
    const base::MutexLock lock(mutex_);
    calls_.erase(&call);
    ended_.notify_all();
  }
  // Waits until no call of another thread runs in the package, or `given_up` is set (and wake() called).
  void wait_for_end(const LoadedPackage& package, const std::atomic<bool>& given_up) {
    mutex_.lock();
    while (!given_up && runs_elsewhere(package)) ended_.wait(mutex_);
    mutex_.unlock();
  }
  // The same for a limited time.
  void wait_for_end(const LoadedPackage& package, std::chrono::steady_clock::time_point deadline) {
    mutex_.lock();
    while (runs_elsewhere(package) && ended_.wait_until(mutex_, deadline) != std::cv_status::timeout) {
    }
    mutex_.unlock();
  }
  void wake() {
    const base::MutexLock lock(mutex_);
    ended_.notify_all();
  }
  // Client functions of these calls fail from now on.
  void mark_terminated(seam::ClientId client) {
    const base::MutexLock lock(mutex_);
    for (CurrentCall* call : calls_)
      if (call->origin() != nullptr && call->origin()->view.client == client) call->mark_process_terminated();
  }
  struct Summary {
    std::chrono::milliseconds oldest{0};
    std::uint32_t running = 0;
  };
  Summary summary() const {
    const base::MutexLock lock(mutex_);
    Summary result;
    result.running = static_cast<std::uint32_t>(calls_.size());
    for (const CurrentCall* call : calls_) result.oldest = std::max(result.oldest, call->worked());
    return result;
  }

 private:
  bool runs_elsewhere(const LoadedPackage& package) const OPENLSA_REQUIRES(mutex_) {
    return std::any_of(calls_.begin(), calls_.end(), [&](const CurrentCall* call) {
      return &call->package() == &package && !call->is_of_this_thread();
    });
  }

  mutable base::Mutex mutex_;
  base::ConditionVariable ended_;
  std::set<CurrentCall*> calls_ OPENLSA_GUARDED_BY(mutex_);
};

}  // namespace openlsa::host
