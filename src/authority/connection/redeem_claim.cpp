// The token of a claim, for the process that opens the session. A claim that is none goes to the audit trail: somebody
// has tried, or came too late.
#include "authority/connection/connection.hpp"

namespace openlsa::authority {

seam::RedeemClaimReply Connection::redeem_claim(seam::RedeemClaimRequest request) {
  Client* const client = living();
  if (client == nullptr || !client->has_tcb()) return {STATUS_ACCESS_DENIED, 0};
  auto token = authority_.logon_claims().redeem(request.claim, request.uid);
  if (!token) {
    AuditEvent event;
    event.event = "logon-claim-refused";
    event.status = token.error();
    event.client_pid = peer_.process_id;
    event.client_uid = peer_.uid;
    event.detail = "for uid " + std::to_string(request.uid);
    authority_.audit().record(event);
    return {token.error(), 0};
  }
  const std::uint32_t handle = client->handles()->insert(std::move(*token));
  return {handle != 0 ? STATUS_SUCCESS : STATUS_QUOTA_EXCEEDED, handle};
}

}  // namespace openlsa::authority
