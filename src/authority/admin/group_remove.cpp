// group-remove: name=. Its SID is never used again; its rights go with it.
#include "authority/admin/group_json.hpp"

namespace openlsa::authority::admin {

seam::AdminReply group_remove(const Call& call) {
  const Arguments arguments = OPENLSA_ARGUMENT(Arguments::parse(call.request.arguments, {"name"}));
  const std::string name = OPENLSA_ARGUMENT(arguments.required("name"));
  const std::optional<LocalGroup> group = call.authority.accounts().find_group(name);
  if (!group) return no_such_group(name);
  const AccountResult<> gone = call.authority.accounts().remove_group(group->sid);
  PolicyStore& policy = call.authority.policy();
  if (gone) policy.remove_rights(group->sid, policy.rights_of(group->sid));
  return changed_group(call, "group-remove", name,
                       gone ? AccountResult<LocalGroup>(*group) : std::unexpected(gone.error()),
                       "sid=" + group->sid.to_string());
}

}  // namespace openlsa::authority::admin
