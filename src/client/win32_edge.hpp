// The edge of functions that answer TRUE or FALSE and leave the reason in GetLastError.
#pragma once

#include <openlsa/windows.h>

#include <exception>
#include <new>

namespace openlsa::client {

// body() gives the Win32 error, ERROR_SUCCESS for TRUE; no exception leaves.
template <class Body>
BOOLEAN win32_edge(Body&& body) {
  DWORD error = ERROR_SUCCESS;
  try {
    error = body();
  } catch (const std::bad_alloc&) {
    error = ERROR_NOT_ENOUGH_MEMORY;
  } catch (const std::exception&) {
    error = ERROR_INTERNAL_ERROR;
  }
  if (error != ERROR_SUCCESS) SetLastError(error);
  return error == ERROR_SUCCESS ? TRUE : FALSE;
}

inline BOOLEAN win32_failed(DWORD error) {
  SetLastError(error);
  return FALSE;
}

}  // namespace openlsa::client
