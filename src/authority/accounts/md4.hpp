// MD4 (RFC 1320), for the NT key alone. At integration crypto/md4.hpp takes this one's place.
#pragma once

#include <array>
#include <cstdint>
#include <span>

namespace openlsa::authority {

std::array<std::uint8_t, 16> md4(std::span<const std::uint8_t> message);

}  // namespace openlsa::authority
