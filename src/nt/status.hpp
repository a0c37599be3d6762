// NTSTATUS and SECURITY_STATUS values are the documented 32-bit numbers; the names come from the public headers.
#pragma once

#include <openlsa/ntstatus.h>
#include <openlsa/winerror.h>

#include <cstdint>

namespace openlsa::nt {

using Status = std::int32_t;

// NT_SUCCESS: success and informational values.
constexpr bool succeeded(Status status) { return status >= 0; }

}  // namespace openlsa::nt
