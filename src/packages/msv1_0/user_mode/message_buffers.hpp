// The buffers of one message. Their types count, not their order; few of them cost no allocation.
//
//   SECBUFFER_TOKEN    one: 16 bytes, the signature ([MS-NLMP] 2.2.2.9)
//   SECBUFFER_DATA     one or more: protected as one text in the order given, in place;
//                      SECBUFFER_READONLY_WITH_CHECKSUM and SECBUFFER_READONLY as ntlm/session.hpp has them
//   SECBUFFER_PADDING  NTLM needs none: its length becomes 0
//   SECBUFFER_EMPTY    passed over
// Any other type is refused: what the package does not understand it would not protect.
#pragma once

#include <openlsa/ntsecpkg.h>

#include <memory>

#include "ntlm/session.hpp"

namespace msv1_0 {

class MessageBuffers {
 public:
  enum class Use { make, check };
  // SEC_E_OK, or SEC_E_INVALID_TOKEN, SEC_E_INVALID_PARAMETER, SEC_E_BUFFER_TOO_SMALL.
  NTSTATUS read(const SecBufferDesc* descriptor, Use use);

  Segments segments() const { return {segments_, count_}; }
  Signature signature() const { return Signature(static_cast<std::uint8_t*>(token_->pvBuffer), signature_bytes); }
  void finish_token() const { token_->cbBuffer = signature_bytes; }

 private:
  static constexpr std::size_t few = 8;
  NTSTATUS take(SecBuffer& buffer);

  SecBuffer* token_ = nullptr;
  std::size_t count_ = 0;
  Segment few_[few];
  std::unique_ptr<Segment[]> many_;
  Segment* segments_ = few_;
};

}  // namespace msv1_0
