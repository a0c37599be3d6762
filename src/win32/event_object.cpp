// An event. As long as only this process sets it, waiting threads sleep on a condition variable. Once another process
// sets it too (attach), they sleep in poll(2) on its descriptors and on one of the event's own that wakes them.
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <map>
#include <optional>
#include <utility>
#include <vector>

#include "base/mutex.hpp"
#include "win32/local_object.hpp"

namespace openlsa::win32 {
namespace {

using Clock = std::chrono::steady_clock;
using Descriptor = std::shared_ptr<const base::UniqueFd>;  // one that is polled must not be closed meanwhile

// What has come in is read; `ended` when the far end is gone.
bool read_signal(int descriptor, bool& ended) {
  char bytes[64];
  bool signalled = false;
  while (true) {
    const ssize_t got = ::recv(descriptor, bytes, sizeof bytes, MSG_DONTWAIT);
    if (got > 0) {
      signalled = true;
    } else if (got == 0 || (errno != EINTR)) {
      ended = got == 0 || errno != EAGAIN;
      return signalled;
    }
  }
}

class EventObject final : public Event {
 public:
  EventObject(bool manual_reset, bool signalled)
      : manual_reset_(manual_reset), signalled_(signalled), signals_(signalled ? 1 : 0) {}

  void set() override {
    {
      const base::MutexLock lock(mutex_);
      if (!signalled_) ++signals_;
      signalled_ = true;
      wake();
    }
    for (std::size_t next = 0; const auto watcher = watcher_from(next);) watcher->signalled();
  }
  void reset() override {
    const base::MutexLock lock(mutex_);
    take_signals();
    signalled_ = false;
  }
  void attach(std::uint32_t source, base::UniqueFd descriptor) override {
    const auto held = std::make_shared<const base::UniqueFd>(std::move(descriptor));
    const base::MutexLock lock(mutex_);
    sources_[source] = {held, ::getpid()};
    wake();  // whoever sleeps on the condition variable must watch this one from now on
  }
  bool detach(std::uint32_t source) override {
    const base::MutexLock lock(mutex_);
    const bool found = sources_.erase(source) != 0;
    wake();
    return found;
  }
  bool wait(std::uint32_t milliseconds) override {
    const auto until = Clock::now() + std::chrono::milliseconds(milliseconds == forever ? 0 : milliseconds);
    const base::MutexLock lock(mutex_);
    while (true) {
      take_signals();
      if (signalled_) break;
      if (milliseconds != forever && Clock::now() >= until) return false;
      sleep(milliseconds == forever ? std::nullopt : std::optional(until));
    }
    if (!manual_reset_) signalled_ = false;
    return true;
  }
  std::uint64_t watch(std::weak_ptr<SignalWatcher> watcher) override {
    const base::MutexLock lock(mutex_);
    const auto same = [&](const auto& other) { return !other.owner_before(watcher) && !watcher.owner_before(other); };
    // In place of one that is gone: set() goes through the list without the lock.
    auto place = std::find_if(watchers_.begin(), watchers_.end(), same);
    if (place == watchers_.end())
      place = std::find_if(watchers_.begin(), watchers_.end(), [](const auto& other) { return other.expired(); });
    if (place == watchers_.end()) place = watchers_.insert(place, std::weak_ptr<SignalWatcher>());
    *place = std::move(watcher);
    return signalled_ ? signals_ - 1 : signals_;
  }
  bool take_signal(std::uint64_t& seen) override {
    const base::MutexLock lock(mutex_);
    if (!manual_reset_) return std::exchange(signalled_, false);
    return std::exchange(seen, signals_) != signals_;
  }

 private:
  // The next watcher that lives; `next` moves behind it.
  std::shared_ptr<SignalWatcher> watcher_from(std::size_t& next) {
    const base::MutexLock lock(mutex_);
    while (next < watchers_.size())
      if (auto alive = watchers_[next++].lock()) return alive;
    return nullptr;
  }
  struct Source {
    Descriptor descriptor;
    pid_t process = 0;  // that attached it: what a forked child read its parent would miss
  };

  void take_signals() OPENLSA_REQUIRES(mutex_) {
    const pid_t self = sources_.empty() ? 0 : ::getpid();
    bool more = false;
    std::erase_if(sources_, [&](const auto& entry) {
      if (entry.second.process != self) return true;
      bool ended = false;
      more |= read_signal(entry.second.descriptor->get(), ended);
      return ended;
    });
    if (!more) return;
    if (!signalled_) ++signals_;
    signalled_ = true;
    wake();  // other threads may find nothing to read any more
  }

  void wake() OPENLSA_REQUIRES(mutex_) {
    changed_.notify_all();
    const std::uint64_t once = 1;
    for (const int sleeper : sleepers_)
      if (::write(sleeper, &once, sizeof once) < 0) continue;  // full: it is awake already
  }

  // Until something may have changed.
  void sleep(std::optional<Clock::time_point> until) OPENLSA_REQUIRES(mutex_) {
    if (sources_.empty()) {
      if (until)
        changed_.wait_until(mutex_, *until);
      else
        changed_.wait(mutex_);
      return;
    }
    const base::UniqueFd waker(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK));
    std::vector<Descriptor> watched;
    std::vector<pollfd> entries{{.fd = waker.get(), .events = POLLIN, .revents = 0}};
    for (const auto& [name, source] : sources_) {
      watched.push_back(source.descriptor);
      entries.push_back({.fd = source.descriptor->get(), .events = POLLIN, .revents = 0});
    }
    sleepers_.push_back(waker.get());
    mutex_.unlock();
    ::poll(entries.data(), entries.size(), patience(until, waker.valid()));
    mutex_.lock();
    std::erase(sleepers_, waker.get());
  }

  // Without a waker (the process has no descriptor left) the thread looks again now and then.
  static int patience(std::optional<Clock::time_point> until, bool wakeable) {
    constexpr long look_again = 20, longest = 1 << 30;
    long left = wakeable ? longest : look_again;
    if (until) left = std::min<long>(left, std::chrono::ceil<std::chrono::milliseconds>(*until - Clock::now()).count());
    return until || !wakeable ? static_cast<int>(std::max(left, 0L)) : -1;
  }

  base::Mutex mutex_;
  base::ConditionVariable changed_;
  const bool manual_reset_;
  bool signalled_ OPENLSA_GUARDED_BY(mutex_);
  std::uint64_t signals_ OPENLSA_GUARDED_BY(mutex_);  // how often the event has become signalled
  std::vector<std::weak_ptr<SignalWatcher>> watchers_ OPENLSA_GUARDED_BY(mutex_);
  std::map<std::uint32_t, Source> sources_ OPENLSA_GUARDED_BY(mutex_);
  std::vector<int> sleepers_ OPENLSA_GUARDED_BY(mutex_);
};

}  // namespace

std::shared_ptr<Event> Event::create(bool manual_reset, bool signalled) {
  return std::make_shared<EventObject>(manual_reset, signalled);
}

}  // namespace openlsa::win32
