#include "client/c_edge.hpp"
#include "client/lsa/lsa_handle.hpp"

using namespace openlsa::client;

// Closes handles of LsaRegisterLogonProcess and of LsaConnectUntrusted.
NTSTATUS LsaDeregisterLogonProcess(HANDLE LsaHandle) {
  return at_edge([&]() -> NTSTATUS {
    const auto handle = find_lsa_handle(LsaHandle);
    if (!handle.client) return STATUS_INVALID_HANDLE;
    return handle.call(&openlsa::seam::AuthorityCalls::disconnect, {handle.value}).status;
  });
}
