// time(2) as winbind gives it, as FILETIME ([MS-DTYP] 2.3.3).
#pragma once

#include <openlsa/windows.h>

#include <cstdint>

namespace winbind {

inline constexpr LONGLONG never = 0x7fffffffffffffff;

// 0 stays 0. winbind's "never" is the last second that a FILETIME can say, or the last one of 32 bits.
constexpr LONGLONG filetime_of(std::uint64_t seconds) {
  constexpr std::uint64_t from_1601_to_1970 = 11644473600, per_second = 10'000'000;
  constexpr std::uint64_t greatest_32 = 0x7fffffff;
  if (seconds == 0) return 0;
  if (seconds == greatest_32 || seconds >= static_cast<std::uint64_t>(never) / per_second - from_1601_to_1970)
    return never;
  return static_cast<LONGLONG>((seconds + from_1601_to_1970) * per_second);
}

}  // namespace winbind
