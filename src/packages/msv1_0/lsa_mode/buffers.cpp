#include "lsa_mode/buffers.hpp"

namespace msv1_0 {
namespace {

ULONG type_of(const SecBuffer& buffer) { return buffer.BufferType & ~SECBUFFER_ATTRMASK; }

ByteView view_of(const SecBuffer& buffer) {
  if (buffer.pvBuffer == nullptr) return {};
  return {static_cast<const std::uint8_t*>(buffer.pvBuffer), buffer.cbBuffer};
}

bool is_readable(const SecBufferDesc& buffers) {
  return buffers.ulVersion == SECBUFFER_VERSION && (buffers.cBuffers == 0 || buffers.pBuffers != nullptr);
}

SecBuffer* find_token(SecBufferDesc* buffers) {
  if (buffers == nullptr || !is_readable(*buffers)) return nullptr;
  for (ULONG i = 0; i < buffers->cBuffers; ++i)
    if (type_of(buffers->pBuffers[i]) == SECBUFFER_TOKEN) return &buffers->pBuffers[i];
  return nullptr;
}

}  // namespace

std::expected<LegInput, NTSTATUS> read_input(const SecBufferDesc* buffers) {
  LegInput input;
  if (buffers == nullptr) return input;
  if (!is_readable(*buffers)) return std::unexpected(SEC_E_INVALID_PARAMETER);
  bool have_token = false;
  for (ULONG i = 0; i < buffers->cBuffers; ++i) {
    const SecBuffer& buffer = buffers->pBuffers[i];
    if (type_of(buffer) == SECBUFFER_TOKEN) {
      if (std::exchange(have_token, true)) return std::unexpected(SEC_E_INVALID_TOKEN);
      input.token = view_of(buffer);
    } else if (type_of(buffer) == SECBUFFER_CHANNEL_BINDINGS) {
      const auto bindings = read_channel_bindings(view_of(buffer));
      if (!bindings || input.bindings) return std::unexpected(SEC_E_INVALID_PARAMETER);
      input.bindings = channel_bindings_hash(*bindings);
    }
  }
  if (input.token.size() > longest_input) return std::unexpected(SEC_E_INVALID_TOKEN);
  return input;
}

NTSTATUS give_token(const LSA_SECPKG_FUNCTION_TABLE& lsa, SecBufferDesc* buffers, ByteView token, bool allocate) {
  SecBuffer* const found = find_token(buffers);
  if (found == nullptr) return token.empty() ? SEC_E_OK : SEC_E_BUFFER_TOO_SMALL;
  if (token.empty()) {
    if (allocate) found->pvBuffer = nullptr;
  } else if (allocate) {
    found->pvBuffer = HeapBlock::of(lsa, token).hand_over();
  } else {
    if (found->pvBuffer == nullptr || found->cbBuffer < token.size()) return SEC_E_BUFFER_TOO_SMALL;
    std::memcpy(found->pvBuffer, token.data(), token.size());
  }
  found->cbBuffer = static_cast<ULONG>(token.size());
  return SEC_E_OK;
}

}  // namespace msv1_0
