// openlsa.h: a token as a descriptor. Possession of it is the right, at the token's impersonation level.
#include "authority/connection/connection.hpp"

namespace openlsa::authority {

seam::ExportTokenReply Connection::export_token(seam::ExportTokenRequest request) {
  seam::ExportTokenReply reply;
  Client* const client = living();
  std::shared_ptr<Token> token = client == nullptr ? nullptr : client->token(request.token);
  if (token == nullptr) {
    reply.status = client == nullptr ? STATUS_ACCESS_DENIED : STATUS_INVALID_HANDLE;
    return reply;
  }
  auto descriptor = authority_.exported_tokens().export_token(std::move(token), peer_.uid, client->has_tcb());
  if (descriptor)
    reply.descriptor = std::move(*descriptor);
  else
    reply.status = descriptor.error();
  return reply;
}

}  // namespace openlsa::authority
