// What ExportSecurityContext gives out and ImportSecurityContext takes: the half's own packed context in a frame that
// says where it may be opened.
#pragma once

#include <array>
#include <optional>

#include "seam/values.hpp"

namespace openlsa::client {

struct PackedContext {
  std::array<std::uint8_t, 32> authority_id{};  // this machine's authority
  std::array<std::uint8_t, 32> file_hash{};     // of the half that packed it: no other can unpack it
  seam::Text package;
  std::uint32_t type = 0;  // BufferType that the half left
  base::Secret data;       // session keys
  OPENLSA_FIELDS(authority_id, file_hash, package, type, data)
};

base::Secret pack(const PackedContext& context);
// Nothing for bytes that pack() did not make, or that were changed since. The sum (SHA-256) finds damage and mistakes,
// not malice: who can hand over a packed context can as well make one with keys of his own.
std::optional<PackedContext> unpack(base::ByteView bytes);

}  // namespace openlsa::client
