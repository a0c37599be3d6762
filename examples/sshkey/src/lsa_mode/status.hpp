// The one place where the protocol's refusals become documented statuses.
#pragma once

#include <openlsa/ntsecpkg.h>
#include <openlsa/ntstatus.h>

#include "protocol/handshake.hpp"

namespace sshkey {

inline NTSTATUS status_of(Refusal refusal, Role self) {
  switch (refusal) {
    case Refusal::malformed:
      return SEC_E_INVALID_TOKEN;
    case Refusal::altered:
      return SEC_E_MESSAGE_ALTERED;
    case Refusal::bad_bindings:
      return SEC_E_BAD_BINDINGS;
    case Refusal::peer_refused:
      return self == Role::initiator ? SEC_E_TARGET_UNKNOWN : SEC_E_LOGON_DENIED;
    case Refusal::wrong_principal:
      return SEC_E_WRONG_PRINCIPAL;
    case Refusal::own_credential_gone:
      return SEC_E_NO_CREDENTIALS;
  }
  return SEC_E_INTERNAL_ERROR;
}

}  // namespace sshkey
