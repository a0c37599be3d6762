// ClientCallback: a function of the user-mode half, on the client's thread that waits in the current call.
#include <cstring>

#include "host/support/calling_thread.hpp"
#include "host/support/client_call.hpp"
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
  if (call == nullptr || call->origin() == nullptr || call->client_gone()) return STATUS_INVALID_PARAMETER;
  seam::ClientCallbackRequest request;
  request.package = call->package().id;
  request.argument1 = Argument1;
  request.argument2 = Argument2;
  if (!name_callback(Callback, request)) return STATUS_INVALID_PARAMETER;
  if (!copy_buffer(Input, request.input)) return STATUS_INVALID_PARAMETER;
  const seam::ClientCallbackReply reply = call_client(*call, std::move(request));
  if (!nt::succeeded(reply.status) || Output == nullptr) return reply.status;
  return give_buffer(reply.output, *Output) ? reply.status : STATUS_NO_MEMORY;
}

}  // namespace openlsa::host::support
