#include "authority/connection/connection.hpp"

namespace openlsa::authority {

seam::CloseTokenReply Connection::close_token(seam::CloseTokenRequest request) {
  Client* const client = living();
  if (client == nullptr) return {STATUS_ACCESS_DENIED};
  return {client->handles()->close(request.token) ? STATUS_SUCCESS : STATUS_INVALID_HANDLE};
}

}  // namespace openlsa::authority
