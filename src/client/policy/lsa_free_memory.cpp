#include "client/c_edge.hpp"
#include "client/memory/client_buffers.hpp"
#include "client/policy/arguments.hpp"

using namespace openlsa::client;

// What the policy functions returned. An address that is none of these is refused, and nothing happens.
NTSTATUS LsaFreeMemory(PVOID Buffer) {
  return at_edge([&]() -> NTSTATUS {
    return Buffer == nullptr || free_buffer(Buffer) ? STATUS_SUCCESS : STATUS_INVALID_PARAMETER;
  });
}
