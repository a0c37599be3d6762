// The edge between the package and the LSA's C interface: no exception crosses it.
#pragma once

#include <openlsa/ntsecpkg.h>
#include <openlsa/ntstatus.h>

namespace msv1_0 {

// Memory is the one thing that this code can run out of by an exception.
template <class Body>
NTSTATUS guarded(NTSTATUS out_of_memory, Body&& body) noexcept {
  try {
    return body();
  } catch (...) {
    return out_of_memory;
  }
}

}  // namespace msv1_0
