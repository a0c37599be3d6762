#include "host/support/client_call.hpp"

#include "host/lsa_heap.hpp"
#include "host/runtime.hpp"

namespace openlsa::host::support {

seam::ClientCallbackReply call_client(CurrentCall& call, seam::ClientCallbackRequest request) {
  const CurrentCall::ClientWait waits(call);
  return call.upcalls() != nullptr
             ? call.upcalls()->client_callback(std::move(request))
             : call.runtime().support().route_client_callback({call.caller(), std::move(request)});
}

bool copy_buffer(const SecBuffer* buffer, seam::SecBufferValue& value) {
  value = {};
  if (buffer == nullptr) return true;
  if (buffer->pvBuffer == nullptr && buffer->cbBuffer != 0) return false;
  value.type = buffer->BufferType;
  value.size_bytes = buffer->cbBuffer;
  if (buffer->pvBuffer != nullptr) value.data = base::to_bytes(base::as_bytes(buffer->pvBuffer, buffer->cbBuffer));
  return true;
}

bool give_buffer(const seam::SecBufferValue& value, SecBuffer& buffer) {
  void* memory = nullptr;
  if (value.data && !value.data->empty()) {
    memory = lsa_heap::copy_in(*value.data);
    if (memory == nullptr) return false;
  }
  buffer.BufferType = value.type;
  buffer.cbBuffer = memory == nullptr ? 0 : static_cast<ULONG>(value.data->size());
  buffer.pvBuffer = lsa_heap::give(memory);
  return true;
}

}  // namespace openlsa::host::support
