// account-password: name=, must_change=yes; the password in the call's file.
#include <fmt/core.h>

#include "authority/admin/account_arguments.hpp"
#include "authority/admin/secret_file.hpp"
#include "authority/side_doors/change_account_password.hpp"

namespace openlsa::authority::admin {
namespace {

std::string why(nt::Status status) {
  if (status == STATUS_PASSWORD_RESTRICTION)
    return "The password is too short or too simple, or a name is in it, or a password filter does not answer. `lsactl "
           "policy show` says what is asked for, `lsactl package list` which filters run.";
  if (status == STATUS_ILL_FORMED_PASSWORD)
    return "A password filter does not accept the password. Choose another; the audit trail says which filter it was.";
  return fmt::format("The password could not be changed ({}). Look at the authority's log for the reason.",
                     status_text(status));
}

}  // namespace

seam::AdminReply account_password(const Call& call) {
  const Arguments arguments = OPENLSA_ARGUMENT(Arguments::parse(call.request.arguments, {"name", "must_change"}));
  const std::string name = OPENLSA_ARGUMENT(arguments.required("name"));
  const bool must_change = OPENLSA_ARGUMENT(arguments.flag("must_change"));
  const base::Secret password = OPENLSA_ARGUMENT(password_file(call));
  const std::optional<Account> account = named_account(call, arguments);
  if (!account) return no_such_account(arguments);
  AccountStore& accounts = call.authority.accounts();
  const nt::Status status =
      change_account_password(call.authority, {.name = name, .password = password, .must_change = must_change},
                              call.authority.registry().deadline(CallKind::package));
  if (status != STATUS_SUCCESS) return changed(call, "account-password", name, account_failure(status, why(status)));
  return changed(call, "account-password", name, *accounts.find_by_sid(account->sid));
}

}  // namespace openlsa::authority::admin
