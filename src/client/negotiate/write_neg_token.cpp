#include "client/negotiate/der.hpp"
#include "client/negotiate/neg_token.hpp"
#include "client/negotiate/object_identifier.hpp"

namespace openlsa::client::negotiate {
namespace {

// [MS-SPNG] 2.2.1: the name that peers of RFC 4178 are to ignore.
constexpr std::string_view hint_name = "not_defined_in_RFC4178@please_ignore";

void append_member(base::Bytes& out, unsigned number, DerTag tag, base::ByteView content) {
  append_der(out, der_context_tag(number), make_der(tag, content));
}

base::Bytes frame_init(base::ByteView members) {
  base::Bytes content = make_der(DerTag::object_identifier, spnego_identifier);
  append_der(content, der_context_tag(0), make_der(DerTag::sequence, members));
  return make_der(DerTag::application_0, content);
}

}  // namespace

base::Bytes make_mechanism_list(const std::vector<base::ByteView>& mechanisms) {
  base::Bytes content;
  for (const base::ByteView mechanism : mechanisms)
    append_der(content, static_cast<std::uint8_t>(DerTag::object_identifier), mechanism);
  return make_der(DerTag::sequence, content);
}

base::Bytes write_neg_token_init(base::ByteView mechanism_list, base::ByteView token) {
  base::Bytes members;
  append_der(members, der_context_tag(0), mechanism_list);
  if (!token.empty()) append_member(members, 2, DerTag::octet_string, token);
  return frame_init(members);
}

base::Bytes write_neg_hints(base::ByteView mechanism_list) {
  base::Bytes name, members;
  append_member(name, 0, DerTag::general_string, base::as_bytes(hint_name));
  append_der(members, der_context_tag(0), mechanism_list);
  append_member(members, 3, DerTag::sequence, name);
  return frame_init(members);
}

base::Bytes write_neg_token_resp(const NegTokenResp& response) {
  base::Bytes members;
  if (response.state) {
    const auto state = static_cast<std::uint8_t>(*response.state);
    append_member(members, 0, DerTag::enumerated, {&state, 1});
  }
  if (response.mechanism) append_member(members, 1, DerTag::object_identifier, *response.mechanism);
  if (response.token) append_member(members, 2, DerTag::octet_string, *response.token);
  if (response.mic) append_member(members, 3, DerTag::octet_string, *response.mic);
  return make_der(der_context_tag(1), make_der(DerTag::sequence, members));
}

}  // namespace openlsa::client::negotiate
