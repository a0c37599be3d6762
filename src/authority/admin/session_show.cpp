// session-show: session=, a hexadecimal LUID.
#include "authority/admin/session_json.hpp"
#include "authority/admin/verbs.hpp"

namespace openlsa::authority::admin {

seam::AdminReply session_show(const Call& call) {
  const Arguments arguments = OPENLSA_ARGUMENT(Arguments::parse(call.request.arguments, {"session"}));
  OPENLSA_ARGUMENT(arguments.required("session"));
  const nt::Luid id = *OPENLSA_ARGUMENT(arguments.luid("session"));
  const std::optional<std::string> found = session_whole(call.authority, id);
  if (!found)
    return refused(STATUS_NO_SUCH_LOGON_SESSION,
                   "There is no logon session " + luid_text(id) + ". List them with `lsactl session list`.");
  return answer(*found);
}

}  // namespace openlsa::authority::admin
