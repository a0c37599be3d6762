#include "client/sspi/sspi_edge.hpp"

namespace openlsa::client {

nt::Status to_sspi_status(nt::Status status) {
  switch (status) {
    case STATUS_NO_MEMORY:
    case STATUS_INSUFFICIENT_RESOURCES:
    case STATUS_COMMITMENT_LIMIT:
    case STATUS_QUOTA_EXCEEDED:
      return SEC_E_INSUFFICIENT_MEMORY;
    case STATUS_INVALID_HANDLE:
      return SEC_E_INVALID_HANDLE;
    case STATUS_INVALID_PARAMETER:
      return SEC_E_INVALID_PARAMETER;
    case STATUS_BUFFER_TOO_SMALL:
      return SEC_E_BUFFER_TOO_SMALL;
    case STATUS_NOT_SUPPORTED:
    case STATUS_NOT_IMPLEMENTED:
      return SEC_E_UNSUPPORTED_FUNCTION;
    case STATUS_NO_SUCH_PACKAGE:
      return SEC_E_SECPKG_NOT_FOUND;
    case STATUS_NO_SUCH_LOGON_SESSION:
      return SEC_E_NO_CREDENTIALS;
    case STATUS_LOGON_FAILURE:
    case STATUS_WRONG_PASSWORD:
    case STATUS_NO_SUCH_USER:
    case STATUS_ACCESS_DENIED:
    case STATUS_ACCOUNT_RESTRICTION:
    case STATUS_INVALID_LOGON_HOURS:
    case STATUS_INVALID_WORKSTATION:
    case STATUS_PASSWORD_EXPIRED:
    case STATUS_ACCOUNT_DISABLED:
    case STATUS_ACCOUNT_EXPIRED:
    case STATUS_ACCOUNT_LOCKED_OUT:
    case STATUS_PASSWORD_MUST_CHANGE:
    case STATUS_LOGON_TYPE_NOT_GRANTED:
      return SEC_E_LOGON_DENIED;
    case STATUS_NO_LOGON_SERVERS:
      return SEC_E_NO_AUTHENTICATING_AUTHORITY;
    case STATUS_PRIVILEGE_NOT_HELD:
      return SEC_E_NOT_OWNER;
    case STATUS_BAD_IMPERSONATION_LEVEL:
    case STATUS_CANNOT_IMPERSONATE:
      return SEC_E_NO_IMPERSONATION;
    case STATUS_INTERNAL_ERROR:
    case STATUS_PORT_DISCONNECTED:
    case STATUS_PROCESS_IS_TERMINATING:
      return SEC_E_INTERNAL_ERROR;
    default:
      return status;  // SEC_E_..., SEC_I_..., and what a package alone means something by
  }
}

}  // namespace openlsa::client
