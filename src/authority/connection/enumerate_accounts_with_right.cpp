// LsaEnumerateAccountsWithUserRight: who has the right itself, not as a member of a group.
#include "authority/connection/connection.hpp"
#include "authority/policy/policy_access.hpp"

namespace openlsa::authority {

seam::EnumerateAccountsWithRightReply Connection::enumerate_accounts_with_right(
    seam::EnumerateAccountsWithRightRequest request) {
  seam::EnumerateAccountsWithRightReply reply;
  Client* const client = living();
  reply.status = client == nullptr
                     ? STATUS_ACCESS_DENIED
                     : client->check_policy(request.policy, policy_lookup_names | policy_view_local_information);
  if (reply.status != STATUS_SUCCESS) return reply;
  std::optional<AccountRight> right;
  if (request.right) {
    right = right_named(std::u16string_view(*request.right));
    if (!right) {
      reply.status = STATUS_NO_SUCH_PRIVILEGE;
      return reply;
    }
  }
  for (const auto& [account, rights] : authority_.policy().accounts())
    if (!right || rights.has(*right)) reply.accounts.push_back(account);
  if (reply.accounts.empty()) reply.status = STATUS_NO_MORE_ENTRIES;
  return reply;
}

}  // namespace openlsa::authority
