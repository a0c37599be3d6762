// LsaRegisterPolicyChangeNotification. The client watches one end of a socket pair; the other end is here.
#include "authority/connection/connection.hpp"
#include "authority/policy/policy_access.hpp"

namespace openlsa::authority {

seam::RegisterPolicyNotificationReply Connection::register_policy_notification(
    seam::RegisterPolicyNotificationRequest request) {
  seam::RegisterPolicyNotificationReply reply;
  Client* const client = living();
  const std::shared_ptr<Token> token = client == nullptr ? nullptr : client->token(request.token);
  if (token == nullptr) {
    reply.status = client == nullptr ? STATUS_ACCESS_DENIED : STATUS_INVALID_HANDLE;
    return reply;
  }
  if (!is_notification_class(request.information_class)) {
    reply.status = STATUS_INVALID_PARAMETER;
    return reply;
  }
  // POLICY_NOTIFICATION, which only administrators get.
  if (!acts_as_administrator(*client, *token, request.token)) {
    reply.status = STATUS_ACCESS_DENIED;
    return reply;
  }
  auto signal =
      authority_.notifications().add(client->id(), static_cast<PolicyNotification>(request.information_class));
  if (signal)
    reply.signal = std::move(*signal);
  else
    reply.status = signal.error();
  return reply;
}

}  // namespace openlsa::authority
