#include "host/notifications/notification_call.hpp"

#include "host/marshal/strings.hpp"
#include "host/runtime.hpp"

namespace openlsa::host {

void call_notification(Runtime& runtime, const NotificationTable::Due& due, CurrentCall::Kind kind) {
  const Notification& notification = *due.notification;
  // NOTIFIER_TYPE_NOTIFY_EVENT: the function's argument is a SECPKG_EVENT_NOTIFY, which names the package's own.
  SECPKG_EVENT_PACKAGE_CHANGE change{};
  SECPKG_EVENT_NOTIFY event{};
  PVOID argument = notification.parameter;
  if (due.change) {
    change.ChangeType = due.change->change_type;
    change.PackageId = due.change->package;
    change.PackageName = marshal::view_of(due.change->name);
    event.EventClass = NOTIFY_CLASS_PACKAGE_CHANGE;
    event.EventDataSize = sizeof change;
    event.EventData = &change;
    event.PackageParameter = notification.parameter;
    argument = &event;
  }
  CurrentCall call(runtime, *notification.package, nullptr, nullptr, kind);
  call.enter("a notification function", STATUS_UNSUCCESSFUL, [&] {
    notification.function(argument);
    return STATUS_SUCCESS;
  });
}

}  // namespace openlsa::host
