// LsaAddAccountRights. Tokens that are made from now on have the privileges; those that exist stay as they are.
#include "authority/connection/connection.hpp"
#include "authority/policy/policy_access.hpp"
#include "authority/policy/rights_change.hpp"

namespace openlsa::authority {

seam::AddAccountRightsReply Connection::add_account_rights(seam::AddAccountRightsRequest request) {
  Client* const client = living();
  if (client == nullptr) return {STATUS_ACCESS_DENIED};
  const std::shared_ptr<Token> token = client->token(request.token);
  if (token == nullptr) return {STATUS_INVALID_HANDLE};
  // "If the account does not exist, the handle must have the POLICY_CREATE_ACCOUNT access right."
  const bool exists = !authority_.policy().rights_of(request.account).empty();
  const std::uint32_t access = policy_lookup_names | (exists ? 0 : policy_create_account);
  if (const nt::Status status = client->check_policy(request.policy, access); status != STATUS_SUCCESS) return {status};
  RightsChange change{peer_, "add-rights", request.account, {}};
  const auto rights = named_rights(request.rights);
  if (!acts_as_administrator(*client, *token, request.token))
    return {change.record(authority_.audit(), STATUS_ACCESS_DENIED)};
  if (request.account.count() == 0) return {STATUS_INVALID_SID};
  if (!rights) return {rights.error()};
  change.rights = *rights;
  return {change.record(authority_.audit(), authority_.policy().add_rights(request.account, *rights))};
}

}  // namespace openlsa::authority
