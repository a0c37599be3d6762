// account-set: name=, and what changes (account_arguments.hpp).
#include "authority/admin/account_arguments.hpp"

namespace openlsa::authority::admin {

seam::AdminReply account_set(const Call& call) {
  const Arguments arguments = OPENLSA_ARGUMENT(Arguments::parse(call.request.arguments, {OPENLSA_ACCOUNT_KEYS}));
  const std::string name = OPENLSA_ARGUMENT(arguments.required("name"));
  const AccountChange change = OPENLSA_ARGUMENT(account_change(arguments));
  if (is_host_uid(call, change.uid)) return refuse_host_uid();
  if (call.request.arguments.size() == 1)
    return refused(STATUS_INVALID_PARAMETER,
                   "Nothing is to be changed. Give what changes; see `lsactl account set --help`.");
  const std::optional<Account> account = named_account(call, arguments);
  if (!account) return no_such_account(arguments);
  std::string detail;
  for (const std::string& argument : call.request.arguments)
    if (!argument.starts_with("name=")) detail += (detail.empty() ? "" : " ") + argument;
  return changed(call, "account-set", name, call.authority.accounts().change(account->sid, change), detail);
}

}  // namespace openlsa::authority::admin
