// pAuthData of AcquireCredentialsHandle: the documented identity structures, as pieces of client memory that the
// package reads with CopyFromClientBuffer.
#pragma once

#include "nt/status.hpp"
#include "seam/values.hpp"

namespace openlsa::client {

// The structure and each string, whole, in the form that the application gave (identity_view.hpp). What this process
// encrypted is opened for the package, in the copy that travels. SEC_E_UNKNOWN_CREDENTIALS for anything else. Wipe the
// pieces after use.
nt::Status submit_identity(const void* identity, std::vector<seam::ClientMemory>& pieces);

}  // namespace openlsa::client
