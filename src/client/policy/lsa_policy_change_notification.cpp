// LsaRegisterPolicyChangeNotification and LsaUnregisterPolicyChangeNotification. The event itself watches a descriptor
// that the authority writes to, so that no thread of this library has to.
#include "client/c_edge.hpp"
#include "client/connection/current_client.hpp"
#include "client/policy/arguments.hpp"
#include "win32/handles.hpp"
#include "win32/thread_state.hpp"

using namespace openlsa::client;

namespace {

bool is_notification_class(POLICY_NOTIFICATION_INFORMATION_CLASS information_class) {
  return information_class >= PolicyNotifyAuditEventsInformation && information_class < PolicyNotifyMax;
}

}  // namespace

NTSTATUS LsaRegisterPolicyChangeNotification(POLICY_NOTIFICATION_INFORMATION_CLASS InformationClass,
                                             HANDLE NotificationEventHandle) {
  return at_edge([&]() -> NTSTATUS {
    if (!is_notification_class(InformationClass)) return STATUS_INVALID_PARAMETER;
    const std::uint32_t event = openlsa::win32::value_of(NotificationEventHandle);
    if (!openlsa::win32::is_local_handle(event)) return STATUS_INVALID_HANDLE;
    auto reply = CurrentClient().call(&openlsa::seam::AuthorityCalls::register_policy_notification,
                                      {openlsa_private_thread_token(), static_cast<std::uint32_t>(InformationClass)},
                                      authority_lost);
    if (!openlsa::nt::succeeded(reply.status)) return reply.status;
    if (!reply.signal) return STATUS_INTERNAL_ERROR;
    // The authority forgets the registration when the descriptor is closed.
    const bool attached =
        openlsa_private_attach_to_event(event, static_cast<std::uint32_t>(InformationClass), reply.signal.release());
    return attached ? STATUS_SUCCESS : STATUS_INVALID_HANDLE;
  });
}

NTSTATUS LsaUnregisterPolicyChangeNotification(POLICY_NOTIFICATION_INFORMATION_CLASS InformationClass,
                                               HANDLE NotificationEventHandle) {
  return at_edge([&]() -> NTSTATUS {
    if (!is_notification_class(InformationClass)) return STATUS_INVALID_PARAMETER;
    const bool was_registered = openlsa_private_detach_from_event(openlsa::win32::value_of(NotificationEventHandle),
                                                                  static_cast<std::uint32_t>(InformationClass));
    return was_registered ? STATUS_SUCCESS : STATUS_INVALID_HANDLE;
  });
}
