// After which failure of a mechanism's first leg the initiator offers the next one instead.
#pragma once

#include "nt/status.hpp"

namespace openlsa::client::negotiate {

// True where the mechanism cannot serve this target or this user at all. A refused logon is no such reason: the next
// mechanism would spend another guess of an account that may be locked out for it.
constexpr bool allows_another_mechanism(nt::Status status) {
  switch (status) {
    case SEC_E_TARGET_UNKNOWN:
    case SEC_E_WRONG_PRINCIPAL:
    case SEC_E_NO_CREDENTIALS:
    case SEC_E_UNKNOWN_CREDENTIALS:
    case SEC_E_NO_AUTHENTICATING_AUTHORITY:
    case SEC_E_NO_KERB_KEY:
    case SEC_E_NO_TGT_REPLY:
    case SEC_E_NO_IP_ADDRESSES:
    case SEC_E_KDC_UNABLE_TO_REFER:
    case SEC_E_KDC_UNKNOWN_ETYPE:
    case SEC_E_TIME_SKEW:
    case SEC_E_SECPKG_NOT_FOUND:
    case SEC_E_UNSUPPORTED_FUNCTION:
    case SEC_E_INVALID_HANDLE:  // its host is gone, with the credential
    case SEC_E_INTERNAL_ERROR:
      return true;
    default:
      return false;
  }
}

}  // namespace openlsa::client::negotiate
