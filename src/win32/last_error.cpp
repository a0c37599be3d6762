// GetLastError, SetLastError: a value of the calling thread.
#include <openlsa/windows.h>

#include "win32/thread_state.hpp"

DWORD GetLastError(void) { return openlsa::win32::last_error(); }
void SetLastError(DWORD error) { openlsa::win32::set_last_error(error); }
