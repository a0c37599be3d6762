// VERSION ([MS-NLMP] 2.2.2.10): for people who read traces; nothing is decided by it.
#pragma once

#include <array>
#include <cstdint>

namespace msv1_0 {

struct Version {
  std::uint8_t major = 10;
  std::uint8_t minor = 0;
  std::uint16_t build = 0;
  std::uint8_t revision = 15;  // NTLMSSP_REVISION_W2K3

  static constexpr std::size_t wire_bytes = 8;
  std::array<std::uint8_t, wire_bytes> to_bytes() const {
    return {major, minor, static_cast<std::uint8_t>(build), static_cast<std::uint8_t>(build >> 8), 0, 0, 0, revision};
  }
  static Version from_bytes(const std::uint8_t* from) {
    return {from[0], from[1], static_cast<std::uint16_t>(from[2] | from[3] << 8), from[7]};
  }
  bool operator==(const Version&) const = default;
};

}  // namespace msv1_0
