// LSA_SECPKG_FUNCTION_TABLE: what packages call in LSA mode. One function per file in this folder.
#pragma once

#include <openlsa/ntsecpkg.h>

namespace openlsa::host {

const LSA_SECPKG_FUNCTION_TABLE& support_table();

}  // namespace openlsa::host
