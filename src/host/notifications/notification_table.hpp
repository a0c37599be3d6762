// The notifications of one host, and which of them is due: no thread and no clock of its own, so that a test can give
// the time.
#pragma once

#include <map>

#include "host/notifications/notification.hpp"

namespace openlsa::host {

class NotificationTable {
 public:
  static constexpr std::size_t max_notifications = 1024;
  // Changes that one notification has still to hear of; the oldest go first when its function never returns.
  static constexpr std::size_t max_changes = 256;
  using TimePoint = NotificationClock::time_point;

  bool full() const { return notifications_.size() >= max_notifications; }
  void add(std::uint32_t handle, std::shared_ptr<Notification> notification, TimePoint now);
  // False: no such notification, or its one shot is over. A call of the function that has begun goes on; none begins.
  bool remove(std::uint32_t handle);
  // The handles of the notifications of a package, which go.
  std::vector<std::uint32_t> remove_all(const LoadedPackage& package);
  std::vector<std::uint32_t> handles() const;
  void package_changed(const PackageChange& change);

  // A call that is to be made now. The notification is `running` until finished().
  struct Due {
    std::uint32_t handle = 0;
    std::shared_ptr<Notification> notification;
    std::optional<PackageChange> change;
  };
  // Whose function runs on the thread that they share, or on one of its own (NOTIFIER_FLAG_NEW_THREAD).
  enum class Thread { shared, own };
  // In turn, so that one that is always due leaves the others theirs.
  std::optional<Due> take_due(Thread thread, TimePoint now);
  // True: the notification is over, and its handle can be given back.
  bool finished(const Due& due);
  // When the next interval is due.
  std::optional<TimePoint> next_due(Thread thread) const;

 private:
  static bool take(Notification& notification, TimePoint now, std::optional<PackageChange>& change);

  std::map<std::uint32_t, std::shared_ptr<Notification>> notifications_;  // by handle
  std::uint32_t last_[2]{};                                               // whose turn was last, by thread
};

}  // namespace openlsa::host
