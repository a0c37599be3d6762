// secret-remove: name=.
#include "authority/admin/verbs.hpp"
#include "nt/utf.hpp"

namespace openlsa::authority::admin {

seam::AdminReply secret_remove(const Call& call) {
  const Arguments arguments = OPENLSA_ARGUMENT(Arguments::parse(call.request.arguments, {"name"}));
  const std::string name = OPENLSA_ARGUMENT(arguments.required("name"));
  const nt::Status status = call.authority.policy().remove_secret(nt::to_utf16(name).value_or(u""));
  record(call, "secret-remove", status, "", "", name);
  if (status != STATUS_SUCCESS)
    return refused(status,
                   "There is no private data '" + name + "', or it cannot be removed. See `lsactl secret list`.");
  return answer(JsonObject().text("name", name).str());
}

}  // namespace openlsa::authority::admin
