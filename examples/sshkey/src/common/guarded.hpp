// The edge between our code and the LSA's C interface.
#pragma once

#include <openlsa/ntsecpkg.h>
#include <openlsa/ntstatus.h>

namespace sshkey {

// No exception crosses the C edge: memory is the one thing that our code can run out of by one.
template <class Body>
NTSTATUS guarded(NTSTATUS out_of_memory, Body&& body) noexcept {
  try {
    return body();
  } catch (...) {
    return out_of_memory;
  }
}

}  // namespace sshkey
