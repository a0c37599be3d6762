#include "authority/admin/session_json.hpp"
#include "authority/admin/verbs.hpp"

#include <algorithm>

namespace openlsa::authority::admin {

seam::AdminReply session_list(const Call& call) {
  OPENLSA_ARGUMENT(Arguments::parse(call.request.arguments, {}));
  std::vector<nt::Luid> sessions = call.authority.sessions().list();
  std::sort(sessions.begin(), sessions.end());
  JsonArray rows;
  for (const nt::Luid id : sessions)
    if (const std::optional<std::string> row = session_row(call.authority, id)) rows.raw(*row);
  return answer(rows.str());
}

}  // namespace openlsa::authority::admin
