// GetTokenInformation in a host: of its handles, of its client's token, of its own.
#include "authority/authority.hpp"
#include "authority/support/host_support.hpp"

namespace openlsa::authority {

seam::QueryHostTokenReply HostSupport::query_host_token(seam::QueryHostTokenRequest request) {
  seam::QueryHostTokenReply reply;
  const auto caller = check(request.caller, "QueryToken");
  if (!caller) {
    reply.status = caller.error();
    return reply;
  }
  const auto token = token_of(*caller, request.token);
  if (token) reply.data = (*token)->data();
  reply.status = token ? STATUS_SUCCESS : token.error();
  return reply;
}

}  // namespace openlsa::authority
