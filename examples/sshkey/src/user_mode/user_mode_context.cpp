// A context comes from the LSA-mode half, is asked for its token, and goes.
#include <openlsa/windows.h>

#include "common/guarded.hpp"
#include "user_mode/context_table.hpp"
#include "user_mode/functions.hpp"
#include "user_mode/runtime.hpp"

namespace sshkey {
namespace {

struct PackedOwner {
  SecBuffer& packed;
  ~PackedOwner() { free_packed_context(packed); }
};

struct TokenOwner {
  std::uint64_t token;
  ~TokenOwner() {
    if (token != 0) CloseHandle(reinterpret_cast<HANDLE>(static_cast<std::uintptr_t>(token)));
  }
};

}  // namespace

NTSTATUS NTAPI instance_init(ULONG, PSECPKG_DLL_FUNCTIONS functions, PVOID* user_functions) noexcept {
  if (functions == nullptr) return STATUS_INVALID_PARAMETER;
  set_runtime(functions);
  if (user_functions != nullptr) *user_functions = nullptr;
  return STATUS_SUCCESS;
}

NTSTATUS NTAPI init_user_mode_context(LSA_SEC_HANDLE handle, PSecBuffer buffer) noexcept {
  return guarded(STATUS_INSUFFICIENT_RESOURCES, [&]() -> NTSTATUS {
    if (buffer == nullptr || buffer->pvBuffer == nullptr) return STATUS_INVALID_PARAMETER;
    const PackedOwner owner{*buffer};
    auto packed = decode_packed_context({static_cast<const std::uint8_t*>(buffer->pvBuffer), buffer->cbBuffer});
    if (!packed) return SEC_E_INTERNAL_ERROR;
    TokenOwner token{packed->token_handle};
    auto context = std::make_shared<UserContext>(std::move(*packed));
    token.token = 0;
    return add_user_context(handle, std::move(context)) ? STATUS_SUCCESS : STATUS_INVALID_PARAMETER;
  });
}

NTSTATUS NTAPI delete_user_mode_context(LSA_SEC_HANDLE handle) noexcept {
  return guarded(SEC_E_INSUFFICIENT_MEMORY,
                 [&]() -> NTSTATUS { return take_user_context(handle) ? SEC_E_OK : SEC_E_INVALID_HANDLE; });
}

// The handle stays the context's (SpGetContextToken).
NTSTATUS NTAPI get_context_token(LSA_SEC_HANDLE handle, PHANDLE token) noexcept {
  return guarded(SEC_E_INSUFFICIENT_MEMORY, [&]() -> NTSTATUS {
    const auto context = find_user_context(handle);
    if (!context) return SEC_E_INVALID_HANDLE;
    if (context->token() == nullptr) return SEC_E_NO_IMPERSONATION;  // the initiator's side
    *token = context->token();
    return SEC_E_OK;
  });
}

}  // namespace sshkey
