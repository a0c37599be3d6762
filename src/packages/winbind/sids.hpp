// SIDs between the LSA's binary form and winbind's structure.
#pragma once

#include <openlsa/windows.h>

#include <algorithm>
#include <optional>

#include "wbclient.hpp"

namespace winbind {

// A SID of the host's, which is valid; none for what is not even that.
inline std::optional<wbc::Sid> read_sid(const void* sid) {
  const auto* bytes = static_cast<const std::uint8_t*>(sid);
  wbc::Sid result{};
  if (bytes == nullptr || bytes[0] != SID_REVISION || bytes[1] > std::size(result.sub_authorities)) return std::nullopt;
  result.revision = bytes[0];
  result.count = bytes[1];
  std::copy_n(bytes + 2, sizeof result.authority, result.authority);
  for (std::size_t i = 0; i < result.count; ++i)
    for (int shift = 0; shift < 32; shift += 8)
      result.sub_authorities[i] |= static_cast<std::uint32_t>(bytes[8 + 4 * i + shift / 8]) << shift;
  return result;
}

inline bool same_sid(const wbc::Sid& a, const wbc::Sid& b) {
  return a.revision == b.revision && a.count == b.count && std::ranges::equal(a.authority, b.authority) &&
         a.count <= std::size(a.sub_authorities) &&
         std::equal(a.sub_authorities, a.sub_authorities + a.count, b.sub_authorities);
}

}  // namespace winbind
