#pragma once

#include "lsa_mode/package.hpp"

namespace sshkey {

NTSTATUS NTAPI logon_user_ex2(PLSA_CLIENT_REQUEST request, SECURITY_LOGON_TYPE logon_type, PVOID submit_buffer,
                              PVOID client_base, ULONG submit_size, PVOID* profile_buffer, PULONG profile_size,
                              PLUID logon_id, PNTSTATUS sub_status, PLSA_TOKEN_INFORMATION_TYPE token_type,
                              PVOID* token_information, PUNICODE_STRING* account_name,
                              PUNICODE_STRING* authenticating_authority, PUNICODE_STRING* machine_name,
                              PSECPKG_PRIMARY_CRED primary_credentials,
                              PSECPKG_SUPPLEMENTAL_CRED_ARRAY* supplemental_credentials) noexcept;

// The session is over: its key goes.
VOID NTAPI logon_terminated(PLUID logon_id) noexcept;

}  // namespace sshkey
