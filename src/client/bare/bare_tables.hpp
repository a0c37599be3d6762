// The function tables of a bare SSP, as InitSecurityInterfaceW and InitSecurityInterfaceA gave them.
#pragma once

#include <openlsa/sspi.h>

#include "base/module.hpp"

namespace openlsa::client {

// Slots beyond a table's version are NULL. Functions without strings stand in `wide`, whichever table had them.
struct BareTables {
  bool has_wide = false;
  bool has_ansi = false;
  SecurityFunctionTableW wide{};
  SecurityFunctionTableA ansi{};
};

// Calls the exports, one of which must be there. Only what the version says is read, and every slot must be NULL or
// name code that is not this library's.
base::OrFailure<BareTables> read_bare_tables(const base::Module& module);

}  // namespace openlsa::client
