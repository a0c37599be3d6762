#include "authority/admin/group_json.hpp"

namespace openlsa::authority::admin {
namespace {

JsonObject common(const LocalGroup& group) {
  JsonObject object;
  object.text("name", group.name)
      .number("gid", group.gid)
      .text("description", group.description)
      .text("sid", group.sid.to_string());
  return object;
}

}  // namespace

std::string group_json(const LocalGroup& group) { return common(group).str(); }

std::string group_details_json(const Call& call, const LocalGroup& group) {
  JsonArray members;
  for (const Account& account : call.authority.accounts().members_of(group.sid)) members.text(account.name);
  return common(group).raw("members", members.str()).str();
}

seam::AdminReply no_such_group(const std::string& name) {
  return refused(STATUS_NO_SUCH_GROUP, "There is no group '" + name + "'. List them with `lsactl group list`.");
}

seam::AdminReply changed_group(const Call& call, const std::string& event, const std::string& name,
                               const AccountResult<LocalGroup>& result, const std::string& detail) {
  record(call, event, result ? STATUS_SUCCESS : result.error().status, "", name,
         result ? detail : result.error().message);
  if (!result) return refused(result.error().status, result.error().message);
  return answer(group_details_json(call, *result));
}

}  // namespace openlsa::authority::admin
