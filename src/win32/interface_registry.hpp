// What libsecur32 and the hosts offer through libopenlsa beyond the Windows names: OpenLsaGetInterface and
// OpenLsaImpersonateContextTokenOnly (openlsa.h).
#pragma once

#include <cstdint>

#include "nt/status.hpp"
#include "win32/token_backend.hpp"

extern "C" {
// `name` and `table` must live as long as the process. Only threads of that side find the table: in the embedded
// composition an application gets NULL for what a package gets. The first registration of a side, name and version
// wins: false when there is one already, or no room.
bool openlsa_private_register_interface(openlsa::win32::Side side, const char* name, std::uint32_t version,
                                        const void* table);

// libsecur32's ImpersonateSecurityContext without the POSIX identity; `context` is a PCtxtHandle. The first wins.
using openlsa_context_impersonator = openlsa::nt::Status (*)(void* context);
bool openlsa_private_install_context_impersonator(openlsa_context_impersonator impersonate);
}

namespace openlsa::win32 {

// The table registered for the side under exactly this name and version; nullptr when there is none.
const void* find_interface(Side side, const char* name, std::uint32_t version);
// nullptr without libsecur32.
openlsa_context_impersonator context_impersonator();

}  // namespace openlsa::win32
