// The names of the private data; their values are never shown.
#include "authority/admin/verbs.hpp"

namespace openlsa::authority::admin {

seam::AdminReply secret_list(const Call& call) {
  OPENLSA_ARGUMENT(Arguments::parse(call.request.arguments, {}));
  const auto names = call.authority.policy().secret_names();
  if (!names) return refused(names.error(), "The private data cannot be read. Look at the authority's log.");
  JsonArray rows;
  for (const std::string& name : *names) rows.raw(JsonObject().text("name", name).str());
  return answer(rows.str());
}

}  // namespace openlsa::authority::admin
