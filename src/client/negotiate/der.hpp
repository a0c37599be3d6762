// The part of DER (X.690) that SPNEGO's tokens are made of: low tags, definite and minimal lengths, everything else
// refused. An element is a view of the input: nothing is allocated for what a length claims, and nothing recurses.
#pragma once

#include <optional>

#include "base/bytes.hpp"

namespace openlsa::client::negotiate {

enum class DerTag : std::uint8_t {
  octet_string = 0x04,
  object_identifier = 0x06,
  enumerated = 0x0a,
  bit_string = 0x03,
  general_string = 0x1b,
  sequence = 0x30,
  application_0 = 0x60,  // RFC 2743, section 3.1
};

// [number], constructed: an explicit tag.
constexpr std::uint8_t der_context_tag(unsigned number) { return static_cast<std::uint8_t>(0xa0 | number); }

struct DerElement {
  std::uint8_t tag = 0;
  base::ByteView content;
  base::ByteView whole;  // with tag and length

  bool is(DerTag wanted) const { return tag == static_cast<std::uint8_t>(wanted); }
};

// Takes the element that `rest` begins with; nothing, with `rest` as it was, when it is not sound.
std::optional<DerElement> take_der(base::ByteView& rest);
// The one element that `bytes` are, of this tag.
std::optional<base::ByteView> only_der(base::ByteView bytes, DerTag tag);

// The explicitly tagged members of a SEQUENCE, which come in ascending order, each at most once.
class DerMembers {
 public:
  explicit DerMembers(base::ByteView content) : rest_(content) {}

  // The content of [number], if the next member is that one.
  std::optional<base::ByteView> take(unsigned number);
  // Nothing is left but members above `last`, which later revisions may have added (the extension markers of RFC 4178).
  bool at_end(unsigned last) const;

 private:
  base::ByteView rest_;
};

void append_der(base::Bytes& out, std::uint8_t tag, base::ByteView content);
base::Bytes make_der(std::uint8_t tag, base::ByteView content);
inline base::Bytes make_der(DerTag tag, base::ByteView content) {
  return make_der(static_cast<std::uint8_t>(tag), content);
}

}  // namespace openlsa::client::negotiate
