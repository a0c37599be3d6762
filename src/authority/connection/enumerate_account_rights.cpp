// LsaEnumerateAccountRights
#include "authority/connection/connection.hpp"
#include "authority/policy/policy_access.hpp"

namespace openlsa::authority {

seam::EnumerateAccountRightsReply Connection::enumerate_account_rights(seam::EnumerateAccountRightsRequest request) {
  seam::EnumerateAccountRightsReply reply;
  Client* const client = living();
  reply.status = client == nullptr ? STATUS_ACCESS_DENIED : client->check_policy(request.policy, policy_lookup_names);
  if (reply.status != STATUS_SUCCESS) return reply;
  for (const AccountRight right : authority_.policy().rights_of(request.account).list()) {
    const std::string_view name = name_of(right);
    reply.rights.emplace_back(name.begin(), name.end());
  }
  if (reply.rights.empty()) reply.status = STATUS_OBJECT_NAME_NOT_FOUND;
  return reply;
}

}  // namespace openlsa::authority
