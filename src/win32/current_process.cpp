// GetCurrentProcess, GetCurrentThread (pseudo-handles) and the ids.
#include <openlsa/windows.h>
#include <unistd.h>

#include "win32/handles.hpp"

using namespace openlsa::win32;

HANDLE GetCurrentProcess(void) { return to_pseudo_handle(pseudo_process); }
HANDLE GetCurrentThread(void) { return to_pseudo_handle(pseudo_thread); }

DWORD GetCurrentProcessId(void) { return static_cast<DWORD>(getpid()); }
DWORD GetCurrentThreadId(void) { return static_cast<DWORD>(gettid()); }
