#include "lsa_mode/buffers.hpp"

#include "core/wire.hpp"
#include "lsa_mode/heap_block.hpp"

namespace sshkey {
namespace {

ULONG type_of(const SecBuffer& buffer) { return buffer.BufferType & ~SECBUFFER_ATTRMASK; }

View view_of(const SecBuffer& buffer) {
  if (buffer.pvBuffer == nullptr) return {};
  return {static_cast<const std::uint8_t*>(buffer.pvBuffer), buffer.cbBuffer};
}

bool is_readable(const SecBufferDesc& buffers) {
  return buffers.ulVersion == SECBUFFER_VERSION && (buffers.cBuffers == 0 || buffers.pBuffers != nullptr);
}

}  // namespace

std::optional<Fixed32> hash_channel_bindings(View bytes) {
  SEC_CHANNEL_BINDINGS head{};
  if (bytes.size() < sizeof head) return std::nullopt;
  std::memcpy(&head, bytes.data(), sizeof head);
  bool fits = true;
  const auto part = [&](ULONG offset, ULONG size) -> View {
    if (size == 0) return {};
    if (offset < sizeof head || offset > bytes.size() || size > bytes.size() - offset) {
      fits = false;
      return {};
    }
    return bytes.subspan(offset, size);
  };
  Writer writer;
  writer.u32(head.dwInitiatorAddrType).string(part(head.dwInitiatorOffset, head.cbInitiatorLength));
  writer.u32(head.dwAcceptorAddrType).string(part(head.dwAcceptorOffset, head.cbAcceptorLength));
  writer.string(part(head.dwApplicationDataOffset, head.cbApplicationDataLength));
  if (!fits) return std::nullopt;
  return sha256({writer.bytes()});
}

std::expected<LegInput, NTSTATUS> read_input(const SecBufferDesc* buffers) {
  LegInput input;
  if (buffers == nullptr) return input;
  if (!is_readable(*buffers)) return std::unexpected(SEC_E_INVALID_PARAMETER);
  bool have_token = false;
  bool have_binding = false;
  for (ULONG i = 0; i < buffers->cBuffers; ++i) {
    const SecBuffer& buffer = buffers->pBuffers[i];
    if (type_of(buffer) == SECBUFFER_TOKEN) {
      if (std::exchange(have_token, true)) return std::unexpected(SEC_E_INVALID_TOKEN);
      input.token = view_of(buffer);
    } else if (type_of(buffer) == SECBUFFER_CHANNEL_BINDINGS) {
      if (std::exchange(have_binding, true)) return std::unexpected(SEC_E_INVALID_PARAMETER);
      const auto hash = hash_channel_bindings(view_of(buffer));
      if (!hash) return std::unexpected(SEC_E_INVALID_PARAMETER);
      input.binding = *hash;
    }
  }
  if (input.token.size() > max_handshake_message) return std::unexpected(SEC_E_INVALID_TOKEN);
  return input;
}

NTSTATUS give_token(const LSA_SECPKG_FUNCTION_TABLE& lsa, SecBufferDesc* buffers, View token, bool allocate) {
  SecBuffer* found = nullptr;
  if (buffers != nullptr && is_readable(*buffers))
    for (ULONG i = 0; i < buffers->cBuffers && found == nullptr; ++i)
      if (type_of(buffers->pBuffers[i]) == SECBUFFER_TOKEN) found = &buffers->pBuffers[i];
  if (found == nullptr) return token.empty() ? SEC_E_OK : SEC_E_BUFFER_TOO_SMALL;
  if (token.empty()) {
    if (allocate) found->pvBuffer = nullptr;
    found->cbBuffer = 0;
    return SEC_E_OK;
  }
  if (allocate) {
    found->pvBuffer = HeapBlock(lsa, token).hand_over();
  } else {
    if (found->pvBuffer == nullptr || found->cbBuffer < token.size()) return SEC_E_BUFFER_TOO_SMALL;
    std::memcpy(found->pvBuffer, token.data(), token.size());
  }
  found->cbBuffer = static_cast<ULONG>(token.size());
  return SEC_E_OK;
}

}  // namespace sshkey
