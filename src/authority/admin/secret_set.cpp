// secret-set: name=; the value in the call's file. What LsaStorePrivateData stores.
#include <fmt/core.h>

#include "authority/admin/secret_file.hpp"
#include "authority/policy/policy_store.hpp"
#include "nt/utf.hpp"

namespace openlsa::authority::admin {

seam::AdminReply secret_set(const Call& call) {
  const Arguments arguments = OPENLSA_ARGUMENT(Arguments::parse(call.request.arguments, {"name"}));
  const std::string name = OPENLSA_ARGUMENT(arguments.required("name"));
  const std::u16string key = nt::to_utf16(name).value_or(u"");
  const base::Secret value = OPENLSA_ARGUMENT(secret_file(call, PolicyStore::max_secret_bytes));
  nt::Status status = PolicyStore::check_secret_name(key);
  if (status == STATUS_SUCCESS) status = call.authority.policy().store_secret(key, value.reveal());
  record(call, "secret-set", status, "", "", name);
  if (status != STATUS_SUCCESS)
    return refused(status, fmt::format("'{}' was not stored ({}). A name has 1 to 128 characters without '\\'; there "
                                       "are at most 4096 of them.",
                                       name, status_text(status)));
  return answer(JsonObject().text("name", name).number("bytes", value.size()).str());
}

}  // namespace openlsa::authority::admin
