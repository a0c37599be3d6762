// What stands in an account's row, for a logon program whose user proved himself otherwise (an SSH key).
#include "authority/connection/connection.hpp"

namespace openlsa::authority {

seam::CheckAccountReply Connection::check_account(seam::CheckAccountRequest request) {
  Client* const client = living();
  if (client == nullptr || !client->has_tcb()) return {STATUS_ACCESS_DENIED};
  const auto account = authority_.accounts().find_by_uid(request.uid);
  if (!account) return {STATUS_NO_SUCH_USER};
  return {account->disabled ? STATUS_ACCOUNT_DISABLED : STATUS_SUCCESS};
}

}  // namespace openlsa::authority
