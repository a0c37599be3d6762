// LsaRetrievePrivateData
#include "authority/connection/connection.hpp"
#include "authority/policy/policy_access.hpp"
#include "authority/policy/private_data.hpp"

namespace openlsa::authority {

seam::RetrievePrivateDataReply Connection::retrieve_private_data(seam::RetrievePrivateDataRequest request) {
  seam::RetrievePrivateDataReply reply;
  Client* const client = living();
  const std::shared_ptr<Token> token = client == nullptr ? nullptr : client->token(request.token);
  if (token == nullptr) {
    reply.status = client == nullptr ? STATUS_ACCESS_DENIED : STATUS_INVALID_HANDLE;
    return reply;
  }
  reply.status = client->check_policy(request.policy, policy_get_private_information);
  if (reply.status == STATUS_SUCCESS) reply.status = check_private_data(*client, *token, request.token, request.key);
  if (reply.status != STATUS_SUCCESS) return reply;
  auto found = authority_.policy().secret(request.key);
  if (found)
    reply.data = std::move(*found);
  else
    reply.status = found.error();
  return reply;
}

}  // namespace openlsa::authority
