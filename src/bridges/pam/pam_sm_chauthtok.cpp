// passwd(1): the first round asks for the old password, the second one changes it. Root is asked too, for the package
// changes a password only for who knows it.
#include <security/pam_ext.h>
#include <security/pam_modules.h>
#include <syslog.h>
#include <unistd.h>

#include "bridges/pam/call.hpp"
#include "bridges/pam/passwords.hpp"
#include "bridges/pam/statuses.hpp"
#include "client/logon/private_logon.h"

namespace openlsa::pam {
namespace {

// Whether it is an account of ours at all, before anybody types a password for it.
int prepare(const Call& call) {
  const auto uid = system_uid(call);
  if (!uid || *uid == 0) return PAM_USER_UNKNOWN;
  if (::geteuid() == 0) {
    const NTSTATUS status = openlsa_private_check_account(*uid);
    if (status != STATUS_SUCCESS) {
      const int code = code_of_logon(status, STATUS_SUCCESS);
      return code == PAM_AUTHINFO_UNAVAIL ? PAM_TRY_AGAIN : code;
    }
  }
  return ask_old_password(call).code;
}

int change(const Call& call) {
  const Password old = ask_old_password(call);
  if (old.code != PAM_SUCCESS) return old.code;
  const Password fresh = ask_new_password(call);
  if (fresh.code != PAM_SUCCESS) return fresh.code;
  const PasswordChange done = change_password(call.options, call.service, call.name(), old.text, fresh.text);
  if (done.code == PAM_SUCCESS) return PAM_SUCCESS;
  report(call, LOG_NOTICE, "the password of " + call.user + " is not changed: " + hexadecimal(done.status));
  if (!call.silent())
    pam_error(call.handle, "%s",
              done.code == PAM_AUTHTOK_ERR ? "The new password does not meet the rules for passwords."
              : done.code == PAM_AUTH_ERR  ? "The current password is wrong."
                                           : "The password cannot be changed now.");
  return done.code;
}

}  // namespace
}  // namespace openlsa::pam

extern "C" int pam_sm_chauthtok(pam_handle_t* handle, int flags, int count, const char** arguments) {
  using namespace openlsa::pam;
  return at_edge([&] {
    Call call;
    if (const int code = begin(handle, flags, count, arguments, call); code != PAM_SUCCESS) return code;
    // A logon changes what has to be changed itself (pam_sm_authenticate).
    if ((flags & PAM_CHANGE_EXPIRED_AUTHTOK) != 0) return PAM_IGNORE;
    return (flags & PAM_PRELIM_CHECK) != 0 ? prepare(call) : change(call);
  });
}
