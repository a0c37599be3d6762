#include "client/memory/client_buffers.hpp"
#include "client/sspi/sspi_edge.hpp"

#include <openlsa/sspi.h>

using namespace openlsa::client;

// What SSPI functions and packages allocated for the caller, wiped. An address that is none of these, or that another
// function frees, is refused, and nothing happens.
SECURITY_STATUS FreeContextBuffer(void* pvContextBuffer) {
  return sspi_edge([&]() -> SECURITY_STATUS {
    return pvContextBuffer == nullptr || free_buffer(pvContextBuffer, FreedBy::free_context_buffer)
               ? SEC_E_OK
               : SEC_E_INVALID_HANDLE;
  });
}
