// DuplicateHandle (the same token once more) and DuplicateTokenEx (a new one, never with a higher level).
#include "authority/connection/connection.hpp"

namespace openlsa::authority {

seam::DuplicateTokenReply Connection::duplicate_token(seam::DuplicateTokenRequest request) {
  Client* const client = living();
  if (client == nullptr) return {STATUS_ACCESS_DENIED, 0};
  std::shared_ptr<Token> token = client->token(request.token);
  if (token == nullptr) return {STATUS_INVALID_HANDLE, 0};
  const seam::PackageId placed_by = client->handles()->placed_by(request.token);
  if (request.placed_by != 0 && (placed_by == 0 || !PackageIds{placed_by}.contains(request.placed_by)))
    return {STATUS_ACCESS_DENIED, 0};
  if (!request.same) {
    auto copy = authority_.tokens().duplicate(*token, request.type, request.level);
    if (!copy) return {copy.error(), 0};
    token = std::move(*copy);
  }
  const std::uint32_t handle = client->handles()->insert(std::move(token), placed_by);
  return {handle != 0 ? STATUS_SUCCESS : STATUS_QUOTA_EXCEEDED, handle};
}

}  // namespace openlsa::authority
