// Whether the account may be used. Who has a token was asked all of it by the package; of somebody whom another module
// let in (an SSH key) the account's row says whether he may.
#include <security/pam_modules.h>
#include <syslog.h>
#include <unistd.h>

#include "bridges/pam/call.hpp"
#include "bridges/pam/statuses.hpp"
#include "client/logon/private_logon.h"

namespace openlsa::pam {
namespace {

int check_account(const Call& call) {
  const auto uid = system_uid(call);
  if (!uid) return PAM_USER_UNKNOWN;
  if (has_token(call, *uid)) return PAM_SUCCESS;
  if (*uid == 0) return PAM_USER_UNKNOWN;  // the system's own: no account of ours, also when the authority is down
  if (::geteuid() != 0) return PAM_AUTHINFO_UNAVAIL;
  const NTSTATUS status = openlsa_private_check_account(*uid);
  const int code = code_of_logon(status, STATUS_SUCCESS);
  if (code != PAM_SUCCESS && code != PAM_USER_UNKNOWN)
    report(call, LOG_NOTICE, "the account of " + call.user + " cannot be used: " + hexadecimal(status));
  return code;
}

}  // namespace
}  // namespace openlsa::pam

extern "C" int pam_sm_acct_mgmt(pam_handle_t* handle, int flags, int count, const char** arguments) {
  using namespace openlsa::pam;
  return at_edge([&] {
    Call call;
    const int code = begin(handle, flags, count, arguments, call);
    return code == PAM_SUCCESS ? check_account(call) : code;
  });
}
