// The slots of SECPKG_USER_FUNCTION_TABLE that this package fills.
#pragma once

#include <openlsa/ntsecpkg.h>
#include <openlsa/ntstatus.h>

namespace msv1_0 {

NTSTATUS NTAPI instance_init(ULONG version, PSECPKG_DLL_FUNCTIONS functions, PVOID* user_functions) noexcept;
NTSTATUS NTAPI init_user_mode_context(LSA_SEC_HANDLE handle, PSecBuffer packed) noexcept;
NTSTATUS NTAPI delete_user_mode_context(LSA_SEC_HANDLE handle) noexcept;
NTSTATUS NTAPI make_signature(LSA_SEC_HANDLE handle, ULONG quality, PSecBufferDesc message, ULONG sequence) noexcept;
NTSTATUS NTAPI verify_signature(LSA_SEC_HANDLE handle, PSecBufferDesc message, ULONG sequence, PULONG quality) noexcept;
NTSTATUS NTAPI seal_message(LSA_SEC_HANDLE handle, ULONG quality, PSecBufferDesc message, ULONG sequence) noexcept;
NTSTATUS NTAPI unseal_message(LSA_SEC_HANDLE handle, PSecBufferDesc message, ULONG sequence, PULONG quality) noexcept;
NTSTATUS NTAPI get_context_token(LSA_SEC_HANDLE handle, PHANDLE token) noexcept;
NTSTATUS NTAPI query_context_attributes(LSA_SEC_HANDLE handle, ULONG attribute, PVOID buffer) noexcept;
NTSTATUS NTAPI export_context(LSA_SEC_HANDLE handle, ULONG flags, PSecBuffer packed, PHANDLE token) noexcept;
NTSTATUS NTAPI import_context(PSecBuffer packed, HANDLE token, PLSA_SEC_HANDLE handle) noexcept;

}  // namespace msv1_0
