// The buffers of one message. Their types count, not their order; nothing here allocates.
//
//   SECBUFFER_TOKEN    one: message_token_size bytes, the sequence number and the tag
//   SECBUFFER_DATA     one or more: protected as one text in the order given, encrypted in place;
//                      with SECBUFFER_READONLY_WITH_CHECKSUM authenticated but neither encrypted nor written to,
//                      with SECBUFFER_READONLY alone left out altogether, as documented ("no checksum")
//   SECBUFFER_PADDING  AES-GCM needs none: its length becomes 0
//   SECBUFFER_EMPTY    passed over
//
// Any other type is refused: what the package does not understand it would not protect.
#pragma once

#include <openlsa/ntsecpkg.h>

#include "protocol/protection.hpp"

namespace sshkey {

enum class DataKind { encrypted, associated, left_out };

class MessageBuffers {
 public:
  // SEC_E_OK, or SEC_E_INVALID_TOKEN, SEC_E_INVALID_PARAMETER.
  NTSTATUS read(const SecBufferDesc* descriptor);

  // Puts the token's place into `token`: SEC_E_BUFFER_TOO_SMALL when it does not fit.
  NTSTATUS token_to_write(std::uint8_t*& token) const;
  void set_token_size() const { token_->cbBuffer = message_token_size; }
  // SEC_E_INVALID_TOKEN unless its length is exactly that of a token.
  NTSTATUS token_to_read(const std::uint8_t*& token) const;

  // body(MutableView) for each DATA buffer of that kind; ends with the first false.
  template <class Body>
  bool each(DataKind kind, Body&& body) const {
    for (ULONG i = 0; i < descriptor_->cBuffers; ++i) {
      const SecBuffer& buffer = descriptor_->pBuffers[i];
      if (type_of(buffer) == SECBUFFER_DATA && kind_of(buffer) == kind && buffer.cbBuffer != 0 &&
          !body(MutableView(static_cast<std::uint8_t*>(buffer.pvBuffer), buffer.cbBuffer)))
        return false;
    }
    return true;
  }
  void drop_padding() const;
  // What did not prove authentic must not look like a message.
  void wipe_encrypted() const;

 private:
  static ULONG type_of(const SecBuffer& buffer) { return buffer.BufferType & ~SECBUFFER_ATTRMASK; }
  static DataKind kind_of(const SecBuffer& buffer) {
    if ((buffer.BufferType & SECBUFFER_READONLY_WITH_CHECKSUM) != 0) return DataKind::associated;
    return (buffer.BufferType & SECBUFFER_READONLY) != 0 ? DataKind::left_out : DataKind::encrypted;
  }
  const SecBufferDesc* descriptor_ = nullptr;
  SecBuffer* token_ = nullptr;
};

}  // namespace sshkey
