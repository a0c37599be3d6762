// The one mutex of the project, annotated for clang's thread-safety analysis.
#pragma once

#include <condition_variable>
#include <mutex>

#if defined(__clang__)
#define OPENLSA_THREAD(x) __attribute__((x))
#else
#define OPENLSA_THREAD(x)
#endif
#define OPENLSA_GUARDED_BY(m) OPENLSA_THREAD(guarded_by(m))
#define OPENLSA_REQUIRES(m) OPENLSA_THREAD(requires_capability(m))
#define OPENLSA_EXCLUDES(m) OPENLSA_THREAD(locks_excluded(m))

namespace openlsa::base {

class OPENLSA_THREAD(capability("mutex")) Mutex {
 public:
  void lock() OPENLSA_THREAD(acquire_capability()) { mutex_.lock(); }
  void unlock() OPENLSA_THREAD(release_capability()) { mutex_.unlock(); }

 private:
  std::mutex mutex_;
};

class OPENLSA_THREAD(scoped_lockable) MutexLock {
 public:
  explicit MutexLock(Mutex& mutex) OPENLSA_THREAD(acquire_capability(mutex)) : mutex_(mutex) { mutex_.lock(); }
  ~MutexLock() OPENLSA_THREAD(release_capability()) { mutex_.unlock(); }
  MutexLock(const MutexLock&) = delete;
  MutexLock& operator=(const MutexLock&) = delete;

 private:
  Mutex& mutex_;
};

// Waits on a Mutex that the caller holds.
using ConditionVariable = std::condition_variable_any;

}  // namespace openlsa::base
