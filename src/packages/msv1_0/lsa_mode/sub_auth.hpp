// MsV1_0SubAuth: bytes for a sub-authentication package, and what it returns.
#pragma once

#include <expected>

#include "common/heap_block.hpp"
#include "common/submit_buffer.hpp"
#include "lsa_mode/package.hpp"

namespace msv1_0 {

struct SubAuthReturned {
  HeapBlock block;
  ULONG size = 0;
  ByteView bytes() const { return {static_cast<const std::uint8_t*>(block.get()), size}; }
};

// An MSV1_0_SUBAUTH_REQUEST, whose buffer is given by its address in the client or by its offset in the message.
// STATUS_INVALID_PARAMETER; STATUS_DLL_NOT_FOUND: no package has this number; what the package answers.
std::expected<SubAuthReturned, NTSTATUS> ask_sub_authentication(const Package& package, const SubmitBuffer& submitted);

}  // namespace msv1_0
