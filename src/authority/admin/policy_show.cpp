#include "authority/admin/policy_json.hpp"
#include "authority/admin/verbs.hpp"

namespace openlsa::authority::admin {

std::string policy_json(const AccountPolicy& policy) {
  JsonObject object;
  for (const AccountPolicyField& field : account_policy_fields) {
    if (field.number != nullptr)
      object.number(field.name, policy.*field.number);
    else
      object.flag(field.name, policy.*field.flag);
  }
  return object.str();
}

seam::AdminReply policy_show(const Call& call) {
  OPENLSA_ARGUMENT(Arguments::parse(call.request.arguments, {}));
  return answer(policy_json(call.authority.accounts().policy()));
}

}  // namespace openlsa::authority::admin
