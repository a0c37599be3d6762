/* The types of a package's LSA-mode functions, slot by slot of SECPKG_FUNCTION_TABLE. */
#ifndef OPENLSA_NTSECPKG_PACKAGE_TYPES_H
#define OPENLSA_NTSECPKG_PACKAGE_TYPES_H

#include "authentication_functions.h"
#include "support_functions.h"

EXTERN_C_START

typedef NTSTATUS(NTAPI SpInitializeFn)(ULONG_PTR PackageId, PSECPKG_PARAMETERS Parameters,
                                       PLSA_SECPKG_FUNCTION_TABLE FunctionTable);
typedef NTSTATUS(NTAPI SpShutdownFn)(VOID);
/* The LSA always asks for the Unicode form, whether or not the package is built with UNICODE. */
typedef NTSTATUS(NTAPI SpGetInfoFn)(PSecPkgInfoW PackageInfo);
typedef NTSTATUS(NTAPI SpGetExtendedInformationFn)(SECPKG_EXTENDED_INFORMATION_CLASS Class,
                                                   PSECPKG_EXTENDED_INFORMATION *ppInformation);
typedef NTSTATUS(NTAPI SpSetExtendedInformationFn)(SECPKG_EXTENDED_INFORMATION_CLASS Class,
                                                   PSECPKG_EXTENDED_INFORMATION Info);

typedef NTSTATUS(NTAPI SpAcceptCredentialsFn)(SECURITY_LOGON_TYPE LogonType, PUNICODE_STRING AccountName,
                                              PSECPKG_PRIMARY_CRED PrimaryCredentials,
                                              PSECPKG_SUPPLEMENTAL_CRED SupplementalCredentials);
#define SP_ACCEPT_CREDENTIALS_NAME "SpAcceptCredentials"

/* AuthorizationData, GetKeyFunciton and GetKeyArgument are addresses in the client. */
typedef NTSTATUS(NTAPI SpAcquireCredentialsHandleFn)(PUNICODE_STRING PrincipalName, ULONG CredentialUseFlags,
                                                     PLUID LogonId, PVOID AuthorizationData, PVOID GetKeyFunciton,
                                                     PVOID GetKeyArgument, PLSA_SEC_HANDLE CredentialHandle,
                                                     PTimeStamp ExpirationTime);
typedef NTSTATUS(NTAPI SpFreeCredentialsHandleFn)(LSA_SEC_HANDLE CredentialHandle);
typedef NTSTATUS(NTAPI SpQueryCredentialsAttributesFn)(LSA_SEC_HANDLE CredentialHandle, ULONG CredentialAttribute,
                                                       PVOID Buffer);
typedef NTSTATUS(NTAPI SpSetCredentialsAttributesFn)(LSA_SEC_HANDLE CredentialHandle, ULONG CredentialAttribute,
                                                     PVOID Buffer, ULONG BufferSize);
typedef NTSTATUS(NTAPI SpAddCredentialsFn)(LSA_SEC_HANDLE CredentialHandle, PUNICODE_STRING PrincipalName,
                                           PUNICODE_STRING Package, ULONG CredentialUseFlags, PVOID AuthorizationData,
                                           PVOID GetKeyFunciton, PVOID GetKeyArgument, PTimeStamp ExpirationTime);
typedef NTSTATUS(NTAPI SpSaveCredentialsFn)(LSA_SEC_HANDLE CredentialHandle, PSecBuffer Credentials);
typedef NTSTATUS(NTAPI SpGetCredentialsFn)(LSA_SEC_HANDLE CredentialHandle, PSecBuffer Credentials);
typedef NTSTATUS(NTAPI SpDeleteCredentialsFn)(LSA_SEC_HANDLE CredentialHandle, PSecBuffer Key);

/* ContextData->pvBuffer comes from AllocateLsaHeap; the LSA frees it. */
typedef NTSTATUS(NTAPI SpInitLsaModeContextFn)(LSA_SEC_HANDLE CredentialHandle, LSA_SEC_HANDLE ContextHandle,
                                               PUNICODE_STRING TargetName, ULONG ContextRequirements,
                                               ULONG TargetDataRep, PSecBufferDesc InputBuffers,
                                               PLSA_SEC_HANDLE NewContextHandle, PSecBufferDesc OutputBuffers,
                                               PULONG ContextAttributes, PTimeStamp ExpirationTime,
                                               PBOOLEAN MappedContext, PSecBuffer ContextData);
typedef NTSTATUS(NTAPI SpDeleteContextFn)(LSA_SEC_HANDLE ContextHandle);
typedef NTSTATUS(NTAPI SpApplyControlTokenFn)(LSA_SEC_HANDLE ContextHandle, PSecBufferDesc ControlToken);
typedef NTSTATUS(NTAPI SpAcceptLsaModeContextFn)(LSA_SEC_HANDLE CredentialHandle, LSA_SEC_HANDLE ContextHandle,
                                                 PSecBufferDesc InputBuffer, ULONG ContextRequirements,
                                                 ULONG TargetDataRep, PLSA_SEC_HANDLE NewContextHandle,
                                                 PSecBufferDesc OutputBuffer, PULONG ContextAttributes,
                                                 PTimeStamp ExpirationTime, PBOOLEAN MappedContext,
                                                 PSecBuffer ContextData);

/* *UserData lies in the caller's address space; the caller frees it with FreeContextBuffer. Flags: NO_LONG_NAMES,
 * UNDERSTANDS_LONG_NAMES. */
typedef NTSTATUS(NTAPI SpGetUserInfoFn)(PLUID LogonId, ULONG Flags, PSecurityUserData *UserData);

