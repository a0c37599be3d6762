// group-add-member, group-remove-member: name=, member=. Tokens that are made afterwards have it.
#include "authority/admin/group_json.hpp"

namespace openlsa::authority::admin {
namespace {

seam::AdminReply change_member(const Call& call, const std::string& event, bool adds) {
  const Arguments arguments = OPENLSA_ARGUMENT(Arguments::parse(call.request.arguments, {"name", "member"}));
  const std::string name = OPENLSA_ARGUMENT(arguments.required("name"));
  const std::string member = OPENLSA_ARGUMENT(arguments.required("member"));
  AccountStore& accounts = call.authority.accounts();
  const std::optional<LocalGroup> group = accounts.find_group(name);
  if (!group) return no_such_group(name);
  const std::optional<Account> account = accounts.find_by_name(std::string_view(member));
  if (!account)
    return refused(STATUS_NO_SUCH_MEMBER,
                   "There is no account '" + member + "'. List them with `lsactl account list`.");
  const AccountResult<> done =
      adds ? accounts.add_member(group->sid, account->sid) : accounts.remove_member(group->sid, account->sid);
  return changed_group(call, event, name, done ? AccountResult<LocalGroup>(*group) : std::unexpected(done.error()),
                       "member=" + account->name);
}

}  // namespace

seam::AdminReply group_add_member(const Call& call) { return change_member(call, "group-add-member", true); }
seam::AdminReply group_remove_member(const Call& call) { return change_member(call, "group-remove-member", false); }

}  // namespace openlsa::authority::admin
