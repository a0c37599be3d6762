// group-show: name=.
#include "authority/admin/group_json.hpp"

namespace openlsa::authority::admin {

seam::AdminReply group_show(const Call& call) {
  const Arguments arguments = OPENLSA_ARGUMENT(Arguments::parse(call.request.arguments, {"name"}));
  const std::string name = OPENLSA_ARGUMENT(arguments.required("name"));
  const std::optional<LocalGroup> group = call.authority.accounts().find_group(name);
  return group ? answer(group_details_json(call, *group)) : no_such_group(name);
}

}  // namespace openlsa::authority::admin
