// account-add: name=, and optionally what account_arguments.hpp knows; a password in the call's file.
#include "authority/accounts/password_rules.hpp"
#include "authority/admin/account_arguments.hpp"
#include "authority/admin/secret_file.hpp"
#include "authority/side_doors/notification_packages.hpp"

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

// The policy, then the password filters.
nt::Status judge_password(const Call& call, const NewPassword& fresh) {
  const AccountPolicy policy = call.authority.accounts().policy();
  const base::ByteView password = fresh.password.reveal();
  if (!is_long_enough(password, policy) ||
      (policy.complexity && !is_complex(password, fresh.account_name, fresh.full_name)))
    return STATUS_PASSWORD_RESTRICTION;
  return ask_password_filters(call.authority, fresh, call.authority.registry().deadline(CallKind::package));
}

seam::AdminReply refuse_password(nt::Status status) {
  if (status == STATUS_ILL_FORMED_PASSWORD)
    return refused(status,
                   "A password filter does not accept the password. Choose another; the audit trail says which filter "
                   "it was.");
  return refused(status,
                 "The password is too short or too simple, or a name is in it, or a password filter does not answer. "
                 "`lsactl policy show` says what is asked for, `lsactl package list` which filters run.");
}

}  // namespace

seam::AdminReply account_add(const Call& call) {
  const Arguments arguments = OPENLSA_ARGUMENT(Arguments::parse(call.request.arguments, {OPENLSA_ACCOUNT_KEYS}));
  NewAccount fresh =
      fresh_account(OPENLSA_ARGUMENT(arguments.required("name")), OPENLSA_ARGUMENT(account_change(arguments)));
  if (is_host_uid(call, fresh.uid)) return refuse_host_uid();
  std::optional<base::Secret> password;
  if (!call.request.files.empty()) {
    password = OPENLSA_ARGUMENT(password_file(call));
    if (const nt::Status status = judge_password(call, {fresh.name, fresh.full_name, *password, true});
        status != STATUS_SUCCESS)
      return refuse_password(status);
    fresh.key = nt_key_of(*password);
  }
  const AccountResult<Account> added = call.authority.accounts().add(fresh);
  if (added && password)
    notify_password_changed(call.authority, {added->name, added->full_name, *password, true}, added->sid.rid(),
                            call.authority.registry().deadline(CallKind::package));
  return changed(call, "account-add", fresh.name, added, added ? "uid=" + std::to_string(added->uid) : "");
}

}  // namespace openlsa::authority::admin
