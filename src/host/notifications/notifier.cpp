#include "host/notifications/notifier.hpp"

#include <system_error>
#include <thread>

#include "base/log.hpp"
#include "host/notifications/notification_call.hpp"
#include "host/runtime.hpp"

namespace openlsa::host {
namespace {

constexpr std::chrono::seconds patience_at_end{5};

}  // namespace

// Outlives the notifier while its thread, or one of a function, still needs it.
class Notifier::Worker final : public win32::SignalWatcher, public std::enable_shared_from_this<Worker> {
 public:
  explicit Worker(Runtime& runtime) : runtime_(runtime) {}
  ~Worker() override {
    for (const std::uint32_t handle : table_.handles()) openlsa_private_release_handle(handle);
  }

  std::uint32_t add(std::shared_ptr<Notification> notification) {
    // Before the lock: a signal that comes from here on is looked for once the notification is in the table.
    if (notification->object != nullptr) notification->seen_signals = notification->object->watch(weak_from_this());
    const base::MutexLock lock(mutex_);
    const auto thread = (notification->flags & NOTIFIER_FLAG_NEW_THREAD) != 0 ? Thread::own : Thread::shared;
    if (ending_ || table_.full() || !start_thread(thread)) return 0;
    const std::uint32_t handle = openlsa_private_reserve_handle();
    if (handle == 0) return 0;
    table_.add(handle, std::move(notification), NotificationClock::now());
    changed_.notify_all();
    return handle;
  }
  bool cancel(std::uint32_t handle) {
    const base::MutexLock lock(mutex_);
    if (!table_.remove(handle)) return false;
    openlsa_private_release_handle(handle);
    return true;
  }
  void forget(const LoadedPackage& package) {
    const base::MutexLock lock(mutex_);
    for (const std::uint32_t handle : table_.remove_all(package)) openlsa_private_release_handle(handle);
  }
  void package_changed(const PackageChange& change) {
    const base::MutexLock lock(mutex_);
    table_.package_changed(change);
    changed_.notify_all();
  }
  void signalled() override {
    const base::MutexLock lock(mutex_);
    changed_.notify_all();
  }
  void begin() {
    const base::MutexLock lock(mutex_);
    begun_ = true;
    changed_.notify_all();
  }
  void end() {
    const base::MutexLock lock(mutex_);
    ending_ = true;
    changed_.notify_all();
    // The last share of the runtime may go on our own thread.
    if (std::this_thread::get_id() == shared_thread_) return;
    if (!changed_.wait_for(mutex_, patience_at_end, [this]() OPENLSA_REQUIRES(mutex_) { return !calling_; }))
      base::log(base::LogLevel::warning,
                "a notification function of a package did not return; the package is shut down all the same");
  }

 private:
  using Thread = NotificationTable::Thread;

  // One waits for what the shared functions are registered for, and runs them; another, for the others, only begins
  // their threads, so that no function delays it.
  bool start_thread(Thread which) OPENLSA_REQUIRES(mutex_) {
    std::thread::id& known = which == Thread::own ? starting_thread_ : shared_thread_;
    if (known != std::thread::id()) return true;
    try {
      std::thread thread([self = shared_from_this(), which] { self->deliver(which); });
      known = thread.get_id();
      thread.detach();
      return true;
    } catch (const std::system_error&) {  // the system has no thread left
      return false;
    }
  }

  void deliver(Thread which) {
    mutex_.lock();
    while (!ending_) {
      const auto due = begun_ ? table_.take_due(which, NotificationClock::now()) : std::nullopt;
      if (due) {
        // A runtime that goes has no share left to give, and ends us as soon as it gets the lock.
        auto runtime = runtime_.weak_from_this().lock();
        if (!runtime) break;
        if (which == Thread::shared) calling_ = true;
        mutex_.unlock();
        if (which == Thread::shared || !call_on_new_thread(runtime, *due))
          call(*runtime, *due, which == Thread::shared ? CurrentCall::Kind::call : CurrentCall::Kind::background);
        runtime.reset();  // which may end it, and us
        mutex_.lock();
        if (which == Thread::shared) calling_ = false;
        changed_.notify_all();
      } else if (const auto next = begun_ ? table_.next_due(which) : std::nullopt) {
        changed_.wait_until(mutex_, *next);
      } else {
        changed_.wait(mutex_);
      }
    }
    mutex_.unlock();
  }

  void call(Runtime& runtime, const NotificationTable::Due& due, CurrentCall::Kind kind) {
    call_notification(runtime, due, kind);
    const base::MutexLock lock(mutex_);
    if (table_.finished(due)) openlsa_private_release_handle(due.handle);
    changed_.notify_all();
  }

  // False when the system has no thread left: the function then runs on the one that would begin it.
  bool call_on_new_thread(const std::shared_ptr<Runtime>& runtime, const NotificationTable::Due& due) {
    try {
      std::thread([self = shared_from_this(), runtime, due] {
        self->call(*runtime, due, CurrentCall::Kind::background);
      }).detach();
      return true;
    } catch (const std::system_error&) {
      return false;
    }
  }

  Runtime& runtime_;  // used while it is known to live only
  base::Mutex mutex_;
  base::ConditionVariable changed_;
  NotificationTable table_ OPENLSA_GUARDED_BY(mutex_);
  bool begun_ OPENLSA_GUARDED_BY(mutex_) = false;
  bool ending_ OPENLSA_GUARDED_BY(mutex_) = false;
  bool calling_ OPENLSA_GUARDED_BY(mutex_) = false;  // the shared thread is in a function
  std::thread::id shared_thread_ OPENLSA_GUARDED_BY(mutex_);
  std::thread::id starting_thread_ OPENLSA_GUARDED_BY(mutex_);
};

Notifier::Notifier(Runtime& runtime) : worker_(std::make_shared<Worker>(runtime)) {}
Notifier::~Notifier() { end(); }
std::uint32_t Notifier::add(std::shared_ptr<Notification> notification) {
  return worker_->add(std::move(notification));
}
bool Notifier::cancel(std::uint32_t handle) { return worker_->cancel(handle); }
void Notifier::forget(const LoadedPackage& package) { worker_->forget(package); }
void Notifier::package_changed(const PackageChange& change) { worker_->package_changed(change); }
void Notifier::begin() { worker_->begin(); }
void Notifier::end() { worker_->end(); }

}  // namespace openlsa::host
