// A call of the client of the current call, on the thread that waits there.
#pragma once

#include <openlsa/sspi.h>

#include "host/current_call.hpp"
#include "seam/sspi_calls.hpp"

namespace openlsa::host::support {

// On a direct channel the host asks the client itself; the authority passes on what it routed.
seam::ClientCallbackReply call_client(CurrentCall& call, seam::ClientCallbackRequest request);

// A SecBuffer of the package as a value. False when it has a size and no memory.
bool copy_buffer(const SecBuffer* buffer, seam::SecBufferValue& value);
// A value as a SecBuffer whose memory the package frees with FreeLsaHeap. False when there is no memory.
bool give_buffer(const seam::SecBufferValue& value, SecBuffer& buffer);

}  // namespace openlsa::host::support
