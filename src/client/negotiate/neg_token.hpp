// The tokens of SPNEGO (RFC 4178, section 4.2; [MS-SPNG] 2.2), read completely or not at all, and written in DER.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/bytes.hpp"

namespace openlsa::client::negotiate {

// More than any peer has; a list that is longer is refused unread.
inline constexpr std::size_t max_mechanisms = 64;

enum class NegState : std::uint8_t { accept_completed = 0, accept_incomplete = 1, reject = 2, request_mic = 3 };

// NegTokenInit, and NegTokenInit2 with NegHints. Views are of the token that was read.
struct NegTokenInit {
  std::vector<base::ByteView> mechanisms;  // object identifiers, the sender's preference first
  base::ByteView mechanism_list;           // MechTypeList in DER, as it was sent: what mechListMIC protects
  std::optional<base::ByteView> token;
  std::optional<base::ByteView> mic;
  bool has_hints = false;
};

struct NegTokenResp {
  std::optional<NegState> state;
  std::optional<base::ByteView> mechanism;
  std::optional<base::ByteView> token;
  std::optional<base::ByteView> mic;
};

// Nothing for bytes that are no such token, or one whose mechanism list is empty, too long, has a mechanism twice, an
// unsound object identifier, or SPNEGO itself.
std::optional<NegTokenInit> read_neg_token_init(base::ByteView token);
std::optional<NegTokenResp> read_neg_token_resp(base::ByteView token);

// The object identifier of an initial token of the framing of RFC 2743, section 3.1; nothing when it has none.
std::optional<base::ByteView> identifier_of_initial_token(base::ByteView token);

base::Bytes make_mechanism_list(const std::vector<base::ByteView>& mechanisms);
base::Bytes write_neg_token_init(base::ByteView mechanism_list, base::ByteView token);
// What an acceptor begins with ([MS-SPNG] 3.2.5.2).
base::Bytes write_neg_hints(base::ByteView mechanism_list);
base::Bytes write_neg_token_resp(const NegTokenResp& response);

}  // namespace openlsa::client::negotiate
