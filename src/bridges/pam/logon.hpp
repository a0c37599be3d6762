// The logon functions, as this module calls them.
#pragma once

#include <string>

#include "bridges/pam/options.hpp"
#include "bridges/pam/token.hpp"

namespace openlsa::pam {

// Who wants to log on, as the package shall hear it: "DOMAIN\user", or "user" with the domain of the options.
struct AccountName {
  std::string domain;
  std::string user;
};
AccountName split_name(std::string_view name, const Options& options);

struct Logon {
  int code = 0;  // PAM_SUCCESS, or why there is no token
  NTSTATUS status = 0;
  NTSTATUS sub_status = 0;
  Token token;
};
// `service` goes to the audit trail. The password is the caller's.
Logon log_on(const Options& options, std::string_view service, const AccountName& name, std::string_view password);

struct PasswordChange {
  int code = 0;
  NTSTATUS status = 0;
};
PasswordChange change_password(const Options& options, std::string_view service, const AccountName& name,
                               std::string_view old_password, std::string_view new_password);

}  // namespace openlsa::pam
