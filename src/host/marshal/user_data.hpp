// SECURITY_USER_DATA, which a package lays out in its client's memory (SpGetUserInfo).
#pragma once

#include "host/client_memory.hpp"
#include "host/marshal/strings.hpp"
#include "seam/sspi_calls.hpp"

#include <openlsa/ntsecpkg.h>

namespace openlsa::host::marshal {

// The structure at the client's address and what it points to, all within blocks of the call.
Copied<seam::GetUserInfoReply> copy_user_data(const ClientMemory& memory, const SECURITY_USER_DATA* address);

}  // namespace openlsa::host::marshal
