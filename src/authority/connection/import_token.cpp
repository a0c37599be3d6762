#include "authority/connection/connection.hpp"

namespace openlsa::authority {

seam::ImportTokenReply Connection::import_token(seam::ImportTokenRequest request) {
  Client* const client = living();
  if (client == nullptr) return {STATUS_ACCESS_DENIED, 0};
  std::shared_ptr<Token> token = authority_.exported_tokens().import_token(request.descriptor);
  if (token == nullptr) return {STATUS_INVALID_HANDLE, 0};
  const std::uint32_t handle = client->handles()->insert(std::move(token));
  return {handle != 0 ? STATUS_SUCCESS : STATUS_QUOTA_EXCEEDED, handle};
}

}  // namespace openlsa::authority
