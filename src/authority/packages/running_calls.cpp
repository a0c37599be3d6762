#include "authority/packages/running_calls.hpp"

namespace openlsa::authority {

RunningCalls::Guard::Guard(RunningCalls& calls, Entry entry) : calls_(calls) {
  base::MutexLock lock(calls_.mutex_);
  position_ = calls_.entries_.insert(calls_.entries_.end(), std::move(entry));
}

RunningCalls::Guard::~Guard() {
  std::list<Entry> released;  // after the lock: it may hold the last reference to the host
  base::MutexLock lock(calls_.mutex_);
  released.splice(released.end(), calls_.entries_, position_);
}

std::vector<RunningCalls::Entry> RunningCalls::overdue(Clock::time_point now) {
  base::MutexLock lock(mutex_);
  std::vector<Entry> overdue;
  for (const Entry& entry : entries_)
    if (entry.deadline <= now) overdue.push_back(entry);
  return overdue;
}

}  // namespace openlsa::authority
