#include "client/c_edge.hpp"
#include "client/memory/client_buffers.hpp"
#include "client/policy/arguments.hpp"

using namespace openlsa::client;

// What the policy functions returned. STATUS_UNSUCCESSFUL: "memory could not be freed because it was not allocated by
// an LSA function call" (LsaFreeMemory, return value), and nothing happens.
NTSTATUS LsaFreeMemory(PVOID Buffer) {
  return at_edge([&]() -> NTSTATUS {
    return Buffer == nullptr || free_buffer(Buffer, FreedBy::lsa_free_memory) ? STATUS_SUCCESS : STATUS_UNSUCCESSFUL;
  });
}
