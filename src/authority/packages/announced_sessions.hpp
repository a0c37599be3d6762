// The sessions that AcceptCredentials is just telling a host of: in that call a package keeps credentials of its own
// for a session that another package made.
#pragma once

#include <algorithm>
#include <vector>

#include "base/mutex.hpp"
#include "nt/luid.hpp"

namespace openlsa::authority {

class AnnouncedSessions {
 public:
  class Guard {
   public:
    Guard(AnnouncedSessions& sessions, nt::Luid session) : sessions_(sessions), session_(session) {
      base::MutexLock lock(sessions_.mutex_);
      sessions_.told_.push_back(session_);
    }
    ~Guard() {
      base::MutexLock lock(sessions_.mutex_);
      sessions_.told_.erase(std::find(sessions_.told_.begin(), sessions_.told_.end(), session_));
    }
    Guard(const Guard&) = delete;
    Guard& operator=(const Guard&) = delete;

   private:
    AnnouncedSessions& sessions_;
    const nt::Luid session_;
  };

  bool contains(nt::Luid session) OPENLSA_EXCLUDES(mutex_) {
    base::MutexLock lock(mutex_);
    return std::find(told_.begin(), told_.end(), session) != told_.end();
  }

 private:
  base::Mutex mutex_;
  std::vector<nt::Luid> told_ OPENLSA_GUARDED_BY(mutex_);  // once for each call
};

}  // namespace openlsa::authority
