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
  table.RegisterNotification = support::register_notification;
  table.CancelNotification = support::cancel_notification;
  table.MapBuffer = support::map_buffer;
  table.CreateToken = support::create_token;
  table.AuditLogon = support::audit_logon;
  table.CallPackage = support::call_package;
  table.FreeReturnBuffer = support::free_return_buffer;
  table.GetCallInfo = support::get_call_info;
  table.CallPackageEx = support::call_package_ex;
  table.ConvertAuthDataToToken = support::convert_auth_data_to_token;
  table.ClientCallback = support::client_callback;
  table.UpdateCredentials = support::update_credentials;
  table.GetAuthDataForUser = support::get_auth_data_for_user;
  table.CallPackagePassthrough = support::call_package_passthrough;
  table.LsaProtectMemory = support::lsa_protect_memory;
  table.LsaUnprotectMemory = support::lsa_unprotect_memory;
  table.OpenTokenByLogonId = support::open_token_by_logon_id;
  table.AllocatePrivateHeap = support::allocate_private_heap;
  table.FreePrivateHeap = support::free_private_heap;
  table.CreateTokenEx = support::create_token_ex;
  table.UnloadPackage = support::unload_package;
  table.CreateSharedMemory = support::create_shared_memory;
  table.AllocateSharedMemory = support::allocate_shared_memory;
  table.FreeSharedMemory = support::free_shared_memory;
  table.DeleteSharedMemory = support::delete_shared_memory;
  table.OpenSamUser = support::open_sam_user;
  table.GetUserCredentials = support::get_user_credentials;
  table.GetUserAuthData = support::get_user_auth_data;
  table.CloseSamUser = support::close_sam_user;
  table.CrackSingleName = support::crack_single_name;
  table.AuditAccountLogon = support::audit_account_logon;
  table.CrediRead = support::credi_read;
  table.CrediReadDomainCredentials = support::credi_read_domain_credentials;
  table.CrediFreeCredentials = support::credi_free_credentials;
  table.ExpandAuthDataForDomain = support::expand_auth_data_for_domain;
  table.CrediWrite = support::credi_write;
  table.GetExtendedCallFlags = support::get_extended_call_flags;
  table.DuplicateTokenHandle = support::duplicate_handle;  // which takes no other handles
  table.GetServiceAccountPassword = support::get_service_account_password;
  table.AuditLogonEx = support::audit_logon_ex;
  table.CheckProtectedUserByToken = support::check_protected_user_by_token;
  table.QueryClientRequest = support::query_client_request;
  table.GetAppModeInfo = support::get_app_mode_info;
  table.SetAppModeInfo = support::set_app_mode_info;
  return table;
}

}  // namespace

const LSA_SECPKG_FUNCTION_TABLE& support_table() {
  static const LSA_SECPKG_FUNCTION_TABLE table = make_table();
  return table;
}

}  // namespace openlsa::host
