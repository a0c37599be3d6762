// Credential handles: names for the session key of the caller's logon session.
#pragma once

#include "lsa_mode/package.hpp"

namespace sshkey {

NTSTATUS NTAPI accept_credentials(SECURITY_LOGON_TYPE logon_type, PUNICODE_STRING account_name,
                                  PSECPKG_PRIMARY_CRED primary, PSECPKG_SUPPLEMENTAL_CRED supplemental) noexcept;
NTSTATUS NTAPI acquire_credentials_handle(PUNICODE_STRING principal, ULONG use, PLUID logon_id,
                                          PVOID authorization_data, PVOID get_key, PVOID get_key_argument,
                                          PLSA_SEC_HANDLE handle, PTimeStamp expiration) noexcept;
NTSTATUS NTAPI free_credentials_handle(LSA_SEC_HANDLE handle) noexcept;
NTSTATUS NTAPI query_credentials_attributes(LSA_SEC_HANDLE handle, ULONG attribute, PVOID buffer) noexcept;

}  // namespace sshkey
