// LsaClose
#include "authority/connection/connection.hpp"

namespace openlsa::authority {

seam::ClosePolicyReply Connection::close_policy(seam::ClosePolicyRequest request) {
  Client* const client = living();
  if (client == nullptr) return {STATUS_ACCESS_DENIED};
  return {client->close_policy(request.policy) ? STATUS_SUCCESS : STATUS_INVALID_HANDLE};
}

}  // namespace openlsa::authority
