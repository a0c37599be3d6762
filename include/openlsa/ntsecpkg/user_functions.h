/* The functions of a package in user mode (SECPKG_USER_FUNCTION_TABLE): 15 slots. They run in the application. */
#ifndef OPENLSA_NTSECPKG_USER_FUNCTIONS_H
#define OPENLSA_NTSECPKG_USER_FUNCTIONS_H

#include "package_types.h"

#define SECPKG_USERMODEINIT_NAME "SpUserModeInitialize"

EXTERN_C_START

typedef NTSTATUS(NTAPI SpInstanceInitFn)(ULONG Version, PSECPKG_DLL_FUNCTIONS FunctionTable, PVOID *UserFunctions);
/* PackedContext->pvBuffer is freed with FreeContextBuffer; a package that links no libsecur32 calls the same function
 * as SECPKG_DLL_FUNCTIONS.FreeHeap. */
typedef NTSTATUS(NTAPI SpInitUserModeContextFn)(LSA_SEC_HANDLE ContextHandle, PSecBuffer PackedContext);
typedef NTSTATUS(NTAPI SpMakeSignatureFn)(LSA_SEC_HANDLE ContextHandle, ULONG QualityOfProtection,
                                          PSecBufferDesc MessageBuffers, ULONG MessageSequenceNumber);
typedef NTSTATUS(NTAPI SpVerifySignatureFn)(LSA_SEC_HANDLE ContextHandle, PSecBufferDesc MessageBuffers,
                                            ULONG MessageSequenceNumber, PULONG QualityOfProtection);
typedef NTSTATUS(NTAPI SpSealMessageFn)(LSA_SEC_HANDLE ContextHandle, ULONG QualityOfProtection,
                                        PSecBufferDesc MessageBuffers, ULONG MessageSequenceNumber);
typedef NTSTATUS(NTAPI SpUnsealMessageFn)(LSA_SEC_HANDLE ContextHandle, PSecBufferDesc MessageBuffers,
                                          ULONG MessageSequenceNumber, PULONG QualityOfProtection);
/* The handle is not duplicated: it stays the context's. */
typedef NTSTATUS(NTAPI SpGetContextTokenFn)(LSA_SEC_HANDLE ContextHandle, PHANDLE ImpersonationToken);
typedef NTSTATUS(NTAPI SpExportSecurityContextFn)(LSA_SEC_HANDLE phContext, ULONG fFlags, PSecBuffer pPackedContext,
                                                  PHANDLE pToken);
typedef NTSTATUS(NTAPI SpImportSecurityContextFn)(PSecBuffer pPackedContext, HANDLE Token, PLSA_SEC_HANDLE phContext);
typedef NTSTATUS(NTAPI SpCompleteAuthTokenFn)(LSA_SEC_HANDLE ContextHandle, PSecBufferDesc InputBuffer);
typedef NTSTATUS(NTAPI SpFormatCredentialsFn)(PSecBuffer Credentials, PSecBuffer FormattedCredentials);
/* *MarshalledCreds comes from AllocateHeap of SECPKG_DLL_FUNCTIONS. */
typedef NTSTATUS(NTAPI SpMarshallSupplementalCredsFn)(ULONG CredentialSize, PUCHAR Credentials,
                                                      PULONG MarshalledCredSize, PVOID *MarshalledCreds);
typedef NTSTATUS(NTAPI SpMarshalAttributeDataFn)(ULONG AttributeInfo, ULONG Attribute, ULONG AttributeDataSize,
                                                 PBYTE AttributeData, PULONG MarshaledAttributeDataSize,
                                                 PBYTE *MarshaledAttributeData);

#define OPENLSA_PLAIN_NAMES_BEGIN
#include "plain_names.h"

typedef struct _SECPKG_USER_FUNCTION_TABLE {
  SpInstanceInitFn *InstanceInit; /* 0 */
  SpInitUserModeContextFn *InitUserModeContext;
  SpMakeSignatureFn *MakeSignature;
  SpVerifySignatureFn *VerifySignature;
  SpSealMessageFn *SealMessage;
  SpUnsealMessageFn *UnsealMessage; /* 5 */
  SpGetContextTokenFn *GetContextToken;
  OPENLSA_MEMBER(SpQueryContextAttributesFn, QueryContextAttributes);
  SpCompleteAuthTokenFn *CompleteAuthToken;
  SpDeleteContextFn *DeleteUserModeContext;
  SpFormatCredentialsFn *FormatCredentials; /* 10 */
  SpMarshallSupplementalCredsFn *MarshallSupplementalCreds;
  SpExportSecurityContextFn *ExportContext;
  SpImportSecurityContextFn *ImportContext;
  SpMarshalAttributeDataFn *MarshalAttributeData; /* 14 */
} SECPKG_USER_FUNCTION_TABLE, *PSECPKG_USER_FUNCTION_TABLE;

#define OPENLSA_PLAIN_NAMES_END
#include "plain_names.h"

typedef NTSTATUS(NTAPI *SpUserModeInitializeFn)(ULONG LsaVersion, PULONG PackageVersion,
                                                PSECPKG_USER_FUNCTION_TABLE *ppTables, PULONG pcTables);

NTSTATUS NTAPI SpUserModeInitialize(ULONG LsaVersion, PULONG PackageVersion, PSECPKG_USER_FUNCTION_TABLE *ppTables,
                                    PULONG pcTables);

EXTERN_C_END

#endif
