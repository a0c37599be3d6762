#include "client/c_edge.hpp"
#include "client/lsa/lsa_handle.hpp"
#include "client/memory/client_buffers.hpp"

using namespace openlsa::client;

// Buffers of LsaLogonUser and LsaCallAuthenticationPackage, lists of sessions, session data. An address that is none
// of these, or that another function frees, is refused, and nothing happens.
NTSTATUS LsaFreeReturnBuffer(PVOID Buffer) {
  return at_edge([&]() -> NTSTATUS {
    if (Buffer == nullptr || free_buffer(Buffer, FreedBy::lsa_free_return_buffer)) return STATUS_SUCCESS;
    return STATUS_INVALID_PARAMETER;
  });
}
