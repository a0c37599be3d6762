// What both halves say of the package.
#pragma once

#include <openlsa/ntsecpkg.h>

namespace msv1_0 {

inline constexpr ULONG max_token_bytes = 2888;  // cbMaxToken, as Windows has it

SecPkgInfoW package_info();

}  // namespace msv1_0
