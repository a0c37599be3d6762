// What every C function here does at its edge: the last error, and no exception to the caller.
#pragma once

#include <openlsa/windows.h>

#include <new>

#include "nt/status.hpp"
#include "win32/thread_state.hpp"

namespace openlsa::win32 {

// FALSE with GetLastError() == error.
inline BOOL fail(DWORD error) {
  set_last_error(error);
  return FALSE;
}
// FALSE with the Win32 error of the status (RtlNtStatusToDosError).
BOOL fail_with_status(nt::Status status);

// body(), or FALSE with ERROR_NOT_ENOUGH_MEMORY: what lies below throws nothing else.
template <class Body>
BOOL at_edge(Body&& body) {
  try {
    return body();
  } catch (const std::bad_alloc&) {
    return fail(ERROR_NOT_ENOUGH_MEMORY);
  }
}

}  // namespace openlsa::win32
