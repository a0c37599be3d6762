// The tables of a user-mode half.
#pragma once

#include <openlsa/ntsecpkg.h>

#include <vector>

#include "base/module.hpp"

namespace openlsa::client {

// The tables that SpUserModeInitialize gave: copies, each with the slots that both sides know. They must lie in the
// file (they stay property of the DLL), and every slot must be NULL or name code.
base::OrFailure<std::vector<SECPKG_USER_FUNCTION_TABLE>> copy_user_tables(const base::Module& module,
                                                                          const SECPKG_USER_FUNCTION_TABLE* tables,
                                                                          ULONG count);

}  // namespace openlsa::client
