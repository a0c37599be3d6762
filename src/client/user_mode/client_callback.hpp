// ClientCallback: the package in LSA mode calls a function that its half in this process has registered.
#pragma once

#include "seam/sspi_calls.hpp"

namespace openlsa::client {

// Runs the callback on the calling thread. SEC_E_UNSUPPORTED_FUNCTION when the package has no half here, or it has not
// registered the id; names cannot be registered (LSA_REGISTER_CALLBACK), so they find nothing.
seam::ClientCallbackReply answer_client_callback(seam::ClientCallbackRequest request);

// Arranges for it; once, then nothing.
void install_client_callbacks();

}  // namespace openlsa::client
