#include "authority/admin/right_change.hpp"

#include "authority/admin/right_arguments.hpp"

namespace openlsa::authority::admin {
namespace {

std::string why(nt::Status status) {
  if (status == STATUS_QUOTA_EXCEEDED) return "Too many accounts have rights of their own. Remove some first.";
  return "The change could not be stored. Look at the authority's log for the reason.";
}

}  // namespace

seam::AdminReply change_rights(const Call& call, RightChange what) {
  const Arguments arguments = OPENLSA_ARGUMENT(Arguments::parse(call.request.arguments, {"account", "right"}, "right"));
  const nt::Sid account = OPENLSA_ARGUMENT(account_argument(call.authority, arguments));
  const AccountRights rights = OPENLSA_ARGUMENT(rights_argument(arguments));
  PolicyStore& policy = call.authority.policy();
  const bool adds = what == RightChange::add;
  const nt::Status status = adds ? policy.add_rights(account, rights) : policy.remove_rights(account, rights);
  std::string detail;
  for (const AccountRight right : rights.list()) detail += (detail.empty() ? "" : " ") + std::string(name_of(right));
  record(call, adds ? "add-rights" : "remove-rights", status, "", account.to_string(), detail);
  if (status != STATUS_SUCCESS) return refused(status, why(status));
  return answer(rights_json(call.authority, account, policy.rights_of(account)));
}

}  // namespace openlsa::authority::admin
