// The message functions and CompleteAuthToken: a call of the context's half in this process. Nothing crosses to another
// process, and a lost host does not matter.
#pragma once

#include "client/handles/context.hpp"
#include "client/sspi/buffers.hpp"
#include "client/sspi/sspi_edge.hpp"

namespace openlsa::client {

// call(half, context): the half takes the application's own descriptor, and works in place. The context lives until the
// call is done, also when another thread deletes it meanwhile.
template <class Call>
nt::Status user_mode_call(PCtxtHandle handle, Call&& call) {
  return sspi_edge([&]() -> nt::Status {
    const auto context = ContextTable::of_process().find(handle);
    if (!context) return SEC_E_INVALID_HANDLE;
    UserHalf* half = nullptr;
    if (const nt::Status status = context->user_mode(half); status != SEC_E_OK) return status;
    return call(*half, context->user_context());
  });
}

template <class Call>
nt::Status message_call(PCtxtHandle handle, const SecBufferDesc* message, Call&& call) {
  if (!valid_message(message)) return SEC_E_INVALID_PARAMETER;
  return user_mode_call(handle, call);
}

}  // namespace openlsa::client
