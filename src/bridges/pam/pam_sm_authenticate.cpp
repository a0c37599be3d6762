#include <security/pam_ext.h>
#include <security/pam_modules.h>
#include <syslog.h>

#include <algorithm>

#include "bridges/pam/call.hpp"
#include "bridges/pam/passwords.hpp"

namespace openlsa::pam {
namespace {

void report_refusal(const Call& call, const Logon& logon) {
  report(call, LOG_NOTICE,
         "logon of " + call.user + " with " + call.options.package + " is refused: " + hexadecimal(logon.status) + "/" +
             hexadecimal(logon.sub_status));
}

// The password is right and has to be changed first. The logon is made with the new one: only a token is a success, and
// a package that merely says "it has to be changed" has vouched for nobody.
Logon change_and_log_on(const Call& call, std::string_view old_password) {
  Logon refused;
  refused.code = PAM_NEW_AUTHTOK_REQD;
  if (call.silent()) return refused;
  pam_info(call.handle, "Your password has to be changed.");
  const base::Secret fresh = ask_new_password_twice(call);
  if (fresh.empty() || view_of(fresh) == old_password) return refused;
  const PasswordChange change = change_password(call.options, call.service, call.name(), old_password, view_of(fresh));
  if (change.code != PAM_SUCCESS) {
    report(call, LOG_NOTICE, "the password of " + call.user + " is not changed: " + hexadecimal(change.status));
    pam_error(call.handle, "The password is not changed.");
    return refused;
  }
  Logon logon = log_on(call.options, call.service, call.name(), view_of(fresh));
  if (logon.code != PAM_SUCCESS) return logon;
  base::Secret terminated(fresh.size() + 1);
  std::copy(fresh.reveal().begin(), fresh.reveal().end(), terminated.reveal_mutable().begin());
  pam_set_item(call.handle, PAM_AUTHTOK, terminated.reveal().data());  // for the modules that come after
  return logon;
}

Logon attempt(const Call& call, const Password& password) {
  Logon logon = log_on(call.options, call.service, call.name(), password.text);
  if (logon.code == PAM_NEW_AUTHTOK_REQD && !password.stacked) {
    report_refusal(call, logon);
    // The item may be replaced while the text is needed.
    const base::Secret old(base::as_bytes(password.text.data(), password.text.size()));
    logon = change_and_log_on(call, view_of(old));
  }
  return logon;
}

// A name of the authority and a name of the system need not be the same user: the token says whom the package has
// vouched for, and only that user logs on.
int accept(const Call& call, Logon logon) {
  const std::optional<std::uint32_t> uid = system_uid(call), proved = logon.token.uid();
  if (!uid || !proved || *uid != *proved) {
    report(call, LOG_WARNING,
           call.user + " is not the account that " + call.options.package +
               " has vouched for: this machine's user has " +
               (uid ? "uid " + std::to_string(*uid) : std::string("no uid")) + ", the account " +
               (proved ? "uid " + std::to_string(*proved) : std::string("none")));
    return PAM_USER_UNKNOWN;
  }
  leave_claim(call, logon.token);
  const int code = keep_token(call, std::move(logon.token), *uid);
  if (code == PAM_SUCCESS) debug(call, call.user + " is logged on");
  return code;
}

int authenticate(const Call& call) {
  drop_token(call);
  Password password = ask_password(call, false);
  if (password.code != PAM_SUCCESS) return password.code;
  Logon logon = attempt(call, password);
  if (logon.code == PAM_AUTH_ERR && password.stacked && call.options.try_first_pass && !call.options.use_first_pass) {
    password = ask_password(call, true);
    if (password.code != PAM_SUCCESS) return password.code;
    logon = attempt(call, password);
  }
  if (logon.code == PAM_SUCCESS) return accept(call, std::move(logon));
  report_refusal(call, logon);
  return logon.code;
}

}  // namespace
}  // namespace openlsa::pam

extern "C" int pam_sm_authenticate(pam_handle_t* handle, int flags, int count, const char** arguments) {
  using namespace openlsa::pam;
  return at_edge([&] {
    Call call;
    const int code = begin(handle, flags, count, arguments, call);
    return code == PAM_SUCCESS ? authenticate(call) : code;
  });
}
