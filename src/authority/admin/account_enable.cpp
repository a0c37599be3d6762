// account-enable, account-disable: name=.
#include "authority/admin/account_arguments.hpp"

namespace openlsa::authority::admin {
namespace {

seam::AdminReply set_disabled(const Call& call, const char* event, bool disabled) {
  const Arguments arguments = OPENLSA_ARGUMENT(Arguments::parse(call.request.arguments, {"name"}));
  const std::string name = OPENLSA_ARGUMENT(arguments.required("name"));
  const std::optional<Account> account = named_account(call, arguments);
  if (!account) return no_such_account(arguments);
  AccountChange change;
  change.disabled = disabled;
  return changed(call, event, name, call.authority.accounts().change(account->sid, change));
}

}  // namespace

seam::AdminReply account_enable(const Call& call) { return set_disabled(call, "account-enable", false); }
seam::AdminReply account_disable(const Call& call) { return set_disabled(call, "account-disable", true); }

}  // namespace openlsa::authority::admin
