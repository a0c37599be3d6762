// SystemName of the policy functions: this machine, by any of its names. No other is reached.
#pragma once

#include <openlsa/ntsecapi.h>

#include "nt/status.hpp"

namespace openlsa::client {

// NULL, an empty name, "name" or "\\name". STATUS_INVALID_PARAMETER; RPC_NT_SERVER_UNAVAILABLE: another machine.
nt::Status check_system_name(const LSA_UNICODE_STRING* name);

}  // namespace openlsa::client
