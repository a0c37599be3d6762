// One notification that a package registered (RegisterNotification), and what it is called for.
#pragma once

#include <algorithm>
#include <chrono>
#include <deque>
#include <memory>
#include <optional>

#include "host/package/loaded_package.hpp"
#include "win32/local_object.hpp"

namespace openlsa::host {

// CLOCK_MONOTONIC: as with the waits of Windows 8 and later, the time that the machine sleeps does not count, and no
// change of the date moves an interval.
using NotificationClock = std::chrono::steady_clock;

// SECPKG_EVENT_PACKAGE_CHANGE as values.
struct PackageChange {
  std::uint32_t change_type = 0;  // SECPKG_PACKAGE_CHANGE_*
  seam::PackageId package = 0;
  seam::Text name;
};

struct Notification {
  const LoadedPackage* package = nullptr;  // for whom the function works
  SEC_THREAD_START function = nullptr;
  PVOID parameter = nullptr;
  ULONG type = 0;         // NOTIFIER_TYPE_*
  ULONG event_class = 0;  // NOTIFY_CLASS_*, of NOTIFIER_TYPE_NOTIFY_EVENT
  ULONG flags = 0;        // NOTIFIER_FLAG_*
  std::chrono::seconds interval{0};
  std::shared_ptr<win32::Waitable> object;  // of NOTIFIER_TYPE_HANDLE_WAIT; a share, so its handle may be closed
  std::uint64_t seen_signals = 0;

  // Kept by the notification table.
  NotificationClock::time_point due_at;  // of an interval
  std::deque<PackageChange> changes;     // that the function has not heard of
  bool running = false;                  // no second call begins meanwhile
  bool over = false;                     // cancelled, or its one shot is taken
};

// "IntervalMinutes: the time delay between notifications", which NOTIFIER_FLAG_SECONDS makes seconds. More than 136
// years are 136 years, so that the clock can count them.
constexpr std::chrono::seconds interval_of(ULONG interval, ULONG flags) {
  const std::uint64_t seconds = std::uint64_t{interval} * ((flags & NOTIFIER_FLAG_SECONDS) != 0 ? 1 : 60);
  return std::chrono::seconds(std::min<std::uint64_t>(seconds, 0xffffffff));
}

}  // namespace openlsa::host
