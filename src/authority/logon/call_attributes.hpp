// SECPKG_CALL_* (ntsecpkg.h): what a package learns of a call from GetCallInfo.
#pragma once

#include <cstdint>

namespace openlsa::authority {

inline constexpr std::uint32_t call_ansi = 0x2;
inline constexpr std::uint32_t call_recursive = 0x8;
inline constexpr std::uint32_t call_in_process = 0x10;
inline constexpr std::uint32_t call_is_tcb = 0x200;

}  // namespace openlsa::authority
