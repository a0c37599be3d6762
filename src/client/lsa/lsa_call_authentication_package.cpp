#include "client/c_edge.hpp"
#include "client/lsa/lsa_handle.hpp"
#include "client/memory/client_window.hpp"

using namespace openlsa::client;

NTSTATUS LsaCallAuthenticationPackage(HANDLE LsaHandle, ULONG AuthenticationPackage, PVOID ProtocolSubmitBuffer,
                                      ULONG SubmitBufferLength, PVOID* ProtocolReturnBuffer, PULONG ReturnBufferLength,
                                      PNTSTATUS ProtocolStatus) {
  return at_edge([&]() -> NTSTATUS {
    openlsa::seam::LsaCallPackageRequest request;
    if (!copy_submit_buffer(ProtocolSubmitBuffer, SubmitBufferLength, request.submit_buffer))
      return STATUS_INVALID_PARAMETER;
    const auto handle = find_lsa_handle(LsaHandle);
    if (!handle.client) return STATUS_INVALID_HANDLE;
    ClientWindow window;
    if (!window.valid()) return STATUS_NO_MEMORY;

    request.frame = call_frame(window.view());
    request.lsa_handle = handle.value;
    request.package = AuthenticationPackage;
    request.submit_address = reinterpret_cast<std::uintptr_t>(ProtocolSubmitBuffer);
    const auto reply = handle.call(&openlsa::seam::AuthorityCalls::lsa_call_package, std::move(request));
    if (!openlsa::nt::succeeded(reply.status)) return reply.status;
    // Without a place for the address, or without an address, nobody could free a buffer: it goes with the window.
    if (ProtocolReturnBuffer != nullptr) {
      if (reply.return_address == 0 ? reply.return_size_bytes != 0
                                    : !window.apply(reply.writes, FreedBy::lsa_free_return_buffer))
        return STATUS_INTERNAL_ERROR;
      if (reply.return_address != 0 && !window.is_block(reply.return_address, reply.return_size_bytes)) {
        window.take_back();
        return STATUS_INTERNAL_ERROR;
      }
      *ProtocolReturnBuffer = reinterpret_cast<PVOID>(reply.return_address);
    }
    if (ReturnBufferLength != nullptr)
      *ReturnBufferLength = ProtocolReturnBuffer != nullptr ? reply.return_size_bytes : 0;
    // The package's own answer, meaningful because the call itself succeeded.
    if (ProtocolStatus != nullptr) *ProtocolStatus = reply.protocol_status;
    return reply.status;
  });
}
