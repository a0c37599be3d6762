// LocalAlloc, LocalFree: fixed memory only. A moveable block would be a handle to lock before use, which no caller
// here wants; it is refused rather than given as a pointer that looks like one.
#include <openlsa/windows.h>

#include <cstdlib>

#include "win32/c_edge.hpp"

using namespace openlsa::win32;

HLOCAL LocalAlloc(UINT flags, SIZE_T size_bytes) {
  if ((flags & ~static_cast<UINT>(LMEM_ZEROINIT)) != 0) {
    set_last_error(ERROR_INVALID_PARAMETER);
    return nullptr;
  }
  // A block of no bytes is a block all the same.
  const SIZE_T room = size_bytes == 0 ? 1 : size_bytes;
  void* memory = (flags & LMEM_ZEROINIT) != 0 ? std::calloc(1, room) : std::malloc(room);
  if (memory == nullptr) set_last_error(ERROR_NOT_ENOUGH_MEMORY);
  return memory;
}

// NULL for success, also for NULL; malloc's own checks end the process on a wrong pointer.
HLOCAL LocalFree(HLOCAL memory) {
  std::free(memory);
  return nullptr;
}
