// account-add: name=, and optionally what account_arguments.hpp knows; a password in the call's file.
#include "authority/accounts/password_rules.hpp"
#include "authority/admin/account_arguments.hpp"
#include "authority/admin/secret_file.hpp"

namespace openlsa::authority::admin {
namespace {

NewAccount fresh_account(const std::string& name, const AccountChange& given) {
  NewAccount fresh;
  fresh.name = name;
  fresh.uid = given.uid;
  fresh.gid = given.gid;
  fresh.groups = given.groups.value_or(fresh.groups);
  fresh.home = given.home.value_or("");
  fresh.shell = given.shell.value_or("");
  fresh.full_name = given.full_name.value_or("");
  fresh.disabled = given.disabled.value_or(false);
  fresh.must_change_password = given.must_change_password.value_or(false);
  fresh.password_never_expires = given.password_never_expires.value_or(false);
  fresh.cannot_change_password = given.cannot_change_password.value_or(false);
  fresh.expires = given.expires.value_or(nt::never);
  fresh.logon_hours = given.logon_hours.value_or(std::nullopt);
  fresh.workstations = given.workstations.value_or(fresh.workstations);
  return fresh;
}

}  // namespace

seam::AdminReply account_add(const Call& call) {
  const Arguments arguments = OPENLSA_ARGUMENT(Arguments::parse(call.request.arguments, {OPENLSA_ACCOUNT_KEYS}));
  NewAccount fresh =
      fresh_account(OPENLSA_ARGUMENT(arguments.required("name")), OPENLSA_ARGUMENT(account_change(arguments)));
  if (is_host_uid(call, fresh.uid)) return refuse_host_uid();
  if (!call.request.files.empty()) {
    const base::Secret password = OPENLSA_ARGUMENT(password_file(call));
    const AccountPolicy policy = call.authority.accounts().policy();
    if (!is_long_enough(password.reveal(), policy) ||
        (policy.complexity && !is_complex(password.reveal(), fresh.name, fresh.full_name)))
      return refused(STATUS_PASSWORD_RESTRICTION,
                     "The password is too short or too simple, or a name is in it. `lsactl policy show` says what is "
                     "asked for.");
    fresh.key = nt_key_of(password);
  }
  const AccountResult<Account> added = call.authority.accounts().add(fresh);
  return changed(call, "account-add", fresh.name, added, added ? "uid=" + std::to_string(added->uid) : "");
}

}  // namespace openlsa::authority::admin
