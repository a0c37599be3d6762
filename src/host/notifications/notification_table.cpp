#include "host/notifications/notification_table.hpp"

#include <algorithm>

namespace openlsa::host {
namespace {

bool is_timed(const Notification& notification) {
  return notification.type == NOTIFIER_TYPE_INTERVAL || notification.type == NOTIFIER_TYPE_IMMEDIATE;
}

// "NOTIFIER_TYPE_IMMEDIATE implies NOTIFIER_FLAG_ONE_SHOT."
bool is_one_shot(const Notification& notification) {
  return notification.type == NOTIFIER_TYPE_IMMEDIATE || (notification.flags & NOTIFIER_FLAG_ONE_SHOT) != 0;
}

bool runs_on(NotificationTable::Thread thread, const Notification& notification) {
  return ((notification.flags & NOTIFIER_FLAG_NEW_THREAD) != 0) == (thread == NotificationTable::Thread::own);
}

// The beat after `now`: the intervals are fixed, and what a late call missed is not made up for.
void move_on(Notification& notification, NotificationClock::time_point now) {
  const auto late = std::chrono::duration_cast<std::chrono::seconds>(now - notification.due_at);
  notification.due_at += notification.interval * (late / notification.interval + 1);
}

}  // namespace

void NotificationTable::add(std::uint32_t handle, std::shared_ptr<Notification> notification, TimePoint now) {
  notification->due_at = now + notification->interval;
  notifications_.emplace(handle, std::move(notification));
}

bool NotificationTable::remove(std::uint32_t handle) {
  const auto found = notifications_.find(handle);
  if (found == notifications_.end()) return false;
  found->second->over = true;
  notifications_.erase(found);
  return true;
}

std::vector<std::uint32_t> NotificationTable::remove_all(const LoadedPackage& package) {
  std::vector<std::uint32_t> removed;
  for (const std::uint32_t handle : handles())
    if (notifications_.at(handle)->package == &package && remove(handle)) removed.push_back(handle);
  return removed;
}

std::vector<std::uint32_t> NotificationTable::handles() const {
  std::vector<std::uint32_t> handles;
  for (const auto& [handle, notification] : notifications_) handles.push_back(handle);
  return handles;
}

void NotificationTable::package_changed(const PackageChange& change) {
  for (auto& [handle, notification] : notifications_) {
    if (notification->type != NOTIFIER_TYPE_NOTIFY_EVENT || notification->event_class != NOTIFY_CLASS_PACKAGE_CHANGE)
      continue;
    notification->changes.push_back(change);
    if (notification->changes.size() > max_changes) notification->changes.pop_front();
  }
}

bool NotificationTable::take(Notification& notification, TimePoint now, std::optional<PackageChange>& change) {
  if (notification.running || notification.over) return false;
  if (is_timed(notification)) {
    if (notification.due_at > now) return false;
    if (notification.type == NOTIFIER_TYPE_INTERVAL) move_on(notification, now);
  } else if (notification.type == NOTIFIER_TYPE_HANDLE_WAIT) {
    if (!notification.object->take_signal(notification.seen_signals)) return false;
  } else {
    if (notification.changes.empty()) return false;
    change = std::move(notification.changes.front());
    notification.changes.pop_front();
  }
  notification.running = true;
  notification.over = is_one_shot(notification);
  return true;
}

std::optional<NotificationTable::Due> NotificationTable::take_due(Thread thread, TimePoint now) {
  std::uint32_t& last = last_[thread == Thread::own ? 1 : 0];
  auto next = notifications_.upper_bound(last);
  for (std::size_t looked = 0; looked < notifications_.size(); ++looked, ++next) {
    if (next == notifications_.end()) next = notifications_.begin();
    Due due{next->first, next->second, std::nullopt};
    if (!runs_on(thread, *next->second) || !take(*next->second, now, due.change)) continue;
    last = next->first;
    return due;
  }
  return std::nullopt;
}

bool NotificationTable::finished(const Due& due) {
  due.notification->running = false;
  const auto found = notifications_.find(due.handle);
  // Cancelled meanwhile: the handle may name another notification by now.
  if (found == notifications_.end() || found->second != due.notification || !due.notification->over) return false;
  notifications_.erase(found);
  return true;
}

std::optional<NotificationTable::TimePoint> NotificationTable::next_due(Thread thread) const {
  std::optional<TimePoint> next;
  for (const auto& [handle, notification] : notifications_)
    if (runs_on(thread, *notification) && is_timed(*notification) && !notification->running && !notification->over)
      next = std::min(next.value_or(TimePoint::max()), notification->due_at);
  return next;
}

}  // namespace openlsa::host
