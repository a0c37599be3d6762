// A context comes from the LSA-mode half or from an export, is asked for its token, and goes.
#include <openlsa/windows.h>

#include <atomic>

#include "common/guarded.hpp"
#include "user_mode/context_table.hpp"
#include "user_mode/functions.hpp"
#include "user_mode/runtime.hpp"

namespace msv1_0 {
namespace {

// Names of imported contexts; the LSA-mode half counts its own from 1.
constinit std::atomic<LSA_SEC_HANDLE> next_imported{LSA_SEC_HANDLE{1} << 62};

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

ByteView view_of(const SecBuffer& buffer) {
  return {static_cast<const std::uint8_t*>(buffer.pvBuffer), buffer.pvBuffer == nullptr ? 0 : buffer.cbBuffer};
}

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
    auto unpacked = unpack_context(view_of(*buffer));
    if (!unpacked) return SEC_E_INTERNAL_ERROR;
    TokenOwner token{unpacked->context.token_handle};
    auto context = std::make_shared<UserContext>(std::move(unpacked->context), std::move(unpacked->session));
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

// SECPKG_CONTEXT_EXPORT_DELETE_OLD is the library's to do; the token that is given stays the context's.
NTSTATUS NTAPI export_context(LSA_SEC_HANDLE handle, ULONG flags, PSecBuffer packed, PHANDLE token) noexcept {
  return guarded(SEC_E_INSUFFICIENT_MEMORY, [&]() -> NTSTATUS {
    const auto context = find_user_context(handle);
    if (!context) return SEC_E_INVALID_HANDLE;
    const PackedBytes bytes = context->pack((flags & SECPKG_CONTEXT_EXPORT_RESET_NEW) != 0);
    void* const block = allocate_heap(bytes.reveal().size());
    if (block == nullptr) return SEC_E_INSUFFICIENT_MEMORY;
    std::memcpy(block, bytes.reveal().data(), bytes.reveal().size());
    *packed = {static_cast<ULONG>(bytes.reveal().size()), SECBUFFER_TOKEN, block};
    if (token != nullptr) *token = context->token();
    return SEC_E_OK;
  });
}

NTSTATUS NTAPI import_context(PSecBuffer packed, HANDLE token, PLSA_SEC_HANDLE handle) noexcept {
  return guarded(SEC_E_INSUFFICIENT_MEMORY, [&]() -> NTSTATUS {
    auto unpacked = unpack_context(view_of(*packed));
    if (!unpacked || unpacked->context.token_handle != 0) return SEC_E_INVALID_TOKEN;
    unpacked->context.token_handle = reinterpret_cast<std::uintptr_t>(token);
    auto context = std::make_shared<UserContext>(std::move(unpacked->context), std::move(unpacked->session));
    *handle = next_imported.fetch_add(1);
    return add_user_context(*handle, std::move(context)) ? SEC_E_OK : SEC_E_INTERNAL_ERROR;
  });
}

}  // namespace msv1_0
