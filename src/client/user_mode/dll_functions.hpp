// SECPKG_DLL_FUNCTIONS: what this library offers to user-mode halves.
#pragma once

#include <openlsa/ntsecpkg.h>

namespace openlsa::client {

// The one table; it lives as long as the process.
SECPKG_DLL_FUNCTIONS* dll_functions();

}  // namespace openlsa::client
