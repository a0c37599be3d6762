// MapBuffer (LSA_MAP_BUFFER): a SecBuffer of the client in the package's own memory. What entry points get is mapped
// already, so packages need this for buffers that they find themselves: in a submit buffer or in AuthorizationData,
// marked SECBUFFER_UNMAPPED, with an address of the client.
#include "host/support/calling_thread.hpp"
#include "host/support/functions.hpp"

namespace openlsa::host::support {

NTSTATUS map_buffer(PSecBuffer InputBuffer, PSecBuffer OutputBuffer) {
  if (InputBuffer == nullptr || OutputBuffer == nullptr) return STATUS_INVALID_PARAMETER;
  SecBuffer mapped = *InputBuffer;
  // "If the SecBuffer has already been mapped, the contents of the input buffer are copied over the output buffer."
  if ((mapped.BufferType & SECBUFFER_UNMAPPED) != 0) {
    CurrentCall* call = CurrentCall::current();
    if (call == nullptr || call->origin() == nullptr || call->client_gone()) return STATUS_INVALID_PARAMETER;
    mapped.BufferType &= ~ULONG{SECBUFFER_UNMAPPED};
    const auto address = reinterpret_cast<std::uintptr_t>(InputBuffer->pvBuffer);
    const nt::Status status = call->memory().map(address, mapped.cbBuffer, mapped.pvBuffer);
    if (!nt::succeeded(status)) return status;
  }
  *OutputBuffer = mapped;
  return STATUS_SUCCESS;
}

}  // namespace openlsa::host::support
