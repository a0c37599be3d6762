// RegisterNotification, CancelNotification (LSA_REGISTER_NOTIFICATION, LSA_CANCEL_NOTIFICATION): functions of a package
// that are called by time, by a handle, or by what happens in the authority.
#include "host/notifications/notifier.hpp"
#include "host/support/calling_thread.hpp"
#include "host/support/functions.hpp"

#include <openlsa/windows.h>

namespace openlsa::host::support {
namespace {

constexpr ULONG known_flags = NOTIFIER_FLAG_NEW_THREAD | NOTIFIER_FLAG_ONE_SHOT | NOTIFIER_FLAG_SECONDS;

// Whether the kind can be had, with what only that kind looks at; GetLastError says why not.
DWORD prepare(Notification& notification, ULONG interval, HANDLE wait_event) {
  switch (notification.type) {
    case NOTIFIER_TYPE_INTERVAL:
      notification.interval = interval_of(interval, notification.flags);
      return interval == 0 ? ERROR_INVALID_PARAMETER : ERROR_SUCCESS;  // it would be due for ever
    case NOTIFIER_TYPE_HANDLE_WAIT:
      return openlsa_private_find_waitable(from_handle(wait_event), &notification.object) ? ERROR_SUCCESS
                                                                                          : ERROR_INVALID_HANDLE;
    case NOTIFIER_TYPE_NOTIFY_EVENT:
      switch (notification.event_class) {
        case NOTIFY_CLASS_PACKAGE_CHANGE:
        case NOTIFY_CLASS_ROLE_CHANGE:
        case NOTIFY_CLASS_DOMAIN_CHANGE:
          return ERROR_SUCCESS;
        case NOTIFY_CLASS_REGISTRY_CHANGE:
          return ERROR_NOT_SUPPORTED;  // there is no registry
        default:
          return ERROR_INVALID_PARAMETER;
      }
    // A machine's domain, role and kind of installation are fixed while the authority runs: a change comes with its
    // next start, and SpInitialize says what it is then. So is what ROLE_CHANGE and DOMAIN_CHANGE tell of.
    case NOTIFIER_TYPE_STATE_CHANGE:
    case NOTIFIER_TYPE_IMMEDIATE:
      return ERROR_SUCCESS;
    default:
      return ERROR_INVALID_PARAMETER;
  }
}

}  // namespace

HANDLE register_notification(SEC_THREAD_START StartFunction, PVOID Parameter, ULONG NotificationType,
                             ULONG NotificationClass, ULONG NotificationFlags, ULONG IntervalMinutes,
                             HANDLE WaitEvent) {
  const std::shared_ptr<Runtime> runtime = calling_runtime();
  const CurrentCall* call = CurrentCall::current();
  auto notification = std::make_shared<Notification>();
  notification->package = call != nullptr ? &call->package() : runtime != nullptr ? runtime->first_package() : nullptr;
  notification->function = StartFunction;
  notification->parameter = Parameter;
  notification->type = NotificationType;
  notification->event_class = NotificationClass;
  notification->flags = NotificationFlags;
  DWORD error = ERROR_INVALID_PARAMETER;
  if (StartFunction != nullptr && notification->package != nullptr && (NotificationFlags & ~known_flags) == 0)
    error = prepare(*notification, IntervalMinutes, WaitEvent);
  std::uint32_t handle = 0;
  if (error == ERROR_SUCCESS) {
    handle = runtime->notifier().add(std::move(notification));
    if (handle == 0) error = ERROR_NO_SYSTEM_RESOURCES;
  }
  SetLastError(error);
  return to_handle(handle);
}

NTSTATUS cancel_notification(HANDLE NotifyHandle) {
  const std::shared_ptr<Runtime> runtime = calling_runtime();
  const std::uint32_t handle = from_handle(NotifyHandle);
  if (runtime == nullptr || handle == 0 || !runtime->notifier().cancel(handle)) return STATUS_INVALID_PARAMETER;
  return STATUS_SUCCESS;
}

}  // namespace openlsa::host::support
