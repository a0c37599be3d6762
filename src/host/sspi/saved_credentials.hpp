// SpSaveCredentials and SpDeleteCredentials: one buffer in, for a credential of the client's.
#pragma once

#include "host/sspi/handle_call.hpp"

namespace openlsa::host {

// SpSaveCredentialsFn and SpDeleteCredentialsFn are the same type.
inline nt::Status hand_in_credentials(ChannelState& channel, const seam::ClientCallFrame& frame,
                                      seam::SecHandleValue credential, const char* entry_name, std::uint32_t type,
                                      base::Secret& bytes, SpSaveCredentialsFn* slot) {
  return handle_call(channel, frame, HandleKind::credential, credential, slot,
                     [&](CurrentCall& call, LSA_SEC_HANDLE handle) {
                       SecBuffer buffer{static_cast<ULONG>(bytes.size()), type, bytes.reveal_mutable().data()};
                       return call.enter(entry_name, SEC_E_INTERNAL_ERROR, [&] { return slot(handle, &buffer); });
                     });
}

}  // namespace openlsa::host
