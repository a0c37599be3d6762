// The buffers of a handshake leg.
#pragma once

#include "lsa_mode/package.hpp"

namespace sshkey {

struct LegInput {
  View token;         // empty for none
  Fixed32 binding{};  // SHA-256 of the channel binding; zero for none
};
// The status when the descriptor or the channel binding is malformed, or a type is there twice.
std::expected<LegInput, NTSTATUS> read_input(const SecBufferDesc* buffers);

// SHA-256 of a SEC_CHANNEL_BINDINGS with its data; nothing when its offsets leave it. Both sides hash the same fields
// whatever the order of the data in their buffers.
std::optional<Fixed32> hash_channel_bindings(View bindings);

// Puts the token into the first SECBUFFER_TOKEN of `buffers`; `allocate`: into a block of the LSA heap
// (ISC_REQ_ALLOCATE_MEMORY). An empty token needs no buffer.
NTSTATUS give_token(const LSA_SECPKG_FUNCTION_TABLE& lsa, SecBufferDesc* buffers, View token, bool allocate);

}  // namespace sshkey
