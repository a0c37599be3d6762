#include "authority/connection/connection.hpp"

namespace openlsa::authority {

seam::QueryTokenReply Connection::query_token(seam::QueryTokenRequest request) {
  seam::QueryTokenReply reply;
  Client* const client = living();
  const std::shared_ptr<Token> token = client == nullptr ? nullptr : client->token(request.token);
  if (token == nullptr)
    reply.status = client == nullptr ? STATUS_ACCESS_DENIED : STATUS_INVALID_HANDLE;
  else
    reply.data = token->data();
  return reply;
}

}  // namespace openlsa::authority
