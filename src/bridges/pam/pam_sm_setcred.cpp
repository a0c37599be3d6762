// The credentials are the logon session's, which authenticate made and open_session keeps; here it is told whether
// there are any, and they go when they shall.
#include <security/pam_modules.h>

#include "bridges/pam/call.hpp"

extern "C" int pam_sm_setcred(pam_handle_t* handle, int flags, int count, const char** arguments) {
  using namespace openlsa::pam;
  return at_edge([&] {
    Call call;
    if (const int code = begin(handle, flags, count, arguments, call); code != PAM_SUCCESS) return code;
    if ((flags & PAM_DELETE_CRED) != 0) {
      drop_token(call);
      return PAM_SUCCESS;
    }
    const auto uid = system_uid(call);
    if (!uid) return PAM_USER_UNKNOWN;
    if (has_token(call, *uid) || has_claim(call)) return PAM_SUCCESS;
    // Somebody whom another module let in.
    return call.options.refuse_without_credentials ? PAM_CRED_UNAVAIL : PAM_SUCCESS;
  });
}
