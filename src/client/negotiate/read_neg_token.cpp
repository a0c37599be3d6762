#include <algorithm>

#include "client/negotiate/der.hpp"
#include "client/negotiate/neg_token.hpp"
#include "client/negotiate/object_identifier.hpp"

namespace openlsa::client::negotiate {
namespace {

struct Framed {
  base::ByteView identifier;
  base::ByteView inner;
};

std::optional<Framed> unframe(base::ByteView token) {
  auto rest = only_der(token, DerTag::application_0);
  if (!rest) return std::nullopt;
  const auto identifier = take_der(*rest);
  if (!identifier || !identifier->is(DerTag::object_identifier) || !is_object_identifier(identifier->content))
    return std::nullopt;
  return Framed{identifier->content, *rest};
}

// The content of [choice] { SEQUENCE } in NegotiationToken.
std::optional<base::ByteView> choose(base::ByteView bytes, unsigned choice) {
  const auto element = take_der(bytes);
  if (!element || element->tag != der_context_tag(choice) || !bytes.empty()) return std::nullopt;
  return only_der(element->content, DerTag::sequence);
}

// An optional member; false when it is there and not of this type.
bool take(DerMembers& members, unsigned number, DerTag tag, std::optional<base::ByteView>& out) {
  const auto member = members.take(number);
  if (!member) return true;
  out = only_der(*member, tag);
  return out.has_value();
}

bool read_mechanisms(base::ByteView list, NegTokenInit& init) {
  auto rest = only_der(list, DerTag::sequence);
  if (!rest || rest->empty()) return false;
  while (!rest->empty()) {
    const auto element = take_der(*rest);
    if (!element || !element->is(DerTag::object_identifier) || !is_object_identifier(element->content)) return false;
    const auto same = [&](base::ByteView other) { return base::equal(other, element->content); };
    if (init.mechanisms.size() == max_mechanisms || same(spnego_identifier)) return false;
    if (std::any_of(init.mechanisms.begin(), init.mechanisms.end(), same)) return false;
    init.mechanisms.push_back(element->content);
  }
  init.mechanism_list = list;
  return true;
}

// [MS-SPNG] 2.2.1: nothing of it is used, so only its form counts.
bool is_hints(base::ByteView member) {
  const auto content = only_der(member, DerTag::sequence);
  if (!content) return false;
  DerMembers members(*content);
  std::optional<base::ByteView> name, address;
  return take(members, 0, DerTag::general_string, name) && take(members, 1, DerTag::octet_string, address) &&
         members.at_end(1);
}

// [3] is mechListMIC in NegTokenInit and negHints in NegTokenInit2, whose mechListMIC is [4].
bool read_end(DerMembers& members, NegTokenInit& init) {
  if (const auto third = members.take(3)) {
    init.mic = only_der(*third, DerTag::octet_string);
    init.has_hints = !init.mic;
    if (init.has_hints && !is_hints(*third)) return false;
    if (init.has_hints && !take(members, 4, DerTag::octet_string, init.mic)) return false;
  }
  return members.at_end(init.has_hints ? 4 : 3);
}

std::optional<NegState> state_of(base::ByteView content) {
  if (content.size() != 1 || content[0] > static_cast<std::uint8_t>(NegState::request_mic)) return std::nullopt;
  return static_cast<NegState>(content[0]);
}

}  // namespace

std::optional<base::ByteView> identifier_of_initial_token(base::ByteView token) {
  const auto framed = unframe(token);
  return framed ? std::optional(framed->identifier) : std::nullopt;
}

std::optional<NegTokenInit> read_neg_token_init(base::ByteView token) {
  const auto framed = unframe(token);
  if (!framed || !base::equal(framed->identifier, spnego_identifier)) return std::nullopt;
  const auto content = choose(framed->inner, 0);
  if (!content) return std::nullopt;
  DerMembers members(*content);
  NegTokenInit init;
  const auto list = members.take(0);
  if (!list || !read_mechanisms(*list, init)) return std::nullopt;
  std::optional<base::ByteView> flags;  // reqFlags, which nothing protects: RFC 4178, 4.2.1 has them ignored
  if (!take(members, 1, DerTag::bit_string, flags) || (flags && flags->empty())) return std::nullopt;
  if (!take(members, 2, DerTag::octet_string, init.token) || !read_end(members, init)) return std::nullopt;
  return init;
}

std::optional<NegTokenResp> read_neg_token_resp(base::ByteView token) {
  const auto content = choose(token, 1);
  if (!content) return std::nullopt;
  DerMembers members(*content);
  NegTokenResp response;
  std::optional<base::ByteView> state;
  if (!take(members, 0, DerTag::enumerated, state)) return std::nullopt;
  if (state && !(response.state = state_of(*state))) return std::nullopt;
  if (!take(members, 1, DerTag::object_identifier, response.mechanism)) return std::nullopt;
  if (response.mechanism && !is_object_identifier(*response.mechanism)) return std::nullopt;
  if (!take(members, 2, DerTag::octet_string, response.token)) return std::nullopt;
  if (!take(members, 3, DerTag::octet_string, response.mic) || !members.at_end(3)) return std::nullopt;
  return response;
}

}  // namespace openlsa::client::negotiate
