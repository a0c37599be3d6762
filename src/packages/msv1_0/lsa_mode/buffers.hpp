// The buffers of a leg: the peer's token, channel bindings, and where our token goes.
#pragma once

#include <expected>

#include "common/heap_block.hpp"
#include "ntlm/channel_bindings.hpp"

namespace msv1_0 {

inline constexpr std::size_t longest_input = 0x10000;  // the fields of a message count in 16 bits

struct LegInput {
  ByteView token;
  std::optional<BindingsHash> bindings;
};

// SEC_E_INVALID_TOKEN: two tokens, or one that is too long. SEC_E_INVALID_PARAMETER: a descriptor that is none, or
// bindings that leave their buffer.
std::expected<LegInput, NTSTATUS> read_input(const SecBufferDesc* buffers);

// Puts the token into its buffer, or a block of the LSA heap (`allocate`). SEC_E_BUFFER_TOO_SMALL. An empty token asks
// for no buffer; one that is there says so.
NTSTATUS give_token(const LSA_SECPKG_FUNCTION_TABLE& lsa, SecBufferDesc* buffers, ByteView token, bool allocate);

}  // namespace msv1_0
