// account-list: from= and limit=, for a part of it. The part ends when fewer than `limit` come, or with next=0.
#include "authority/admin/account_json.hpp"
#include "authority/admin/verbs.hpp"

namespace openlsa::authority::admin {

seam::AdminReply account_list(const Call& call) {
  constexpr std::size_t most = 10'000;
  const Arguments arguments = OPENLSA_ARGUMENT(Arguments::parse(call.request.arguments, {"from", "limit"}));
  const std::optional<std::uint32_t> limit = OPENLSA_ARGUMENT(arguments.number("limit"));
  std::size_t from = OPENLSA_ARGUMENT(arguments.number("from")).value_or(0);
  JsonArray rows;
  if (!limit) {
    for (const Account& account : call.authority.accounts().list()) rows.raw(account_json(account));
    return answer(rows.str());
  }
  for (const Account& account : call.authority.accounts().list(from, std::min<std::size_t>(*limit, most)))
    rows.raw(account_json(account));
  return answer(JsonObject().number("next", from).raw("accounts", rows.str()).str());
}

}  // namespace openlsa::authority::admin
