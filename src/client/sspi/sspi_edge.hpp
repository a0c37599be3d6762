// The edge of the SSPI functions: no exception leaves, and statuses are those that sspi.h documents.
#pragma once

#include "client/c_edge.hpp"

namespace openlsa::client {

// Packages answer with NTSTATUS values; where SSPI has a code for the same thing, the application gets that one.
nt::Status to_sspi_status(nt::Status status);

template <class Body>
nt::Status sspi_edge(Body&& body) {
  return to_sspi_status(at_edge(body, SEC_E_INSUFFICIENT_MEMORY, SEC_E_INTERNAL_ERROR));
}

}  // namespace openlsa::client
