// A logon program leaves the token that it got for another process of it (logon_claims.hpp).
#include "authority/connection/connection.hpp"

namespace openlsa::authority {

seam::LeaveClaimReply Connection::leave_claim(seam::LeaveClaimRequest request) {
  Client* const client = living();
  if (client == nullptr || !client->has_tcb()) return {STATUS_ACCESS_DENIED, {}};
  // Not 0, the process's own: root has not logged on as anybody.
  std::shared_ptr<Token> token = request.token == 0 ? nullptr : client->token(request.token);
  if (token == nullptr) return {STATUS_INVALID_HANDLE, {}};
  const auto claim = authority_.logon_claims().leave(std::move(token));
  return claim ? seam::LeaveClaimReply{STATUS_SUCCESS, *claim} : seam::LeaveClaimReply{claim.error(), {}};
}

}  // namespace openlsa::authority
