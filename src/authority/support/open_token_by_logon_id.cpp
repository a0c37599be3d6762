// OpenTokenByLogonId: of a session that the package made, or of its present caller's.
#include "authority/authority.hpp"
#include "authority/support/host_support.hpp"

namespace openlsa::authority {

seam::OpenTokenByLogonIdReply HostSupport::open_token_by_logon_id(seam::OpenTokenByLogonIdRequest request) {
  const auto caller = check(request.caller, "OpenTokenByLogonId");
  if (!caller) return {caller.error(), 0};
  const std::shared_ptr<Session> session = authority_.sessions().find(request.logon_id);
  if (session == nullptr) return {STATUS_NO_SUCH_LOGON_SESSION, 0};
  const bool its_own = made(*session);
  if (!its_own && !is_callers(*caller, *session))
    return {refuse(caller->client.get(), "OpenTokenByLogonId",
                   "names a logon session that is neither its own nor its caller's"),
            0};
  // A client that acts as someone gives the package that one's identity at the level it has itself, and no higher.
  const bool limited = !its_own && caller->token->type() == nt::TokenType::impersonation;
  auto token = limited
                   ? authority_.tokens().duplicate(*caller->token, nt::TokenType::impersonation, caller->token->level())
                   : authority_.tokens().of_session(session);
  if (!token) return {token.error(), 0};
  return give(std::move(*token));
}

}  // namespace openlsa::authority
