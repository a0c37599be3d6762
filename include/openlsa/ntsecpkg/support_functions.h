/* The functions that the LSA offers to packages (LSA_SECPKG_FUNCTION_TABLE): 63 slots. The LSA always hands out the
 * whole table; a function that it does not have answers STATUS_NOT_SUPPORTED. */
#ifndef OPENLSA_NTSECPKG_SUPPORT_FUNCTIONS_H
#define OPENLSA_NTSECPKG_SUPPORT_FUNCTIONS_H

#include "support_types.h"

EXTERN_C_START

typedef struct _LSA_SECPKG_FUNCTION_TABLE {
  PLSA_CREATE_LOGON_SESSION CreateLogonSession; /* 0 */
  PLSA_DELETE_LOGON_SESSION DeleteLogonSession;
  PLSA_ADD_CREDENTIAL AddCredential;
  PLSA_GET_CREDENTIALS GetCredentials;
  PLSA_DELETE_CREDENTIAL DeleteCredential;
  PLSA_ALLOCATE_LSA_HEAP AllocateLsaHeap; /* 5 */
  PLSA_FREE_LSA_HEAP FreeLsaHeap;
  PLSA_ALLOCATE_CLIENT_BUFFER AllocateClientBuffer;
  PLSA_FREE_CLIENT_BUFFER FreeClientBuffer;
  PLSA_COPY_TO_CLIENT_BUFFER CopyToClientBuffer;
  PLSA_COPY_FROM_CLIENT_BUFFER CopyFromClientBuffer; /* 10; here LSA_DISPATCH_TABLE ends */
  PLSA_IMPERSONATE_CLIENT ImpersonateClient;
  PLSA_UNLOAD_PACKAGE UnloadPackage;
  PLSA_DUPLICATE_HANDLE DuplicateHandle;
  PLSA_SAVE_SUPPLEMENTAL_CREDENTIALS SaveSupplementalCredentials;
  PLSA_CREATE_THREAD CreateThread; /* 15 */
  PLSA_GET_CLIENT_INFO GetClientInfo;
  PLSA_REGISTER_NOTIFICATION RegisterNotification;
  PLSA_CANCEL_NOTIFICATION CancelNotification;
  PLSA_MAP_BUFFER MapBuffer;
  PLSA_CREATE_TOKEN CreateToken; /* 20 */
  PLSA_AUDIT_LOGON AuditLogon;
  PLSA_CALL_PACKAGE CallPackage;
  PLSA_FREE_LSA_HEAP FreeReturnBuffer;
  PLSA_GET_CALL_INFO GetCallInfo;
  PLSA_CALL_PACKAGEEX CallPackageEx; /* 25 */
  PLSA_CREATE_SHARED_MEMORY CreateSharedMemory;
  PLSA_ALLOCATE_SHARED_MEMORY AllocateSharedMemory;
  PLSA_FREE_SHARED_MEMORY FreeSharedMemory;
  PLSA_DELETE_SHARED_MEMORY DeleteSharedMemory;
  PLSA_OPEN_SAM_USER OpenSamUser; /* 30 */
  PLSA_GET_USER_CREDENTIALS GetUserCredentials;
  PLSA_GET_USER_AUTH_DATA GetUserAuthData;
  PLSA_CLOSE_SAM_USER CloseSamUser;
  PLSA_CONVERT_AUTH_DATA_TO_TOKEN ConvertAuthDataToToken;
  PLSA_CLIENT_CALLBACK ClientCallback; /* 35 */
  PLSA_UPDATE_PRIMARY_CREDENTIALS UpdateCredentials;
  PLSA_GET_AUTH_DATA_FOR_USER GetAuthDataForUser;
  PLSA_CRACK_SINGLE_NAME CrackSingleName;
  PLSA_AUDIT_ACCOUNT_LOGON AuditAccountLogon;
  PLSA_CALL_PACKAGE_PASSTHROUGH CallPackagePassthrough; /* 40 */
  /* Windows calls the Credi slots DummyFunction1 to 5 where wincred.h is not included. */
  OPENLSA_EXTENSION union {
    CredReadFn *CrediRead;
    CredReadFn *DummyFunction1;
  };
  OPENLSA_EXTENSION union {
    CredReadDomainCredentialsFn *CrediReadDomainCredentials;
    CredReadDomainCredentialsFn *DummyFunction2;
  };
  OPENLSA_EXTENSION union {
    CredFreeCredentialsFn *CrediFreeCredentials;
    CredFreeCredentialsFn *DummyFunction3;
  };
  PLSA_PROTECT_MEMORY LsaProtectMemory;
  PLSA_PROTECT_MEMORY LsaUnprotectMemory; /* 45 */
  PLSA_OPEN_TOKEN_BY_LOGON_ID OpenTokenByLogonId;
  PLSA_EXPAND_AUTH_DATA_FOR_DOMAIN ExpandAuthDataForDomain;
  PLSA_ALLOCATE_PRIVATE_HEAP AllocatePrivateHeap;
  PLSA_FREE_PRIVATE_HEAP FreePrivateHeap;
  PLSA_CREATE_TOKEN_EX CreateTokenEx; /* 50 */
  OPENLSA_EXTENSION union {
    CredWriteFn *CrediWrite;
    CredWriteFn *DummyFunction4;
  };
  OPENLSA_EXTENSION union {
    CrediUnmarshalandDecodeStringFn *CrediUnmarshalandDecodeString;
    CrediUnmarshalandDecodeStringFn *DummyFunction5;
  };
  PLSA_PROTECT_MEMORY DummyFunction6;
  PLSA_GET_EXTENDED_CALL_FLAGS GetExtendedCallFlags;
  PLSA_DUPLICATE_HANDLE DuplicateTokenHandle; /* 55 */
  PLSA_GET_SERVICE_ACCOUNT_PASSWORD GetServiceAccountPassword;
  PLSA_PROTECT_MEMORY DummyFunction7;
  PLSA_AUDIT_LOGON_EX AuditLogonEx;
  PLSA_CHECK_PROTECTED_USER_BY_TOKEN CheckProtectedUserByToken;
  PLSA_QUERY_CLIENT_REQUEST QueryClientRequest; /* 60 */
  PLSA_GET_APP_MODE_INFO GetAppModeInfo;
  PLSA_SET_APP_MODE_INFO SetAppModeInfo;
} LSA_SECPKG_FUNCTION_TABLE, *PLSA_SECPKG_FUNCTION_TABLE;

/* What the runtime offers to the user-mode half of a package (SpInstanceInit). */
typedef struct _SECPKG_DLL_FUNCTIONS {
  PLSA_ALLOCATE_LSA_HEAP AllocateHeap;
  PLSA_FREE_LSA_HEAP FreeHeap;
  PLSA_REGISTER_CALLBACK RegisterCallback;
  PLSA_LOCATE_PKG_BY_ID LocatePackageById;
} SECPKG_DLL_FUNCTIONS, *PSECPKG_DLL_FUNCTIONS;

EXTERN_C_END

#endif
