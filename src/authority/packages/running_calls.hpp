// The calls that the authority has made and that have not returned, each with its deadline. A host that is over one is
// killed: the call then returns, and the host is started anew.
#pragma once

#include <atomic>
#include <chrono>
#include <list>
#include <memory>
#include <string>
#include <vector>

#include "base/mutex.hpp"
#include "seam/host_starter.hpp"

namespace openlsa::authority {

class RunningCalls {
 public:
  using Clock = std::chrono::steady_clock;
  struct Entry {
    std::shared_ptr<seam::PackageHost> host;
    seam::HostId id;
    Clock::time_point deadline;
    const char* what = "";
    std::string name;  // of the drop-in
  };

  class Guard {
   public:
    Guard(RunningCalls& calls, Entry entry);
    ~Guard();
    Guard(const Guard&) = delete;
    Guard& operator=(const Guard&) = delete;

   private:
    RunningCalls& calls_;
    std::list<Entry>::iterator position_;
  };

  std::vector<Entry> overdue(Clock::time_point now) OPENLSA_EXCLUDES(mutex_);
  // Waits until no call of this host runs, or `given_up` is set (and wake() called).
  void wait_for_end(seam::HostId id, const std::atomic<bool>& given_up) OPENLSA_EXCLUDES(mutex_);
  void wake() OPENLSA_EXCLUDES(mutex_);

 private:
  base::Mutex mutex_;
  base::ConditionVariable ended_;
  std::list<Entry> entries_ OPENLSA_GUARDED_BY(mutex_);
};

}  // namespace openlsa::authority
