// pAuthData of AcquireCredentialsHandle: the documented identity structures, as pieces of client memory that the
// package reads with CopyFromClientBuffer.
#pragma once

#include <openlsa/sspi.h>

#include "nt/status.hpp"
#include "seam/values.hpp"

namespace openlsa::client {

// SEC_WINNT_AUTH_IDENTITY (A, W), its EX form and its EX2 form, told apart by the first ULONG: the structure and each
// string, whole. SEC_E_UNKNOWN_CREDENTIALS for anything else, for protected identities (the protection is the other
// process's), and for lengths that no name or password has. Wipe the pieces after use.
nt::Status submit_identity(const void* identity, std::vector<seam::ClientMemory>& pieces);

}  // namespace openlsa::client
