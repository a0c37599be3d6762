// group-set: name=, and to= (a new name), description=.
#include "authority/admin/group_json.hpp"

namespace openlsa::authority::admin {

seam::AdminReply group_set(const Call& call) {
  const Arguments arguments = OPENLSA_ARGUMENT(Arguments::parse(call.request.arguments, {"name", "to", "description"}));
  const std::string name = OPENLSA_ARGUMENT(arguments.required("name"));
  const std::optional<LocalGroup> group = call.authority.accounts().find_group(name);
  if (!group) return no_such_group(name);
  std::optional<std::string> to, description;
  if (!arguments.all("to").empty()) to = arguments.text("to");
  if (!arguments.all("description").empty()) description = arguments.text("description");
  if (!to && !description)
    return refused(STATUS_INVALID_PARAMETER, "Nothing is to be changed. Give --rename or --description.");
  return changed_group(call, "group-set", name, call.authority.accounts().change_group(group->sid, to, description),
                       to ? "to=" + *to : "");
}

}  // namespace openlsa::authority::admin
