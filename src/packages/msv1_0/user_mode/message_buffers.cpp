#include "user_mode/message_buffers.hpp"

namespace msv1_0 {
namespace {

ULONG type_of(const SecBuffer& buffer) { return buffer.BufferType & ~SECBUFFER_ATTRMASK; }

Cover cover_of(const SecBuffer& buffer) {
  if ((buffer.BufferType & SECBUFFER_READONLY_WITH_CHECKSUM) != 0) return Cover::sign;
  return (buffer.BufferType & SECBUFFER_READONLY) != 0 ? Cover::read_only : Cover::seal;
}

}  // namespace

NTSTATUS MessageBuffers::take(SecBuffer& buffer) {
  switch (type_of(buffer)) {
    case SECBUFFER_TOKEN:
      if (token_ != nullptr) return SEC_E_INVALID_TOKEN;
      token_ = &buffer;
      return SEC_E_OK;
    case SECBUFFER_DATA:
      if (buffer.pvBuffer == nullptr && buffer.cbBuffer != 0) return SEC_E_INVALID_PARAMETER;
      segments_[count_++] = {{static_cast<std::uint8_t*>(buffer.pvBuffer), buffer.cbBuffer}, cover_of(buffer)};
      return SEC_E_OK;
    case SECBUFFER_PADDING:
      buffer.cbBuffer = 0;
      return SEC_E_OK;
    case SECBUFFER_EMPTY:
      return SEC_E_OK;
    default:
      return SEC_E_INVALID_TOKEN;
  }
}

NTSTATUS MessageBuffers::read(const SecBufferDesc* descriptor, Use use) {
  if (descriptor == nullptr || descriptor->ulVersion != SECBUFFER_VERSION ||
      (descriptor->cBuffers != 0 && descriptor->pBuffers == nullptr))
    return SEC_E_INVALID_PARAMETER;
  if (descriptor->cBuffers > few) {
    many_ = std::make_unique<Segment[]>(descriptor->cBuffers);
    segments_ = many_.get();
  }
  for (ULONG i = 0; i < descriptor->cBuffers; ++i)
    if (const NTSTATUS status = take(descriptor->pBuffers[i]); status != SEC_E_OK) return status;
  if (token_ == nullptr || count_ == 0) return SEC_E_INVALID_TOKEN;
  if (token_->pvBuffer == nullptr) return token_->cbBuffer != 0 ? SEC_E_INVALID_PARAMETER : SEC_E_BUFFER_TOO_SMALL;
  if (use == Use::check) return token_->cbBuffer == signature_bytes ? SEC_E_OK : SEC_E_INVALID_TOKEN;
  return token_->cbBuffer >= signature_bytes ? SEC_E_OK : SEC_E_BUFFER_TOO_SMALL;
}

}  // namespace msv1_0
