// The support functions that are offered, by their documented types; slots that are not are in unsupported.cpp.
#pragma once

#include <openlsa/ntsecpkg.h>

namespace openlsa::host::support {

LSA_CREATE_LOGON_SESSION create_logon_session;
LSA_DELETE_LOGON_SESSION delete_logon_session;
LSA_ADD_CREDENTIAL add_credential;
LSA_GET_CREDENTIALS get_credentials;
LSA_DELETE_CREDENTIAL delete_credential;
LSA_ALLOCATE_LSA_HEAP allocate_lsa_heap;
LSA_FREE_LSA_HEAP free_lsa_heap;
LSA_ALLOCATE_PRIVATE_HEAP allocate_private_heap;
LSA_FREE_PRIVATE_HEAP free_private_heap;
LSA_ALLOCATE_CLIENT_BUFFER allocate_client_buffer;
LSA_FREE_CLIENT_BUFFER free_client_buffer;
LSA_COPY_TO_CLIENT_BUFFER copy_to_client_buffer;
LSA_COPY_FROM_CLIENT_BUFFER copy_from_client_buffer;
LSA_IMPERSONATE_CLIENT impersonate_client;
LSA_DUPLICATE_HANDLE duplicate_handle;
LSA_CREATE_THREAD create_thread;
LSA_GET_CLIENT_INFO get_client_info;
LSA_GET_CALL_INFO get_call_info;
LSA_CREATE_TOKEN create_token;
LSA_CREATE_TOKEN_EX create_token_ex;
LSA_AUDIT_LOGON audit_logon;
LSA_CALL_PACKAGE call_package;
LSA_CALL_PACKAGEEX call_package_ex;
LSA_FREE_LSA_HEAP free_return_buffer;
LSA_GET_AUTH_DATA_FOR_USER get_auth_data_for_user;
LSA_CONVERT_AUTH_DATA_TO_TOKEN convert_auth_data_to_token;
LSA_CLIENT_CALLBACK client_callback;
LSA_PROTECT_MEMORY lsa_protect_memory;
LSA_PROTECT_MEMORY lsa_unprotect_memory;
LSA_OPEN_TOKEN_BY_LOGON_ID open_token_by_logon_id;

// Fills the slots of functions that are not there yet: each answers as its type allows (support_table.hpp).
void fill_unsupported(LSA_SECPKG_FUNCTION_TABLE& table);

}  // namespace openlsa::host::support
