#include "authority/admin/package_json.hpp"
#include "authority/admin/verbs.hpp"

namespace openlsa::authority::admin {

seam::AdminReply package_list(const Call& call) {
  OPENLSA_ARGUMENT(Arguments::parse(call.request.arguments, {}));
  JsonArray rows;
  for (const FileStatus& file : call.authority.registry().status()) rows.raw(file_row(file));
  for (const Registry::RefusedFile& refused : call.authority.registry().refused())
    rows.raw(refused_row(refused.name, refused.reason));
  return answer(rows.str());
}

}  // namespace openlsa::authority::admin
