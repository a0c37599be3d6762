// account-add: name=, and optionally uid=, gid=, home=, shell=.
#include "authority/admin/account_json.hpp"
#include "authority/admin/verbs.hpp"

namespace openlsa::authority::admin {

seam::AdminReply account_add(const Call& call) {
  const Arguments arguments =
      OPENLSA_ARGUMENT(Arguments::parse(call.request.arguments, {"name", "uid", "gid", "home", "shell"}));
  NewAccount fresh;
  fresh.name = OPENLSA_ARGUMENT(arguments.required("name"));
  fresh.uid = OPENLSA_ARGUMENT(arguments.number("uid"));
  fresh.gid = OPENLSA_ARGUMENT(arguments.number("gid"));
  fresh.home = arguments.text("home");
  fresh.shell = arguments.text("shell");
  // A host runs under its uid alone: an account with that uid could trace it.
  if (fresh.uid && call.authority.configuration().host_uids.contains(*fresh.uid))
    return refused(STATUS_INVALID_PARAMETER,
                   "That uid belongs to host_uids in lsa.toml, the uids of package hosts. Choose another.");
  const base::OrFailure<Account> added = call.authority.accounts().add(fresh);
  record(call, "account-add", added ? STATUS_SUCCESS : STATUS_UNSUCCESSFUL, "", fresh.name,
         added ? "uid=" + std::to_string(added->uid) : added.error().message);
  if (!added) {
    const bool exists = call.authority.accounts().find_by_name(fresh.name).has_value();
    return refused(exists ? STATUS_USER_EXISTS : STATUS_UNSUCCESSFUL, added.error().message);
  }
  return answer(account_json(*added));
}

}  // namespace openlsa::authority::admin
