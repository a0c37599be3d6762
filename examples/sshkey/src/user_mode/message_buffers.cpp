#include "user_mode/message_buffers.hpp"

namespace sshkey {

NTSTATUS MessageBuffers::read(const SecBufferDesc* descriptor) {
  if (descriptor == nullptr || descriptor->ulVersion != SECBUFFER_VERSION ||
      (descriptor->cBuffers != 0 && descriptor->pBuffers == nullptr))
    return SEC_E_INVALID_PARAMETER;
  descriptor_ = descriptor;
  bool have_data = false;
  for (ULONG i = 0; i < descriptor->cBuffers; ++i) {
    SecBuffer& buffer = descriptor->pBuffers[i];
    switch (type_of(buffer)) {
      case SECBUFFER_TOKEN:
        if (token_ != nullptr) return SEC_E_INVALID_TOKEN;
        token_ = &buffer;
        break;
      case SECBUFFER_DATA:
        have_data = true;
        break;
      case SECBUFFER_PADDING:
      case SECBUFFER_EMPTY:
        continue;
      default:
        return SEC_E_INVALID_TOKEN;
    }
    if (buffer.pvBuffer == nullptr && buffer.cbBuffer != 0) return SEC_E_INVALID_PARAMETER;
  }
  return token_ != nullptr && have_data ? SEC_E_OK : SEC_E_INVALID_TOKEN;
}

NTSTATUS MessageBuffers::token_to_write(std::uint8_t*& token) const {
  if (token_->cbBuffer < message_token_size) return SEC_E_BUFFER_TOO_SMALL;
  token = static_cast<std::uint8_t*>(token_->pvBuffer);
  return SEC_E_OK;
}

NTSTATUS MessageBuffers::token_to_read(const std::uint8_t*& token) const {
  if (token_->cbBuffer != message_token_size) return SEC_E_INVALID_TOKEN;
  token = static_cast<const std::uint8_t*>(token_->pvBuffer);
  return SEC_E_OK;
}

void MessageBuffers::drop_padding() const {
  for (ULONG i = 0; i < descriptor_->cBuffers; ++i)
    if (type_of(descriptor_->pBuffers[i]) == SECBUFFER_PADDING) descriptor_->pBuffers[i].cbBuffer = 0;
}

void MessageBuffers::wipe_encrypted() const {
  each(DataKind::encrypted, [](MutableView data) {
    wipe(data);
    return true;
  });
}

}  // namespace sshkey
