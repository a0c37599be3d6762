// The entry point of the package in the authority, and its table.
#include "lsa_mode/functions.hpp"

namespace msv1_0 {
namespace {

// A slot that is not named is NULL: not implemented.
SECPKG_FUNCTION_TABLE table = {
    .CallPackage = call_package,
    .LogonTerminated = logon_terminated,
    .CallPackageUntrusted = call_package_untrusted,
    .CallPackagePassthrough = call_package_passthrough,
    .LogonUserEx2 = logon_user_ex2,
    .Initialize = initialize,
    .Shutdown = shutdown_package,
    .GetInfo = get_info,
    .AcceptCredentials = accept_credentials,
    .AcquireCredentialsHandle = acquire_credentials_handle,
    .QueryCredentialsAttributes = query_credentials_attributes,
    .FreeCredentialsHandle = free_credentials_handle,
    .InitLsaModeContext = init_lsa_mode_context,
    .AcceptLsaModeContext = accept_lsa_mode_context,
    .DeleteContext = delete_context,
    .GetExtendedInformation = get_extended_information,
    .ChangeAccountPassword = change_account_password,
};

}  // namespace
}  // namespace msv1_0

extern "C" __attribute__((visibility("default"))) NTSTATUS NTAPI SpLsaModeInitialize(ULONG lsa_version,
                                                                                     PULONG package_version,
                                                                                     PSECPKG_FUNCTION_TABLE* tables,
                                                                                     PULONG table_count) {
  if (package_version == nullptr || tables == nullptr || table_count == nullptr ||
      lsa_version < SECPKG_INTERFACE_VERSION)
    return STATUS_INVALID_PARAMETER;
  *package_version = SECPKG_INTERFACE_VERSION_10;
  *tables = &msv1_0::table;
  *table_count = 1;
  return STATUS_SUCCESS;
}
