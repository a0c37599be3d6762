// The logon session lives as long as the process that opens it: the token stays with its transaction until
// close_session or pam_end.
#include <security/pam_modules.h>
#include <syslog.h>
#include <unistd.h>

#include "bridges/pam/call.hpp"
#include "client/logon/private_logon.h"

namespace openlsa::pam {
namespace {

// Somebody whom another module let in. Users of the system alone are none of ours.
int open_without_token(const Call& call, std::uint32_t uid) {
  if (uid == 0) return PAM_IGNORE;  // whoever mends an authority that is down
  if (::geteuid() != 0) return PAM_SESSION_ERR;
  const NTSTATUS status = openlsa_private_check_account(uid);
  if (status == STATUS_NO_SUCH_USER) return PAM_IGNORE;
  if (status != STATUS_SUCCESS || call.options.refuse_without_credentials) {
    report(call, LOG_NOTICE,
           "no session for " + call.user + ": " +
               (status != STATUS_SUCCESS ? hexadecimal(status) : std::string("no_credentials = refuse")));
    return PAM_SESSION_ERR;
  }
  report(call, LOG_INFO, "the session of " + call.user + " has no credentials: another module let the user in");
  return PAM_SUCCESS;
}

int open_session(const Call& call) {
  const auto uid = system_uid(call);
  if (!uid) return PAM_SESSION_ERR;
  // Also when there is a token: nobody else shall have the claim.
  Token claimed = redeem_claim(call, *uid);
  if (has_token(call, *uid)) return PAM_SUCCESS;
  if (!claimed) return open_without_token(call, *uid);
  return keep_token(call, std::move(claimed), *uid) == PAM_SUCCESS ? PAM_SUCCESS : PAM_SESSION_ERR;
}

}  // namespace
}  // namespace openlsa::pam

extern "C" int pam_sm_open_session(pam_handle_t* handle, int flags, int count, const char** arguments) {
  using namespace openlsa::pam;
  return at_edge([&] {
    Call call;
    const int code = begin(handle, flags, count, arguments, call);
    return code == PAM_SUCCESS ? open_session(call) : PAM_SESSION_ERR;
  });
}
