#include "authority/packages/running_calls.hpp"

#include <algorithm>

namespace openlsa::authority {

RunningCalls::Guard::Guard(RunningCalls& calls, Entry entry) : calls_(calls) {
  base::MutexLock lock(calls_.mutex_);
  position_ = calls_.entries_.insert(calls_.entries_.end(), std::move(entry));
}

RunningCalls::Guard::~Guard() {
  std::list<Entry> released;  // after the lock: it may hold the last reference to the host
  base::MutexLock lock(calls_.mutex_);
  released.splice(released.end(), calls_.entries_, position_);
  calls_.ended_.notify_all();
}

void RunningCalls::wake() {
  base::MutexLock lock(mutex_);
  ended_.notify_all();
}

void RunningCalls::wait_for_end(seam::HostId id, const std::atomic<bool>& given_up) {
  mutex_.lock();
  ended_.wait(mutex_, [&]() OPENLSA_REQUIRES(mutex_) {
    return given_up ||
           std::none_of(entries_.begin(), entries_.end(), [&](const Entry& entry) { return entry.id == id; });
  });
  mutex_.unlock();
}

std::vector<RunningCalls::Entry> RunningCalls::overdue(Clock::time_point now) {
  base::MutexLock lock(mutex_);
  std::vector<Entry> overdue;
  for (const Entry& entry : entries_)
    if (entry.deadline <= now) overdue.push_back(entry);
  return overdue;
}

}  // namespace openlsa::authority
