// CloseHandle: local objects end here, token handles at the authority.
#include <openlsa/windows.h>

#include "win32/c_edge.hpp"
#include "win32/handle_table.hpp"
#include "win32/handles.hpp"

using namespace openlsa::win32;

BOOL CloseHandle(HANDLE handle) {
  // "Calling the CloseHandle function with a pseudo handle has no effect" (GetCurrentProcess, GetCurrentThread).
  if (number_of(handle) <= pseudo_process && number_of(handle) >= pseudo_thread_effective_token) return TRUE;
  const std::uint32_t value = value_of(handle);
  if (is_local_handle(value)) {
    // The object goes after the table's lock, when its last holder lets go.
    return HandleTable::of_process().take(value, HandleTable::Kind::waitable) != nullptr ? TRUE
                                                                                         : fail(ERROR_INVALID_HANDLE);
  }
  TokenBackend* backend = current_backend();
  if (!is_token_handle(value) || backend == nullptr) return fail(ERROR_INVALID_HANDLE);
  return at_edge([&] {
    const openlsa::nt::Status status = backend->close(value);
    return openlsa::nt::succeeded(status) ? TRUE : fail_with_status(status);
  });
}
