// ClientCallback: a function of the user-mode half, on the client's thread that waits in the current call.
#include <cstring>

#include "host/lsa_heap.hpp"
#include "host/support/calling_thread.hpp"
#include "host/support/functions.hpp"

namespace openlsa::host::support {
namespace {

constexpr std::size_t max_name_bytes = 255;
// Below this a PCHAR is an id that was cast, as MAKEINTRESOURCE does: no string lies in the first 64 KiB.
constexpr std::uintptr_t first_name_address = 0x10000;

bool name_callback(PCHAR callback, seam::ClientCallbackRequest& request) {
  const auto value = reinterpret_cast<std::uintptr_t>(callback);
  if (value < first_name_address) {
    request.callback = value;
    return true;
  }
  const std::size_t size = ::strnlen(callback, max_name_bytes + 1);
  request.name.assign(callback, size);
  return size <= max_name_bytes;
}

}  // namespace

NTSTATUS client_callback(PCHAR Callback, ULONG_PTR Argument1, ULONG_PTR Argument2, PSecBuffer Input,
                         PSecBuffer Output) {
  CurrentCall* call = CurrentCall::current();
  if (call == nullptr || call->origin() == nullptr || call->client_terminated()) return STATUS_INVALID_PARAMETER;
  seam::ClientCallbackRequest request;
  request.package = call->package().id;
  request.argument1 = Argument1;
  request.argument2 = Argument2;
  if (!name_callback(Callback, request)) return STATUS_INVALID_PARAMETER;
  if (Input != nullptr) {
    if (Input->pvBuffer == nullptr && Input->cbBuffer != 0) return STATUS_INVALID_PARAMETER;
    request.input.type = Input->BufferType;
    request.input.size_bytes = Input->cbBuffer;
    if (Input->pvBuffer != nullptr)
      request.input.data = base::to_bytes(base::as_bytes(Input->pvBuffer, Input->cbBuffer));
  }
  // On a direct channel the host asks the client itself; the authority passes on what it routed.
  seam::ClientCallbackReply reply;
  {
    const CurrentCall::ClientWait waits(*call);
    reply = call->upcalls() != nullptr
                ? call->upcalls()->client_callback(std::move(request))
                : call->runtime().support().route_client_callback({call->caller(), std::move(request)});
  }
  if (!nt::succeeded(reply.status) || Output == nullptr) return reply.status;
  Output->BufferType = reply.output.type;
  Output->cbBuffer = 0;
  Output->pvBuffer = nullptr;
  if (reply.output.data && !reply.output.data->empty()) {
    Output->pvBuffer = lsa_heap::copy_in(*reply.output.data);  // the package frees it with FreeLsaHeap
    if (Output->pvBuffer == nullptr) return STATUS_NO_MEMORY;
    Output->cbBuffer = static_cast<ULONG>(reply.output.data->size());
  }
  return reply.status;
}

}  // namespace openlsa::host::support
