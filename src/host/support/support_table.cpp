#include "host/support/support_table.hpp"

#include "host/support/functions.hpp"

namespace openlsa::host {
namespace {

LSA_SECPKG_FUNCTION_TABLE make_table() {
  LSA_SECPKG_FUNCTION_TABLE table{};
  support::fill_unsupported(table);
  table.CreateLogonSession = support::create_logon_session;
  table.DeleteLogonSession = support::delete_logon_session;
  table.AddCredential = support::add_credential;
  table.GetCredentials = support::get_credentials;
  table.DeleteCredential = support::delete_credential;
  table.AllocateLsaHeap = support::allocate_lsa_heap;
  table.FreeLsaHeap = support::free_lsa_heap;
  table.AllocateClientBuffer = support::allocate_client_buffer;
  table.FreeClientBuffer = support::free_client_buffer;
  table.CopyToClientBuffer = support::copy_to_client_buffer;
  table.CopyFromClientBuffer = support::copy_from_client_buffer;
  table.ImpersonateClient = support::impersonate_client;
  table.DuplicateHandle = support::duplicate_handle;
  table.CreateThread = support::create_thread;
  table.GetClientInfo = support::get_client_info;
  table.CreateToken = support::create_token;
  table.AuditLogon = support::audit_logon;
  table.CallPackage = support::call_package;
  table.FreeReturnBuffer = support::free_return_buffer;
  table.GetCallInfo = support::get_call_info;
  table.CallPackageEx = support::call_package_ex;
  table.ConvertAuthDataToToken = support::convert_auth_data_to_token;
  table.ClientCallback = support::client_callback;
  table.GetAuthDataForUser = support::get_auth_data_for_user;
  table.LsaProtectMemory = support::lsa_protect_memory;
  table.LsaUnprotectMemory = support::lsa_unprotect_memory;
  table.OpenTokenByLogonId = support::open_token_by_logon_id;
  table.AllocatePrivateHeap = support::allocate_private_heap;
  table.FreePrivateHeap = support::free_private_heap;
  table.CreateTokenEx = support::create_token_ex;
  return table;
}

}  // namespace

const LSA_SECPKG_FUNCTION_TABLE& support_table() {
  static const LSA_SECPKG_FUNCTION_TABLE table = make_table();
  return table;
}

}  // namespace openlsa::host
