#include "authority/admin/group_json.hpp"

namespace openlsa::authority::admin {

seam::AdminReply group_list(const Call& call) {
  OPENLSA_ARGUMENT(Arguments::parse(call.request.arguments, {}));
  JsonArray rows;
  for (const LocalGroup& group : call.authority.accounts().list_groups()) rows.raw(group_json(group));
  return answer(rows.str());
}

}  // namespace openlsa::authority::admin
