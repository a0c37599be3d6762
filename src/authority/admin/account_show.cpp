// account-show: name=.
#include "authority/admin/account_arguments.hpp"
#include "authority/admin/account_json.hpp"

namespace openlsa::authority::admin {

seam::AdminReply account_show(const Call& call) {
  const Arguments arguments = OPENLSA_ARGUMENT(Arguments::parse(call.request.arguments, {"name"}));
  OPENLSA_ARGUMENT(arguments.required("name"));
  const std::optional<Account> account = named_account(call, arguments);
  if (!account) return no_such_account(arguments);
  return answer(account_details_json(*account, call.authority.accounts().groups_of(account->sid)));
}

}  // namespace openlsa::authority::admin
