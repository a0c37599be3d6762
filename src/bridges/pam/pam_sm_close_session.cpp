#include <security/pam_modules.h>

#include "bridges/pam/call.hpp"

// Another process may have opened it, which ended the session when it ended.
extern "C" int pam_sm_close_session(pam_handle_t* handle, int flags, int count, const char** arguments) {
  using namespace openlsa::pam;
  return at_edge([&] {
    Call call;
    if (begin(handle, flags, count, arguments, call) != PAM_SUCCESS) return PAM_SESSION_ERR;
    drop_token(call);
    return PAM_SUCCESS;
  });
}
