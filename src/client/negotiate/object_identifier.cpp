#include "client/negotiate/object_identifier.hpp"

#include "client/negotiate/der.hpp"

namespace openlsa::client::negotiate {

bool is_object_identifier(base::ByteView content) {
  if (content.empty() || content.size() > max_object_identifier_bytes) return false;
  bool in_arc = false;
  std::uint64_t arc = 0;
  for (const std::uint8_t octet : content) {
    if (!in_arc && octet == 0x80) return false;  // a leading zero
    arc = (in_arc ? arc << 7 : 0) | (octet & 0x7f);
    if (arc > UINT32_MAX) return false;
    in_arc = (octet & 0x80) != 0;
  }
  return !in_arc;
}

std::optional<base::ByteView> identifier_of_package(base::ByteView encoded) {
  // No identifier of a mechanism begins with the arc 0.6: that octet is the tag.
  const bool tagged = !encoded.empty() && encoded[0] == static_cast<std::uint8_t>(DerTag::object_identifier);
  const auto content = tagged ? only_der(encoded, DerTag::object_identifier) : std::optional(encoded);
  return content && is_object_identifier(*content) ? content : std::nullopt;
}

}  // namespace openlsa::client::negotiate
