// LsaOpenPolicy: what the effective token of the calling thread may do, the handle may do from then on.
#include "authority/connection/connection.hpp"
#include "authority/policy/policy_access.hpp"

namespace openlsa::authority {

seam::OpenPolicyReply Connection::open_policy(seam::OpenPolicyRequest request) {
  Client* const client = living();
  if (client == nullptr) return {STATUS_ACCESS_DENIED, 0};
  const std::shared_ptr<Token> token = client->token(request.token);
  if (token == nullptr) return {STATUS_INVALID_HANDLE, 0};
  const auto granted =
      grant_policy_access(request.desired_access, acts_as_administrator(*client, *token, request.token));
  if (!granted) return {granted.error(), 0};
  const std::uint32_t handle = client->open_policy(*granted);
  return {handle != 0 ? STATUS_SUCCESS : STATUS_QUOTA_EXCEEDED, handle};
}

}  // namespace openlsa::authority
