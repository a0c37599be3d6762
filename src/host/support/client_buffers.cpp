// AllocateClientBuffer, FreeClientBuffer, CopyToClientBuffer, CopyFromClientBuffer: the memory of the client of the
// current call, through the shadow of the window that the client reserved for it (host/client_memory.hpp).
#include "host/memory_ledger.hpp"
#include "host/support/calling_thread.hpp"
#include "host/support/functions.hpp"

namespace openlsa::host::support {
namespace {

// The call that `request` names, when this thread works on it and its client lives. A client request is valid within
// its call only.
CurrentCall* call_of(PLSA_CLIENT_REQUEST request) {
  CurrentCall* call = CurrentCall::current();
  // SSP entry points get no client request; there NULL names the current call.
  if (call == nullptr || (request != nullptr && !call->is_client_request(request))) return nullptr;
  return call->origin() == nullptr || call->client_gone() ? nullptr : call;
}

std::uint64_t address_of(PVOID pointer) { return reinterpret_cast<std::uintptr_t>(pointer); }

}  // namespace

NTSTATUS allocate_client_buffer(PLSA_CLIENT_REQUEST ClientRequest, ULONG LengthRequired, PVOID* ClientBaseAddress) {
  CurrentCall* call = call_of(ClientRequest);
  if (call == nullptr || ClientBaseAddress == nullptr) return STATUS_INVALID_PARAMETER;
  std::uint64_t address = 0;
  const nt::Status status = call->memory().allocate(LengthRequired, address);
  *ClientBaseAddress = reinterpret_cast<PVOID>(static_cast<std::uintptr_t>(address));
  return status;
}

NTSTATUS free_client_buffer(PLSA_CLIENT_REQUEST ClientRequest, PVOID ClientBaseAddress) {
  CurrentCall* call = call_of(ClientRequest);
  if (ClientBaseAddress == nullptr) return STATUS_SUCCESS;
  if (call == nullptr) return STATUS_INVALID_PARAMETER;
  const nt::Status status = call->memory().free(address_of(ClientBaseAddress));
  if (!nt::succeeded(status))
    note_refused_free(calling_owner(), "FreeClientBuffer",
                      "what AllocateClientBuffer did not give in this call, or what is freed already");
  return status;
}

NTSTATUS copy_to_client_buffer(PLSA_CLIENT_REQUEST ClientRequest, ULONG Length, PVOID ClientBaseAddress,
                               PVOID BufferToCopy) {
  CurrentCall* call = call_of(ClientRequest);
  if (call == nullptr || (BufferToCopy == nullptr && Length != 0)) return STATUS_INVALID_PARAMETER;
  return call->memory().write(address_of(ClientBaseAddress), base::as_bytes(BufferToCopy, Length));
}

NTSTATUS copy_from_client_buffer(PLSA_CLIENT_REQUEST ClientRequest, ULONG Length, PVOID BufferToCopy,
                                 PVOID ClientBaseAddress) {
  CurrentCall* call = call_of(ClientRequest);
  if (call == nullptr || (BufferToCopy == nullptr && Length != 0)) return STATUS_INVALID_PARAMETER;
  return call->memory().read(address_of(ClientBaseAddress), {static_cast<std::uint8_t*>(BufferToCopy), Length});
}

}  // namespace openlsa::host::support
