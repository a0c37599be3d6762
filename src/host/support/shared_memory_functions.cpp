// CreateSharedMemory, AllocateSharedMemory, FreeSharedMemory, DeleteSharedMemory. A client has the section when the
// package has it mapped there (MapSharedMemory of openlsa.h): Windows does not document how its clients find it.
#include "base/log.hpp"
#include "host/support/functions.hpp"
#include "host/support/shared_memory.hpp"

namespace openlsa::host::support {

// The whole section is reserved at once; the kernel gives memory as it is used.
PVOID create_shared_memory(ULONG MaxSize, ULONG InitialSize) {
  return InitialSize > MaxSize ? nullptr : shared_memory::create(MaxSize);
}

PVOID allocate_shared_memory(PVOID SharedMem, ULONG Size) { return shared_memory::allocate(SharedMem, Size); }

VOID free_shared_memory(PVOID SharedMem, PVOID Memory) {
  if (Memory != nullptr && !shared_memory::free(SharedMem, Memory))
    base::log(base::LogLevel::warning,
              "a package freed a pointer that is not a block of that shared memory; it was left alone");
}

BOOLEAN delete_shared_memory(PVOID SharedMem) { return shared_memory::destroy(SharedMem); }

}  // namespace openlsa::host::support
