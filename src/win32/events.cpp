// CreateEvent, SetEvent, ResetEvent, WaitForSingleObject. Events are unnamed: a name would have to be known to other
// processes, and no package shares one.
#include <openlsa/windows.h>

#include <memory>

#include "win32/c_edge.hpp"
#include "win32/handle_table.hpp"
#include "win32/handles.hpp"
#include "win32/local_object.hpp"

using namespace openlsa::win32;

namespace {

HANDLE create_event(bool named, bool manual_reset, bool signalled) {
  if (named) {
    set_last_error(ERROR_NOT_SUPPORTED);
    return nullptr;
  }
  try {
    const std::uint32_t value = HandleTable::of_process().insert(Event::create(manual_reset, signalled));
    set_last_error(value != 0 ? ERROR_SUCCESS : ERROR_TOO_MANY_OPEN_FILES);
    return to_handle(value);
  } catch (const std::bad_alloc&) {
    set_last_error(ERROR_NOT_ENOUGH_MEMORY);
    return nullptr;
  }
}

std::shared_ptr<Event> event_of(HANDLE handle) {
  return std::dynamic_pointer_cast<Event>(HandleTable::of_process().find_waitable(value_of(handle)));
}

}  // namespace

// The security attributes speak of inheritance by child processes, which these handles never have.
HANDLE CreateEventA(LPSECURITY_ATTRIBUTES, BOOL manual_reset, BOOL initial_state, LPCSTR name) {
  return create_event(name != nullptr, manual_reset != FALSE, initial_state != FALSE);
}

HANDLE CreateEventW(LPSECURITY_ATTRIBUTES, BOOL manual_reset, BOOL initial_state, LPCWSTR name) {
  return create_event(name != nullptr, manual_reset != FALSE, initial_state != FALSE);
}

BOOL SetEvent(HANDLE handle) {
  const auto event = event_of(handle);
  if (!event) return fail(ERROR_INVALID_HANDLE);
  event->set();
  return TRUE;
}

BOOL ResetEvent(HANDLE handle) {
  const auto event = event_of(handle);
  if (!event) return fail(ERROR_INVALID_HANDLE);
  event->reset();
  return TRUE;
}

// The wait holds a share of the object, so another thread may close the handle meanwhile.
DWORD WaitForSingleObject(HANDLE handle, DWORD milliseconds) {
  const auto object = HandleTable::of_process().find_waitable(value_of(handle));
  if (!object) {
    set_last_error(ERROR_INVALID_HANDLE);
    return WAIT_FAILED;
  }
  try {
    return object->wait(milliseconds) ? WAIT_OBJECT_0 : WAIT_TIMEOUT;
  } catch (const std::bad_alloc&) {
    set_last_error(ERROR_NOT_ENOUGH_MEMORY);
    return WAIT_FAILED;
  }
}
