// Views and buffers of the NTLM code, and its little-endian numbers.
#pragma once

#include <openlsa/security.h>

#include <array>
#include <expected>
#include <utility>
#include <vector>

#include "crypto/bytes.hpp"

namespace msv1_0 {

namespace crypto = openlsa::crypto;
using crypto::ByteView;
using crypto::MutableByteView;
using Bytes = std::vector<std::uint8_t>;
using Key = crypto::Wiped<16>;

// A value, or the status that the caller of SSPI gets.
template <class T>
using OrStatus = std::expected<T, SECURITY_STATUS>;

inline std::uint16_t load_le16(const std::uint8_t* from) { return static_cast<std::uint16_t>(from[0] | from[1] << 8); }
using crypto::load_le32;
inline std::uint64_t load_le64(const std::uint8_t* from) {
  return load_le32(from) | static_cast<std::uint64_t>(load_le32(from + 4)) << 32;
}

template <class Number>
void append_number(Bytes& to, Number value) {
  for (std::size_t i = 0; i < sizeof value; ++i) to.push_back(static_cast<std::uint8_t>(value >> (8 * i)));
}
inline void append(Bytes& to, ByteView from) { to.insert(to.end(), from.begin(), from.end()); }

}  // namespace msv1_0
