// LsaRemoveAccountRights. Rights that the account does not have are ignored; without a right there is no account.
#include "authority/connection/connection.hpp"
#include "authority/policy/policy_access.hpp"
#include "authority/policy/rights_change.hpp"

namespace openlsa::authority {

seam::RemoveAccountRightsReply Connection::remove_account_rights(seam::RemoveAccountRightsRequest request) {
  Client* const client = living();
  if (client == nullptr) return {STATUS_ACCESS_DENIED};
  const std::shared_ptr<Token> token = client->token(request.token);
  if (token == nullptr) return {STATUS_INVALID_HANDLE};
  if (const nt::Status status = client->check_policy(request.policy, policy_lookup_names); status != STATUS_SUCCESS)
    return {status};
  RightsChange change{peer_, "remove-rights", request.account, {}};
  if (!acts_as_administrator(*client, *token, request.token))
    return {change.record(authority_.audit(), STATUS_ACCESS_DENIED)};
  const AccountRights held = authority_.policy().rights_of(request.account);
  const auto rights = request.all ? held : named_rights(request.rights);
  if (!rights) return {rights.error()};
  if (held.empty()) return {STATUS_OBJECT_NAME_NOT_FOUND};
  change.rights = *rights;
  return {change.record(authority_.audit(), authority_.policy().remove_rights(request.account, *rights))};
}

}  // namespace openlsa::authority
