// The edge to the application: no exception of ours leaves it.
#pragma once

#include <exception>
#include <new>

#include "nt/status.hpp"

namespace openlsa::client {

// body(), or the status when the process has no memory. (No catch-all: a thread that is cancelled unwinds through
// here.)
template <class Body>
nt::Status at_edge(Body&& body, nt::Status no_memory = STATUS_NO_MEMORY, nt::Status failed = STATUS_INTERNAL_ERROR) {
  try {
    return body();
  } catch (const std::bad_alloc&) {
    return no_memory;
  } catch (const std::exception&) {
    return failed;
  }
}

}  // namespace openlsa::client
