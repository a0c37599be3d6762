/* The functions of a package in LSA mode (SECPKG_FUNCTION_TABLE): 43 slots. How many of them the LSA reads follows from
 * the interface version that SpLsaModeInitialize reports; NULL means not implemented. */
#ifndef OPENLSA_NTSECPKG_PACKAGE_FUNCTIONS_H
#define OPENLSA_NTSECPKG_PACKAGE_FUNCTIONS_H

#include "package_types.h"

#define SECPKG_LSAMODEINIT_NAME "SpLsaModeInitialize"

EXTERN_C_START

#define OPENLSA_PLAIN_NAMES_BEGIN
#include "plain_names.h"

typedef struct _SECPKG_FUNCTION_TABLE {
  PLSA_AP_INITIALIZE_PACKAGE InitializePackage; /* 0 */
  OPENLSA_MEMBER(LSA_AP_LOGON_USER, LogonUser);
  PLSA_AP_CALL_PACKAGE CallPackage;
  PLSA_AP_LOGON_TERMINATED LogonTerminated;
  PLSA_AP_CALL_PACKAGE_UNTRUSTED CallPackageUntrusted;
  PLSA_AP_CALL_PACKAGE_PASSTHROUGH CallPackagePassthrough; /* 5 */
  OPENLSA_MEMBER(LSA_AP_LOGON_USER_EX, LogonUserEx);
  PLSA_AP_LOGON_USER_EX2 LogonUserEx2;
  SpInitializeFn *Initialize;
  SpShutdownFn *Shutdown;
  SpGetInfoFn *GetInfo; /* 10 */
  SpAcceptCredentialsFn *AcceptCredentials;
  OPENLSA_MEMBER(SpAcquireCredentialsHandleFn, AcquireCredentialsHandle);
  OPENLSA_MEMBER(SpQueryCredentialsAttributesFn, QueryCredentialsAttributes);
  SpFreeCredentialsHandleFn *FreeCredentialsHandle;
  SpSaveCredentialsFn *SaveCredentials; /* 15 */
  SpGetCredentialsFn *GetCredentials;
  SpDeleteCredentialsFn *DeleteCredentials;
  SpInitLsaModeContextFn *InitLsaModeContext;
  SpAcceptLsaModeContextFn *AcceptLsaModeContext;
  SpDeleteContextFn *DeleteContext; /* 20 */
  SpApplyControlTokenFn *ApplyControlToken;
  SpGetUserInfoFn *GetUserInfo;
  SpGetExtendedInformationFn *GetExtendedInformation;
  OPENLSA_MEMBER(SpQueryContextAttributesFn, QueryContextAttributes);
  OPENLSA_MEMBER(SpAddCredentialsFn, AddCredentials); /* 25 */
  SpSetExtendedInformationFn *SetExtendedInformation;
  OPENLSA_MEMBER(SpSetContextAttributesFn, SetContextAttributes);
  OPENLSA_MEMBER(SpSetCredentialsAttributesFn, SetCredentialsAttributes);
  OPENLSA_MEMBER(SpChangeAccountPasswordFn, ChangeAccountPassword);
  SpQueryMetaDataFn *QueryMetaData; /* 30 */
  SpExchangeMetaDataFn *ExchangeMetaData;
  SpGetCredUIContextFn *GetCredUIContext;
  SpUpdateCredentialsFn *UpdateCredentials;
  SpValidateTargetInfoFn *ValidateTargetInfo;
  LSA_AP_POST_LOGON_USER *PostLogonUser; /* 35 */
  SpGetRemoteCredGuardLogonBufferFn *GetRemoteCredGuardLogonBuffer;
  SpGetRemoteCredGuardSupplementalCredsFn *GetRemoteCredGuardSupplementalCreds;
  SpGetTbalSupplementalCredsFn *GetTbalSupplementalCreds;
  PLSA_AP_LOGON_USER_EX3 LogonUserEx3;
  PLSA_AP_PRE_LOGON_USER_SURROGATE PreLogonUserSurrogate; /* 40 */
  PLSA_AP_POST_LOGON_USER_SURROGATE PostLogonUserSurrogate;
  SpExtractTargetInfoFn *ExtractTargetInfo; /* 42 */
} SECPKG_FUNCTION_TABLE, *PSECPKG_FUNCTION_TABLE;

#define OPENLSA_PLAIN_NAMES_END
#include "plain_names.h"

/* The entry point of a package: sets *PackageVersion to its interface version, *ppTables to an array of *pcTables
 * tables (one per package in the file) that stay valid as long as the file is loaded. */
typedef NTSTATUS(NTAPI *SpLsaModeInitializeFn)(ULONG LsaVersion, PULONG PackageVersion,
                                               PSECPKG_FUNCTION_TABLE *ppTables, PULONG pcTables);

NTSTATUS NTAPI SpLsaModeInitialize(ULONG LsaVersion, PULONG PackageVersion, PSECPKG_FUNCTION_TABLE *ppTables,
                                   PULONG pcTables);

EXTERN_C_END

#endif
