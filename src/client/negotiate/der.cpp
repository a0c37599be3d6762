#include "client/negotiate/der.hpp"

namespace openlsa::client::negotiate {
namespace {

constexpr std::uint8_t high_tag = 0x1f;  // further octets of the tag would follow
constexpr std::uint8_t long_form = 0x80;
constexpr std::size_t max_length_octets = 4;

// X.690, 8.1.3 and 10.1: indefinite lengths and lengths that could be said shorter are none.
std::optional<std::size_t> take_length(base::ByteView& rest) {
  if (rest.empty()) return std::nullopt;
  const std::uint8_t first = rest[0];
  rest = rest.subspan(1);
  if (first < long_form) return first;
  const std::size_t octets = first & 0x7f;
  if (octets == 0 || octets > max_length_octets || octets > rest.size() || rest[0] == 0) return std::nullopt;
  std::size_t length = 0;
  for (std::size_t i = 0; i < octets; ++i) length = length << 8 | rest[i];
  rest = rest.subspan(octets);
  if (length < long_form) return std::nullopt;
  return length;
}

void append_length(base::Bytes& out, std::size_t length) {
  if (length < long_form) {
    out.push_back(static_cast<std::uint8_t>(length));
    return;
  }
  unsigned octets = 1;
  while (octets < sizeof length && length >> (8 * octets) != 0) ++octets;
  out.push_back(static_cast<std::uint8_t>(long_form | octets));
  while (octets-- != 0) out.push_back(static_cast<std::uint8_t>(length >> (8 * octets)));
}

}  // namespace

std::optional<DerElement> take_der(base::ByteView& rest) {
  if (rest.empty() || (rest[0] & high_tag) == high_tag) return std::nullopt;
  base::ByteView after = rest.subspan(1);
  const auto length = take_length(after);
  if (!length || *length > after.size()) return std::nullopt;
  const DerElement element{rest[0], after.first(*length), rest.first(rest.size() - after.size() + *length)};
  rest = after.subspan(*length);
  return element;
}

std::optional<base::ByteView> only_der(base::ByteView bytes, DerTag tag) {
  const auto element = take_der(bytes);
  if (!element || !element->is(tag) || !bytes.empty()) return std::nullopt;
  return element->content;
}

std::optional<base::ByteView> DerMembers::take(unsigned number) {
  base::ByteView after = rest_;
  const auto element = take_der(after);
  if (!element || element->tag != der_context_tag(number)) return std::nullopt;
  rest_ = after;
  return element->content;
}

bool DerMembers::at_end(unsigned last) const {
  std::uint8_t before = der_context_tag(last);
  base::ByteView rest = rest_;
  while (!rest.empty()) {
    const auto element = take_der(rest);
    if (!element || element->tag <= before || element->tag >= der_context_tag(high_tag)) return false;
    before = element->tag;
  }
  return true;
}

void append_der(base::Bytes& out, std::uint8_t tag, base::ByteView content) {
  out.push_back(tag);
  append_length(out, content.size());
  out.insert(out.end(), content.begin(), content.end());
}

base::Bytes make_der(std::uint8_t tag, base::ByteView content) {
  base::Bytes out;
  out.reserve(content.size() + 6);
  append_der(out, tag, content);
  return out;
}

}  // namespace openlsa::client::negotiate
