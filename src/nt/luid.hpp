// LUID: a value that is unique on this machine until it restarts (winnt.h).
#pragma once

#include <compare>
#include <cstdint>

#include "base/fields.hpp"

namespace openlsa::nt {

struct Luid {
  std::uint64_t value = 0;
  auto operator<=>(const Luid&) const = default;
  OPENLSA_FIELDS(value)

  constexpr std::uint32_t low() const { return static_cast<std::uint32_t>(value); }
  constexpr std::int32_t high() const { return static_cast<std::int32_t>(value >> 32); }
  static constexpr Luid from_parts(std::uint32_t low, std::int32_t high) {
    return {static_cast<std::uint64_t>(static_cast<std::uint32_t>(high)) << 32 | low};
  }
};

// The logon sessions that exist on every machine (winnt.h: SYSTEM_LUID, ANONYMOUS_LOGON_LUID).
inline constexpr Luid system_luid{0x3e7};
inline constexpr Luid anonymous_luid{0x3e6};
// Sessions and other identifiers start above the well-known values.
inline constexpr std::uint64_t first_dynamic_luid = 0x10000;

}  // namespace openlsa::nt
