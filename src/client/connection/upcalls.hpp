// Up-calls: while this thread waits in a call, the package may call functions of its user-mode half (ClientCallback).
#pragma once

#include "seam/sspi_calls.hpp"

namespace openlsa::client {

// Answers one ClientCallback on the waiting thread; finds the callback among those the user-mode half registered.
using ClientCallbackHook = seam::ClientCallbackReply (*)(seam::ClientCallbackRequest request);

// The user-mode half of the library sets it before its first call. Without it callbacks are refused.
void set_client_callback_hook(ClientCallbackHook hook);

// The implementation that every endpoint of this process uses; never destroyed.
seam::ClientCalls& upcalls();

}  // namespace openlsa::client
