// LsaDeregisterLogonProcess
#include "authority/connection/connection.hpp"

namespace openlsa::authority {

seam::DisconnectReply Connection::disconnect(seam::DisconnectRequest request) {
  Client* const client = living();
  if (client == nullptr) return {STATUS_ACCESS_DENIED};
  return {client->close_lsa_handle(request.lsa_handle) ? STATUS_SUCCESS : STATUS_INVALID_HANDLE};
}

}  // namespace openlsa::authority
