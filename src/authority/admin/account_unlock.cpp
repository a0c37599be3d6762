// account-unlock: name=. Wrong passwords are forgotten.
#include "authority/admin/account_arguments.hpp"

namespace openlsa::authority::admin {

seam::AdminReply account_unlock(const Call& call) {
  const Arguments arguments = OPENLSA_ARGUMENT(Arguments::parse(call.request.arguments, {"name"}));
  const std::string name = OPENLSA_ARGUMENT(arguments.required("name"));
  const std::optional<Account> account = named_account(call, arguments);
  if (!account) return no_such_account(arguments);
  const AccountResult<> done = call.authority.accounts().unlock(account->sid);
  return changed(call, "account-unlock", name,
                 done ? AccountResult<Account>(*call.authority.accounts().find_by_sid(account->sid))
                      : std::unexpected(done.error()));
}

}  // namespace openlsa::authority::admin
