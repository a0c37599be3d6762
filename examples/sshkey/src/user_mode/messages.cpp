// MakeSignature, VerifySignature, SealMessage, UnsealMessage. MessageSequenceNumber is for datagrams; here the package
// counts.
#include "common/guarded.hpp"
#include "user_mode/context_table.hpp"
#include "user_mode/functions.hpp"

namespace sshkey {
namespace {

using Operation = NTSTATUS (UserContext::*)(const MessageBuffers&);

NTSTATUS run(LSA_SEC_HANDLE handle, PSecBufferDesc descriptor, Operation operation) noexcept {
  return guarded(SEC_E_INSUFFICIENT_MEMORY, [&]() -> NTSTATUS {
    MessageBuffers message;
    if (const NTSTATUS status = message.read(descriptor); status != SEC_E_OK) return status;
    const auto context = find_user_context(handle);
    return context ? (*context.*operation)(message) : SEC_E_INVALID_HANDLE;
  });
}

// One quality of protection: SECQOP_WRAP_NO_ENCRYPT is what MakeSignature is for.
NTSTATUS protect(LSA_SEC_HANDLE handle, ULONG quality, PSecBufferDesc message, Operation operation) noexcept {
  return quality != 0 ? SEC_E_QOP_NOT_SUPPORTED : run(handle, message, operation);
}

NTSTATUS check(LSA_SEC_HANDLE handle, PSecBufferDesc message, PULONG quality, Operation operation) noexcept {
  if (quality != nullptr) *quality = 0;
  return run(handle, message, operation);
}

}  // namespace

NTSTATUS NTAPI make_signature(LSA_SEC_HANDLE handle, ULONG quality, PSecBufferDesc message, ULONG) noexcept {
  return protect(handle, quality, message, &UserContext::sign);
}

NTSTATUS NTAPI verify_signature(LSA_SEC_HANDLE handle, PSecBufferDesc message, ULONG, PULONG quality) noexcept {
  return check(handle, message, quality, &UserContext::verify);
}

NTSTATUS NTAPI seal_message(LSA_SEC_HANDLE handle, ULONG quality, PSecBufferDesc message, ULONG) noexcept {
  return protect(handle, quality, message, &UserContext::seal);
}

NTSTATUS NTAPI unseal_message(LSA_SEC_HANDLE handle, PSecBufferDesc message, ULONG, PULONG quality) noexcept {
  return check(handle, message, quality, &UserContext::unseal);
}

}  // namespace sshkey
