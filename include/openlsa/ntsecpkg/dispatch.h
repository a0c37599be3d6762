/* The functions of the LSA that a classic authentication package gets (LSA_DISPATCH_TABLE). They are also the first
 * slots of LSA_SECPKG_FUNCTION_TABLE. */
#ifndef OPENLSA_NTSECPKG_DISPATCH_H
#define OPENLSA_NTSECPKG_DISPATCH_H

#include "../winnt.h"
#include "../ntsecapi.h"

EXTERN_C_START

/* Names the client's call that a package works for. Valid until that call returns. */
typedef PVOID *PLSA_CLIENT_REQUEST;

typedef NTSTATUS(NTAPI LSA_CREATE_LOGON_SESSION)(PLUID LogonId);
typedef NTSTATUS(NTAPI LSA_DELETE_LOGON_SESSION)(PLUID LogonId);
typedef NTSTATUS(NTAPI LSA_ADD_CREDENTIAL)(PLUID LogonId, ULONG AuthenticationPackage, PLSA_STRING PrimaryKeyValue,
                                           PLSA_STRING Credentials);
typedef NTSTATUS(NTAPI LSA_GET_CREDENTIALS)(PLUID LogonId, ULONG AuthenticationPackage, PULONG QueryContext,
                                            BOOLEAN RetrieveAllCredentials, PLSA_STRING PrimaryKeyValue,
                                            PULONG PrimaryKeyLength, PLSA_STRING Credentials);
typedef NTSTATUS(NTAPI LSA_DELETE_CREDENTIAL)(PLUID LogonId, ULONG AuthenticationPackage, PLSA_STRING PrimaryKeyValue);
typedef PVOID(NTAPI LSA_ALLOCATE_LSA_HEAP)(ULONG Length);
typedef VOID(NTAPI LSA_FREE_LSA_HEAP)(PVOID Base);
typedef PVOID(NTAPI LSA_ALLOCATE_PRIVATE_HEAP)(SIZE_T Length);
typedef VOID(NTAPI LSA_FREE_PRIVATE_HEAP)(PVOID Base);
typedef NTSTATUS(NTAPI LSA_ALLOCATE_CLIENT_BUFFER)(PLSA_CLIENT_REQUEST ClientRequest, ULONG LengthRequired,
                                                   PVOID *ClientBaseAddress);
typedef NTSTATUS(NTAPI LSA_FREE_CLIENT_BUFFER)(PLSA_CLIENT_REQUEST ClientRequest, PVOID ClientBaseAddress);
/* (client address, local source): the order of the next one is the other way round. */
typedef NTSTATUS(NTAPI LSA_COPY_TO_CLIENT_BUFFER)(PLSA_CLIENT_REQUEST ClientRequest, ULONG Length,
                                                  PVOID ClientBaseAddress, PVOID BufferToCopy);
/* (local destination, client address) */
typedef NTSTATUS(NTAPI LSA_COPY_FROM_CLIENT_BUFFER)(PLSA_CLIENT_REQUEST ClientRequest, ULONG Length,
                                                    PVOID BufferToCopy, PVOID ClientBaseAddress);

typedef LSA_CREATE_LOGON_SESSION *PLSA_CREATE_LOGON_SESSION;
typedef LSA_DELETE_LOGON_SESSION *PLSA_DELETE_LOGON_SESSION;
typedef LSA_ADD_CREDENTIAL *PLSA_ADD_CREDENTIAL;
typedef LSA_GET_CREDENTIALS *PLSA_GET_CREDENTIALS;
typedef LSA_DELETE_CREDENTIAL *PLSA_DELETE_CREDENTIAL;
typedef LSA_ALLOCATE_LSA_HEAP *PLSA_ALLOCATE_LSA_HEAP;
typedef LSA_FREE_LSA_HEAP *PLSA_FREE_LSA_HEAP;
typedef LSA_ALLOCATE_PRIVATE_HEAP *PLSA_ALLOCATE_PRIVATE_HEAP;
typedef LSA_FREE_PRIVATE_HEAP *PLSA_FREE_PRIVATE_HEAP;
typedef LSA_ALLOCATE_CLIENT_BUFFER *PLSA_ALLOCATE_CLIENT_BUFFER;
typedef LSA_FREE_CLIENT_BUFFER *PLSA_FREE_CLIENT_BUFFER;
typedef LSA_COPY_TO_CLIENT_BUFFER *PLSA_COPY_TO_CLIENT_BUFFER;
typedef LSA_COPY_FROM_CLIENT_BUFFER *PLSA_COPY_FROM_CLIENT_BUFFER;

typedef struct _LSA_DISPATCH_TABLE {
  PLSA_CREATE_LOGON_SESSION CreateLogonSession;
  PLSA_DELETE_LOGON_SESSION DeleteLogonSession;
  PLSA_ADD_CREDENTIAL AddCredential;
  PLSA_GET_CREDENTIALS GetCredentials;
  PLSA_DELETE_CREDENTIAL DeleteCredential;
  PLSA_ALLOCATE_LSA_HEAP AllocateLsaHeap;
  PLSA_FREE_LSA_HEAP FreeLsaHeap;
  PLSA_ALLOCATE_CLIENT_BUFFER AllocateClientBuffer;
  PLSA_FREE_CLIENT_BUFFER FreeClientBuffer;
  PLSA_COPY_TO_CLIENT_BUFFER CopyToClientBuffer;
  PLSA_COPY_FROM_CLIENT_BUFFER CopyFromClientBuffer;
} LSA_DISPATCH_TABLE, *PLSA_DISPATCH_TABLE;

EXTERN_C_END

#endif
