#include "client/c_edge.hpp"
#include "client/lsa/lsa_handle.hpp"

using namespace openlsa::client;

NTSTATUS LsaConnectUntrusted(PHANDLE LsaHandle) {
  return at_edge([&]() -> NTSTATUS {
    if (LsaHandle == nullptr) return STATUS_INVALID_PARAMETER;
    return connect_to_lsa(false, {}, LsaHandle);
  });
}
