/* OpenLSA: what a credential provider does for a security context that needs other credentials. */
#ifndef OPENLSA_SSPI_CREDENTIAL_PROVIDERS_H
#define OPENLSA_SSPI_CREDENTIAL_PROVIDERS_H

#include "../winnt.h"
#include "credential_types.h"

static const GUID CREDUIWIN_STRUCTURE_TYPE_SSPIPFC
    __attribute__((unused)) = {0x3c3e93d9, 0xd96b, 0x49b5, {0x94, 0xa7, 0x45, 0x85, 0x92, 0x08, 0x83, 0x37}};
static const GUID SSPIPFC_STRUCTURE_TYPE_CREDUI_CONTEXT
    __attribute__((unused)) = {0xc2fffe6f, 0x503d, 0x4c3d, {0xa9, 0x5e, 0xbc, 0xe8, 0x21, 0x21, 0x3d, 0x44}};

EXTERN_C_START

/* A serialization for ICredentialProvider::SetSerialization; the data lies behind the header. */
typedef struct _CREDUIWIN_MARSHALED_CONTEXT {
  GUID StructureType;    /* CREDUIWIN_STRUCTURE_TYPE_SSPIPFC */
  USHORT cbHeaderLength; /* sizeof this structure */
  LUID LogonId;
  GUID MarshaledDataType; /* SSPIPFC_STRUCTURE_TYPE_CREDUI_CONTEXT */
  ULONG MarshaledDataOffset;
  USHORT MarshaledDataLength;
} CREDUIWIN_MARSHALED_CONTEXT, *PCREDUIWIN_MARSHALED_CONTEXT;

typedef struct _SEC_WINNT_CREDUI_CONTEXT {
  USHORT cbHeaderLength; /* sizeof this structure */
  HANDLE CredUIContextHandle;
  PVOID UIInfo;      /* CREDUI_INFOW; NULL here */
  ULONG dwAuthError; /* why credentials are needed */
  PSEC_WINNT_AUTH_IDENTITY_OPAQUE pInputAuthIdentity;
  PUNICODE_STRING TargetName;
} SEC_WINNT_CREDUI_CONTEXT, *PSEC_WINNT_CREDUI_CONTEXT;

/* The context data lies behind the structure, at an offset from its start. */
typedef struct _SEC_WINNT_CREDUI_CONTEXT_VECTOR {
  ULONG CredUIContextArrayOffset;
  USHORT CredUIContextCount; /* bytes */
} SEC_WINNT_CREDUI_CONTEXT_VECTOR, *PSEC_WINNT_CREDUI_CONTEXT_VECTOR;

/* FreeContextBuffer frees what these functions return. ContextHandle is the SEC_WINNT_CREDUI_CONTEXT that
 * SspiUnmarshalCredUIContext gave; TokenHandle may be NULL, and is closed with CloseHandle. */
SECURITY_STATUS SEC_ENTRY SspiUnmarshalCredUIContext(PUCHAR MarshaledCredUIContext, ULONG MarshaledCredUIContextLength,
                                                     PSEC_WINNT_CREDUI_CONTEXT* CredUIContext);
SECURITY_STATUS SEC_ENTRY SspiGetCredUIContext(HANDLE ContextHandle, GUID* CredType, LUID* LogonId,
                                               PSEC_WINNT_CREDUI_CONTEXT_VECTOR* CredUIContexts, HANDLE* TokenHandle);
SECURITY_STATUS SEC_ENTRY SspiUpdateCredentials(HANDLE ContextHandle, GUID* CredType, ULONG FlatCredUIContextLength,
                                                PUCHAR FlatCredUIContext);

EXTERN_C_END

#endif
