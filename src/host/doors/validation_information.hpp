// MSV1_0_VALIDATION_INFO after the Ex form of the routine: what WhichFields names, and nothing else.
#pragma once

#include "seam/door_calls.hpp"

#include <openlsa/subauth.h>

namespace openlsa::host {

// What is wrong with it, or null; then `reply` has it. Strings are copied, and freed when MIDL_user_allocate gave them.
// The session key is wiped where it lay.
const char* take_validation(MSV1_0_VALIDATION_INFO& validation, seam::SubAuthenticateReply& reply);

}  // namespace openlsa::host