typedef NTSTATUS(NTAPI SpQueryContextAttributesFn)(LSA_SEC_HANDLE ContextHandle, ULONG ContextAttribute, PVOID Buffer);
typedef NTSTATUS(NTAPI SpSetContextAttributesFn)(LSA_SEC_HANDLE ContextHandle, ULONG ContextAttribute, PVOID Buffer,
                                                 ULONG BufferSize);
typedef NTSTATUS(NTAPI SpChangeAccountPasswordFn)(PUNICODE_STRING pDomainName, PUNICODE_STRING pAccountName,
                                                  PUNICODE_STRING pOldPassword, PUNICODE_STRING pNewPassword,
                                                  BOOLEAN Impersonating, PSecBufferDesc pOutput);
typedef NTSTATUS(NTAPI SpQueryMetaDataFn)(LSA_SEC_HANDLE CredentialHandle, PUNICODE_STRING TargetName,
                                          ULONG ContextRequirements, PULONG MetaDataLength, PUCHAR *MetaData,
                                          PLSA_SEC_HANDLE ContextHandle);
typedef NTSTATUS(NTAPI SpExchangeMetaDataFn)(LSA_SEC_HANDLE CredentialHandle, PUNICODE_STRING TargetName,
                                             ULONG ContextRequirements, ULONG MetaDataLength, PUCHAR MetaData,
                                             PLSA_SEC_HANDLE ContextHandle);
typedef NTSTATUS(NTAPI SpGetCredUIContextFn)(LSA_SEC_HANDLE ContextHandle, GUID *CredType,
                                             PULONG FlatCredUIContextLength, PUCHAR *FlatCredUIContext);
typedef NTSTATUS(NTAPI SpUpdateCredentialsFn)(LSA_SEC_HANDLE ContextHandle, GUID *CredType,
                                              ULONG FlatCredUIContextLength, PUCHAR FlatCredUIContext);
typedef NTSTATUS(NTAPI SpValidateTargetInfoFn)(PLSA_CLIENT_REQUEST ClientRequest, PVOID ProtocolSubmitBuffer,
                                               PVOID ClientBufferBase, ULONG SubmitBufferLength,
                                               PSECPKG_TARGETINFO TargetInfo);
typedef NTSTATUS(NTAPI SpExtractTargetInfoFn)(PLSA_CLIENT_REQUEST ClientRequest, PVOID ProtocolSubmitBuffer,
                                              PVOID ClientBufferBase, ULONG SubmitBufferLength, PVOID *TargetInfo);

/* Remote Credential Guard: what a package hands to the one that carries a redirected logon. */
typedef NTSTATUS(NTAPI *PLSA_REDIRECTED_LOGON_INIT)(HANDLE RedirectedLogonHandle, PUNICODE_STRING PackageName,
                                                    ULONG SessionId, PLUID LogonId);
typedef NTSTATUS(NTAPI *PLSA_REDIRECTED_LOGON_CALLBACK)(HANDLE RedirectedLogonHandle, PVOID Buffer, ULONG BufferLength,
                                                        PVOID *ReturnBuffer, PULONG ReturnBufferLength);
typedef VOID(NTAPI *PLSA_REDIRECTED_LOGON_CLEANUP_CALLBACK)(HANDLE RedirectedLogonHandle);
typedef NTSTATUS(NTAPI *PLSA_REDIRECTED_LOGON_GET_LOGON_CREDS)(HANDLE RedirectedLogonHandle, PBYTE *LogonBuffer,
                                                               PULONG LogonBufferLength);
typedef NTSTATUS(NTAPI *PLSA_REDIRECTED_LOGON_GET_SUPP_CREDS)(HANDLE RedirectedLogonHandle,
                                                              PSECPKG_SUPPLEMENTAL_CRED_ARRAY *SupplementalCredentials);

typedef struct _SECPKG_REDIRECTED_LOGON_BUFFER {
  GUID RedirectedLogonGuid;
  HANDLE RedirectedLogonHandle;
  PLSA_REDIRECTED_LOGON_INIT Init;
  PLSA_REDIRECTED_LOGON_CALLBACK Callback;
  PLSA_REDIRECTED_LOGON_CLEANUP_CALLBACK CleanupCallback;
  PLSA_REDIRECTED_LOGON_GET_LOGON_CREDS GetLogonCreds;
  PLSA_REDIRECTED_LOGON_GET_SUPP_CREDS GetSupplementalCreds;
} SECPKG_REDIRECTED_LOGON_BUFFER, *PSECPKG_REDIRECTED_LOGON_BUFFER;

typedef NTSTATUS(NTAPI SpGetRemoteCredGuardLogonBufferFn)(LSA_SEC_HANDLE CredHandle, LSA_SEC_HANDLE ContextHandle,
                                                          PUNICODE_STRING TargetName, PHANDLE RedirectedLogonHandle,
                                                          PLSA_REDIRECTED_LOGON_CALLBACK *Callback,
                                                          PLSA_REDIRECTED_LOGON_CLEANUP_CALLBACK *CleanupCallback,
                                                          PULONG LogonBufferSize, PVOID *LogonBuffer);
typedef NTSTATUS(NTAPI SpGetRemoteCredGuardSupplementalCredsFn)(
    LSA_SEC_HANDLE CredHandle, PUNICODE_STRING TargetName, PHANDLE RedirectedLogonHandle,
    PLSA_REDIRECTED_LOGON_CALLBACK *Callback, PLSA_REDIRECTED_LOGON_CLEANUP_CALLBACK *CleanupCallback,
    PULONG SupplementalCredsSize, PVOID *SupplementalCreds);
/* LogonId comes by value. */
typedef NTSTATUS(NTAPI SpGetTbalSupplementalCredsFn)(LUID LogonId, PULONG SupplementalCredsSize,
                                                     PVOID *SupplementalCreds);

EXTERN_C_END

#endif
