// The entry point of the package in an application, and its table.
#include "user_mode/functions.hpp"

namespace msv1_0 {
namespace {

// A slot that is not named is NULL: not implemented.
SECPKG_USER_FUNCTION_TABLE table = {
    .InstanceInit = instance_init,
    .InitUserModeContext = init_user_mode_context,
    .MakeSignature = make_signature,
    .VerifySignature = verify_signature,
    .SealMessage = seal_message,
    .UnsealMessage = unseal_message,
    .GetContextToken = get_context_token,
    .QueryContextAttributes = query_context_attributes,
    .DeleteUserModeContext = delete_user_mode_context,
    .ExportContext = export_context,
    .ImportContext = import_context,
};

}  // namespace
}  // namespace msv1_0

extern "C" __attribute__((visibility("default"))) NTSTATUS NTAPI SpUserModeInitialize(
    ULONG lsa_version, PULONG package_version, PSECPKG_USER_FUNCTION_TABLE* tables, PULONG table_count) {
  if (package_version == nullptr || tables == nullptr || table_count == nullptr ||
      lsa_version < SECPKG_INTERFACE_VERSION)
    return STATUS_INVALID_PARAMETER;
  *package_version = SECPKG_INTERFACE_VERSION_10;
  *tables = &msv1_0::table;
  *table_count = 1;
  return STATUS_SUCCESS;
}
