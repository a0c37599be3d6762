// policy-set: the fields of AccountPolicy by their names; what is not given stays.
#include <fmt/core.h>

#include "authority/admin/policy_json.hpp"
#include "authority/admin/verbs.hpp"

namespace openlsa::authority::admin {

seam::AdminReply policy_set(const Call& call) {
  const Arguments arguments = OPENLSA_ARGUMENT(
      Arguments::parse(call.request.arguments,
                       {"minimum_length", "complexity", "minimum_age_seconds", "maximum_age_seconds", "history_length",
                        "lockout_threshold", "lockout_window_seconds", "lockout_duration_seconds"}));
  AccountStore& accounts = call.authority.accounts();
  AccountPolicy policy = accounts.policy();
  for (const AccountPolicyField& field : account_policy_fields) {
    if (arguments.all(field.name).empty()) continue;
    if (field.number != nullptr) {
      policy.*field.number = *OPENLSA_ARGUMENT(arguments.number(field.name));
    } else {
      const std::string value = arguments.text(field.name);
      if (value != "yes" && value != "no")
        return refused(STATUS_INVALID_PARAMETER, fmt::format("'{}' must be yes or no, not '{}'.", field.name, value));
      policy.*field.flag = value == "yes";
    }
  }
  std::string detail;
  for (const std::string& argument : call.request.arguments) detail += (detail.empty() ? "" : " ") + argument;
  const AccountResult<> done = accounts.set_policy(policy);
  record(call, "policy-set", done ? STATUS_SUCCESS : done.error().status, "", "", done ? detail : done.error().message);
  if (!done) return refused(done.error().status, done.error().message);
  return answer(policy_json(policy));
}

}  // namespace openlsa::authority::admin
