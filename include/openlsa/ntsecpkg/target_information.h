/* Target information as text: a package finds it at the end of a target name. libsecur32.so.1. */
#ifndef OPENLSA_NTSECPKG_TARGET_INFORMATION_H
#define OPENLSA_NTSECPKG_TARGET_INFORMATION_H

#include "../ntdef.h"
#include "../wincred.h"

/* Bytes at the end of the text that say how long it is. */
#define CRED_MARSHALED_TI_SIZE_SIZE 12

EXTERN_C_START

/* *Buffer: characters of ASCII, ended by a null that *BufferSize does not count. SspiLocalFree frees it. */
NTSTATUS CredMarshalTargetInfo(PCREDENTIAL_TARGET_INFORMATIONW InTargetInfo, PUSHORT *Buffer, PULONG BufferSize);

/* Buffer: any text that ends with target information; *RetActualSize is how many of its bytes that is. Either output may
 * be NULL. SspiLocalFree frees *RetTargetInfo, its strings with it. STATUS_INVALID_PARAMETER: there is none. */
NTSTATUS CredUnmarshalTargetInfo(PUSHORT Buffer, ULONG BufferSize, PCREDENTIAL_TARGET_INFORMATIONW *RetTargetInfo,
                                 PULONG RetActualSize);

EXTERN_C_END

#endif
