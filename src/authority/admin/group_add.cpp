// group-add: name=, and optionally gid=, description=.
#include "authority/admin/account_arguments.hpp"
#include "authority/admin/group_json.hpp"

namespace openlsa::authority::admin {

seam::AdminReply group_add(const Call& call) {
  const Arguments arguments =
      OPENLSA_ARGUMENT(Arguments::parse(call.request.arguments, {"name", "gid", "description"}));
  NewLocalGroup fresh;
  fresh.name = OPENLSA_ARGUMENT(arguments.required("name"));
  fresh.gid = OPENLSA_ARGUMENT(arguments.number("gid"));
  fresh.description = arguments.text("description");
  if (is_host_uid(call, fresh.gid)) return refuse_host_uid();
  return changed_group(call, "group-add", fresh.name, call.authority.accounts().add_group(fresh));
}

}  // namespace openlsa::authority::admin
