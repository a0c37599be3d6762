// account-remove: name=. Its SID is never used again; its rights go with it, its files do not.
#include "authority/admin/account_arguments.hpp"

namespace openlsa::authority::admin {

seam::AdminReply account_remove(const Call& call) {
  const Arguments arguments = OPENLSA_ARGUMENT(Arguments::parse(call.request.arguments, {"name"}));
  const std::string name = OPENLSA_ARGUMENT(arguments.required("name"));
  const std::optional<Account> account = named_account(call, arguments);
  if (!account) return no_such_account(arguments);
  const AccountResult<> gone = call.authority.accounts().remove(account->sid);
  PolicyStore& policy = call.authority.policy();
  if (gone) policy.remove_rights(account->sid, policy.rights_of(account->sid));
  return changed(call, "account-remove", name, gone ? AccountResult<Account>(*account) : std::unexpected(gone.error()),
                 "sid=" + account->sid.to_string());
}

}  // namespace openlsa::authority::admin
