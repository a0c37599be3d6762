// The entry points of the LSA-mode table, one file each or one file for what belongs together.
#pragma once

#include "common/guarded.hpp"

namespace msv1_0 {

NTSTATUS NTAPI initialize(ULONG_PTR package_id, PSECPKG_PARAMETERS parameters, PLSA_SECPKG_FUNCTION_TABLE lsa) noexcept;
NTSTATUS NTAPI shutdown_package() noexcept;
NTSTATUS NTAPI get_info(PSecPkgInfoW info) noexcept;
NTSTATUS NTAPI get_extended_information(SECPKG_EXTENDED_INFORMATION_CLASS information_class,
                                        PSECPKG_EXTENDED_INFORMATION* information) noexcept;

NTSTATUS NTAPI logon_user_ex2(PLSA_CLIENT_REQUEST request, SECURITY_LOGON_TYPE logon_type, PVOID submit_buffer,
                              PVOID client_base, ULONG submit_size, PVOID* profile_buffer, PULONG profile_size,
                              PLUID logon_id, PNTSTATUS sub_status, PLSA_TOKEN_INFORMATION_TYPE token_type,
                              PVOID* token_information, PUNICODE_STRING* account_name,
                              PUNICODE_STRING* authenticating_authority, PUNICODE_STRING* machine_name,
                              PSECPKG_PRIMARY_CRED primary_credentials,
                              PSECPKG_SUPPLEMENTAL_CRED_ARRAY* supplemental_credentials) noexcept;
VOID NTAPI logon_terminated(PLUID logon_id) noexcept;
NTSTATUS NTAPI accept_credentials(SECURITY_LOGON_TYPE logon_type, PUNICODE_STRING account_name,
                                  PSECPKG_PRIMARY_CRED primary, PSECPKG_SUPPLEMENTAL_CRED supplemental) noexcept;
NTSTATUS NTAPI call_package(PLSA_CLIENT_REQUEST request, PVOID submit_buffer, PVOID client_base, ULONG submit_size,
                            PVOID* return_buffer, PULONG return_size, PNTSTATUS protocol_status) noexcept;
NTSTATUS NTAPI call_package_untrusted(PLSA_CLIENT_REQUEST request, PVOID submit_buffer, PVOID client_base,
                                      ULONG submit_size, PVOID* return_buffer, PULONG return_size,
                                      PNTSTATUS protocol_status) noexcept;
NTSTATUS NTAPI call_package_passthrough(PLSA_CLIENT_REQUEST request, PVOID submit_buffer, PVOID client_base,
                                        ULONG submit_size, PVOID* return_buffer, PULONG return_size,
                                        PNTSTATUS protocol_status) noexcept;
NTSTATUS NTAPI change_account_password(PUNICODE_STRING domain_name, PUNICODE_STRING account_name,
                                       PUNICODE_STRING old_password, PUNICODE_STRING new_password,
                                       BOOLEAN impersonating, PSecBufferDesc output) noexcept;

NTSTATUS NTAPI acquire_credentials_handle(PUNICODE_STRING principal, ULONG use, PLUID logon_id,
                                          PVOID authorization_data, PVOID get_key_fn, PVOID get_key_argument,
                                          PLSA_SEC_HANDLE handle, PTimeStamp expiration) noexcept;
NTSTATUS NTAPI free_credentials_handle(LSA_SEC_HANDLE handle) noexcept;
NTSTATUS NTAPI query_credentials_attributes(LSA_SEC_HANDLE handle, ULONG attribute, PVOID buffer) noexcept;
NTSTATUS NTAPI init_lsa_mode_context(LSA_SEC_HANDLE credential, LSA_SEC_HANDLE context, PUNICODE_STRING target,
                                     ULONG requirements, ULONG data_representation, PSecBufferDesc input,
                                     PLSA_SEC_HANDLE new_context, PSecBufferDesc output, PULONG attributes,
                                     PTimeStamp expiration, PBOOLEAN mapped, PSecBuffer context_data) noexcept;
NTSTATUS NTAPI accept_lsa_mode_context(LSA_SEC_HANDLE credential, LSA_SEC_HANDLE context, PSecBufferDesc input,
                                       ULONG requirements, ULONG data_representation, PLSA_SEC_HANDLE new_context,
                                       PSecBufferDesc output, PULONG attributes, PTimeStamp expiration, PBOOLEAN mapped,
                                       PSecBuffer context_data) noexcept;
NTSTATUS NTAPI delete_context(LSA_SEC_HANDLE context) noexcept;

}  // namespace msv1_0
