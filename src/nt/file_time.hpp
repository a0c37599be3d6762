// FILETIME: 100-nanosecond units since 1601-01-01 UTC ([MS-DTYP] 2.3.3).
#pragma once

#include <compare>
#include <cstdint>
#include <ctime>

#include "base/fields.hpp"

namespace openlsa::nt {

struct FileTime {
  std::int64_t ticks = 0;
  auto operator<=>(const FileTime&) const = default;
  OPENLSA_FIELDS(ticks)
};

inline constexpr std::int64_t ticks_per_second = 10'000'000;
inline constexpr std::int64_t unix_epoch_seconds = 11'644'473'600;
inline constexpr FileTime never{0x7fff'ffff'ffff'ffff};

constexpr FileTime from_unix_seconds(std::int64_t seconds) {
  return {(seconds + unix_epoch_seconds) * ticks_per_second};
}
constexpr std::int64_t to_unix_seconds(FileTime time) { return time.ticks / ticks_per_second - unix_epoch_seconds; }

inline FileTime now() {
  timespec time{};
  clock_gettime(CLOCK_REALTIME, &time);
  return {from_unix_seconds(time.tv_sec).ticks + time.tv_nsec / 100};
}

}  // namespace openlsa::nt
