// The functions of a bare SSP that take a context and a message: the descriptor is checked, and worked on in place.
#pragma once

#include "client/bare/bare_handles.hpp"
#include "client/sspi/buffers.hpp"

namespace openlsa::client {

template <class Slot, class... Arguments>
nt::Status bare_message_call(PCtxtHandle handle, const SecBufferDesc* message, Slot slot, Arguments... arguments) {
  if (!valid_message(message)) return SEC_E_INVALID_PARAMETER;
  return bare_context_call(handle, slot, arguments...);
}

}  // namespace openlsa::client
