// account-rename: name=, to=. The SID, the uid and the home directory stay.
#include "authority/admin/account_arguments.hpp"

namespace openlsa::authority::admin {

seam::AdminReply account_rename(const Call& call) {
  const Arguments arguments = OPENLSA_ARGUMENT(Arguments::parse(call.request.arguments, {"name", "to"}));
  const std::string name = OPENLSA_ARGUMENT(arguments.required("name"));
  const std::string to = OPENLSA_ARGUMENT(arguments.required("to"));
  const std::optional<Account> account = named_account(call, arguments);
  if (!account) return no_such_account(arguments);
  return changed(call, "account-rename", name, call.authority.accounts().rename(account->sid, to), "to=" + to);
}

}  // namespace openlsa::authority::admin
