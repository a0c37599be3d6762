// right-list: every account that has a right, or one account=.
#include "authority/admin/right_arguments.hpp"

namespace openlsa::authority::admin {

seam::AdminReply right_list(const Call& call) {
  const Arguments arguments = OPENLSA_ARGUMENT(Arguments::parse(call.request.arguments, {"account"}));
  std::optional<nt::Sid> only;
  if (!arguments.text("account").empty()) only = OPENLSA_ARGUMENT(account_argument(call.authority, arguments));
  JsonArray rows;
  for (const auto& [account, rights] : call.authority.policy().accounts())
    if (!only || *only == account) rows.raw(rights_json(call.authority, account, rights));
  return answer(rows.str());
}

}  // namespace openlsa::authority::admin
