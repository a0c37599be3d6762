// The edge between the door and the host's C interface: no exception crosses it. Memory is the one thing that this code
// can run out of by an exception.
#pragma once

#include <openlsa/ntstatus.h>

namespace winbind {

template <class Body>
NTSTATUS guarded(Body&& body) noexcept {
  try {
    return body();
  } catch (...) {
    return STATUS_NO_MEMORY;
  }
}

}  // namespace winbind
