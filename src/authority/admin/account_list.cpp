#include "authority/admin/account_json.hpp"
#include "authority/admin/verbs.hpp"

namespace openlsa::authority::admin {

seam::AdminReply account_list(const Call& call) {
  OPENLSA_ARGUMENT(Arguments::parse(call.request.arguments, {}));
  JsonArray rows;
  for (const Account& account : call.authority.accounts().list()) rows.raw(account_json(account));
  return answer(rows.str());
}

}  // namespace openlsa::authority::admin
