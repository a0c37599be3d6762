// What account-add and account-set are told about an account.
#pragma once

#include "authority/accounts/account.hpp"
#include "authority/admin/verbs.hpp"

namespace openlsa::authority::admin {

#define OPENLSA_ACCOUNT_KEYS                                                                        \
  "name", "uid", "gid", "groups", "home", "shell", "full_name", "disabled", "must_change_password", \
      "password_never_expires", "cannot_change_password", "expires", "logon_hours", "workstations"

// Only what was given is set. "" takes groups, home, shell, full name, logon hours and workstations back to nothing.
base::OrFailure<AccountChange> account_change(const Arguments& arguments);
// The account that `name` names; the refusal is NO_SUCH_USER's.
std::optional<Account> named_account(const Call& call, const Arguments& arguments);
seam::AdminReply no_such_account(const Arguments& arguments);
// The answer to a change, which is recorded.
seam::AdminReply changed(const Call& call, const std::string& event, const std::string& name,
                         const AccountResult<Account>& result, const std::string& detail = "");
bool is_host_uid(const Call& call, std::optional<std::uint32_t> uid);
seam::AdminReply refuse_host_uid();

}  // namespace openlsa::authority::admin
