// LogonTerminated: told to every package once a session's last token has closed, never from inside the call that closed
// it. The session is gone when all have answered or the deadline has passed; a slow host delays only itself.
#pragma once

#include <chrono>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <thread>
#include <utility>
#include <vector>

#include "authority/sessions/session.hpp"
#include "base/mutex.hpp"

namespace openlsa::authority {

class Terminator {
 public:
  struct Services {
    // Begins to tell every package; calls `answered` once for each of the files it returns the number of.
    std::function<std::size_t(nt::Luid, std::function<void()> answered)> notify;
    std::function<void(nt::Luid)> finish;  // the session and its credentials go
  };
  Terminator(std::chrono::seconds deadline, Services services);
  ~Terminator() { stop(); }

  void queue(nt::Luid session) OPENLSA_EXCLUDES(mutex_);  // holds no lock for long, calls nobody
  void stop() OPENLSA_EXCLUDES(mutex_);                   // what still terminates is finished without waiting
  // Returns when nothing terminates any more; for an orderly end.
  void drain() OPENLSA_EXCLUDES(mutex_);

 private:
  struct Ending {
    std::size_t answers = 0;
    std::optional<std::size_t> expected;  // known once every package is being told
  };
  void work();
  void begin(nt::Luid session) OPENLSA_EXCLUDES(mutex_);
  void finish_if_complete(std::map<nt::Luid, Ending>::iterator ending) OPENLSA_REQUIRES(mutex_);
  void take_overdue() OPENLSA_REQUIRES(mutex_);
  void answered(nt::Luid session) OPENLSA_EXCLUDES(mutex_);

  const std::chrono::seconds deadline_;
  const Services services_;
  // Answers may come after the end of this object; they find it through this.
  struct Link;
  std::shared_ptr<Link> link_;
  base::Mutex mutex_;
  base::ConditionVariable changed_;
  std::deque<nt::Luid> queued_ OPENLSA_GUARDED_BY(mutex_);
  std::map<nt::Luid, Ending> ending_ OPENLSA_GUARDED_BY(mutex_);
  std::deque<std::pair<std::chrono::steady_clock::time_point, nt::Luid>> deadlines_ OPENLSA_GUARDED_BY(mutex_);
  std::vector<nt::Luid> finished_ OPENLSA_GUARDED_BY(mutex_);
  bool working_ OPENLSA_GUARDED_BY(mutex_) = false;
  bool stopping_ OPENLSA_GUARDED_BY(mutex_) = false;
  std::thread worker_;
};

}  // namespace openlsa::authority
