// The token of a claim, for the process that opens the session: all that runs in its login acts with the token's logon
// session from now on (login_sessions.hpp). A claim that is none goes to the audit trail: somebody
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
  // Now, and not at connect: the login program may have begun the login in between.
  if (const auto& audit_session_of = authority_.configuration().audit_session_of)
    if (const auto login = audit_session_of(peer_.process_id, peer_.start_time_ticks))
      authority_.login_sessions().bind(*login, *token);
  const std::uint32_t handle = client->handles()->insert(std::move(*token));
  return {handle != 0 ? STATUS_SUCCESS : STATUS_QUOTA_EXCEEDED, handle};
}

}  // namespace openlsa::authority
