// What a finished handshake hands from the LSA-mode half to the user-mode half: the ContextData of the last leg. It
// crosses one machine and one build only, but the receiver still parses it like anything else that arrives.
#pragma once

#include "protocol/handshake.hpp"

namespace sshkey {

struct PackedContext {
  Role role = Role::initiator;
  bool replay_detect = false;
  bool sequence_detect = false;
  std::uint32_t attributes = 0;    // ISC_RET_* or ASC_RET_*, as the last leg returned them
  std::uint64_t token_handle = 0;  // acceptor: the client's token, already in this process; 0 for none
  std::int64_t starts = 0;         // FILETIME
  std::int64_t expires = 0;        // FILETIME
  std::string own_account;         // UTF-8
  std::string peer_account;
  std::string peer_key_fingerprint;
  Fixed32 own_authority{};
  Fixed32 peer_authority{};
  Secret seal_send, seal_receive, sign_send, sign_receive;
};

Secret encode(const PackedContext& context);
std::optional<PackedContext> decode_packed_context(View bytes);

}  // namespace sshkey
