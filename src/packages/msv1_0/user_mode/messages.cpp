// SpMakeSignature, SpVerifySignature, SpSealMessage, SpUnsealMessage. MessageSequenceNumber counts in datagram
// contexts.
#include "common/guarded.hpp"
#include "user_mode/context_table.hpp"
#include "user_mode/functions.hpp"

namespace msv1_0 {
namespace {

using Operation = NTSTATUS (UserContext::*)(const MessageBuffers&, ULONG sequence);
using Use = MessageBuffers::Use;

NTSTATUS run(LSA_SEC_HANDLE handle, PSecBufferDesc descriptor, Use use, Operation operation, ULONG sequence) noexcept {
  return guarded(SEC_E_INSUFFICIENT_MEMORY, [&]() -> NTSTATUS {
    MessageBuffers message;
    if (const NTSTATUS status = message.read(descriptor, use); status != SEC_E_OK) return status;
    const auto context = find_user_context(handle);
    return context ? (*context.*operation)(message, sequence) : SEC_E_INVALID_HANDLE;
  });
}

}  // namespace

NTSTATUS NTAPI make_signature(LSA_SEC_HANDLE handle, ULONG quality, PSecBufferDesc message, ULONG sequence) noexcept {
  return quality != 0 ? SEC_E_QOP_NOT_SUPPORTED : run(handle, message, Use::make, &UserContext::sign, sequence);
}

NTSTATUS NTAPI verify_signature(LSA_SEC_HANDLE handle, PSecBufferDesc message, ULONG sequence,
                                PULONG quality) noexcept {
  if (quality != nullptr) *quality = 0;
  return run(handle, message, Use::check, &UserContext::verify, sequence);
}

// Nothing in a message says whether it is sealed, so SECQOP_WRAP_NO_ENCRYPT is what MakeSignature is for.
NTSTATUS NTAPI seal_message(LSA_SEC_HANDLE handle, ULONG quality, PSecBufferDesc message, ULONG sequence) noexcept {
  return quality != 0 ? SEC_E_QOP_NOT_SUPPORTED : run(handle, message, Use::make, &UserContext::seal, sequence);
}

NTSTATUS NTAPI unseal_message(LSA_SEC_HANDLE handle, PSecBufferDesc message, ULONG sequence, PULONG quality) noexcept {
  if (quality != nullptr) *quality = 0;
  return run(handle, message, Use::check, &UserContext::unseal, sequence);
}

}  // namespace msv1_0
