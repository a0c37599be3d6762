// The notifications of one host and the threads that deliver them. They begin with the first registration; a host whose
// packages want none has none. Functions run on one thread, one after the other and under the deadline of a call, or,
// with NOTIFIER_FLAG_NEW_THREAD, on a thread of their own, which is the package's as one of CreateThread is.
#pragma once

#include <memory>

#include "base/mutex.hpp"
#include "host/notifications/notification_table.hpp"

namespace openlsa::host {

class Runtime;

class Notifier {
 public:
  explicit Notifier(Runtime& runtime);
  ~Notifier();
  Notifier(const Notifier&) = delete;
  Notifier& operator=(const Notifier&) = delete;

  // The notification's handle; 0 when there is no room, no thread, or the host is ending.
  std::uint32_t add(std::shared_ptr<Notification> notification);
  // Does not wait for a call of the function that has begun: it may be the caller's own.
  bool cancel(std::uint32_t handle);
  // Of a package that is not used: its initialisation failed.
  void forget(const LoadedPackage& package);
  void package_changed(const PackageChange& change);

  // The packages are initialised: what they registered meanwhile is delivered from now on.
  void begin();
  // No function is called any more. Waits a little for one that runs, but not for ever: the host ends in any case.
  void end();

 private:
  class Worker;
  const std::shared_ptr<Worker> worker_;
};

}  // namespace openlsa::host
