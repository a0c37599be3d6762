#include "bridges/pam/statuses.hpp"

#include <openlsa/ntstatus.h>
#include <security/pam_modules.h>

namespace openlsa::pam {
namespace {

// [MS-ERREF] 2.3.1; what the statuses mean for a logon is said at LsaLogonUser and SubStatus.
int code_of(NTSTATUS status) {
  switch (status) {
    case STATUS_LOGON_FAILURE:
    case STATUS_WRONG_PASSWORD:
      return PAM_AUTH_ERR;
    case STATUS_NO_SUCH_USER:
    case STATUS_INVALID_ACCOUNT_NAME:
      return PAM_USER_UNKNOWN;
    case STATUS_ACCOUNT_EXPIRED:
      return PAM_ACCT_EXPIRED;
    case STATUS_PASSWORD_EXPIRED:
    case STATUS_PASSWORD_MUST_CHANGE:
      return PAM_NEW_AUTHTOK_REQD;
    case STATUS_ACCOUNT_DISABLED:
    case STATUS_ACCOUNT_LOCKED_OUT:
    case STATUS_ACCOUNT_RESTRICTION:
    case STATUS_INVALID_LOGON_HOURS:
    case STATUS_INVALID_WORKSTATION:
    case STATUS_LOGON_TYPE_NOT_GRANTED:
    case STATUS_LOGON_NOT_GRANTED:
    case STATUS_ACCESS_DENIED:
      return PAM_PERM_DENIED;
    default:
      return PAM_AUTHINFO_UNAVAIL;
  }
}

}  // namespace

int code_of_logon(NTSTATUS status, NTSTATUS sub_status) {
  if (status == STATUS_SUCCESS) return PAM_SUCCESS;
  if (status != STATUS_ACCOUNT_RESTRICTION) return code_of(status);
  const int code = code_of(sub_status);
  return code == PAM_ACCT_EXPIRED || code == PAM_NEW_AUTHTOK_REQD ? code : PAM_PERM_DENIED;
}

int code_of_change(NTSTATUS status) {
  switch (status) {
    case STATUS_SUCCESS:
      return PAM_SUCCESS;
    case STATUS_PASSWORD_RESTRICTION:
    case STATUS_ILL_FORMED_PASSWORD:
      return PAM_AUTHTOK_ERR;
    default: {
      const int code = code_of(status);
      return code == PAM_NEW_AUTHTOK_REQD ? PAM_AUTHTOK_ERR : code;
    }
  }
}

}  // namespace openlsa::pam
