#include "authority/connection/connection.hpp"

namespace openlsa::authority {

seam::CheckPolicyReply Connection::check_policy(seam::CheckPolicyRequest request) {
  Client* const client = living();
  if (client == nullptr) return {STATUS_ACCESS_DENIED};
  return {client->check_policy(request.policy, request.access)};
}

}  // namespace openlsa::authority
