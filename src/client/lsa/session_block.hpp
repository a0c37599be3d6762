// SECURITY_LOGON_SESSION_DATA with everything it points to, in one block that LsaFreeReturnBuffer takes back.
#pragma once

#include <openlsa/ntsecapi.h>

#include "seam/authority_calls.hpp"

namespace openlsa::client {

// STATUS_NO_MEMORY; STATUS_INTERNAL_ERROR when a string is longer than a UNICODE_STRING can say.
nt::Status make_session_block(const seam::SessionData& data, PSECURITY_LOGON_SESSION_DATA& block);

}  // namespace openlsa::client
