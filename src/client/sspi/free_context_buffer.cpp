#include "client/memory/client_buffers.hpp"
#include "client/sspi/sspi_edge.hpp"

#include <openlsa/sspi.h>

using namespace openlsa::client;

// Whatever this library or a package of this process allocated for the caller, wiped. An address that is none of these
// is refused, and nothing happens.
SECURITY_STATUS FreeContextBuffer(void* pvContextBuffer) {
  return sspi_edge([&]() -> SECURITY_STATUS {
    return pvContextBuffer == nullptr || free_buffer(pvContextBuffer) ? SEC_E_OK : SEC_E_INVALID_HANDLE;
  });
}
