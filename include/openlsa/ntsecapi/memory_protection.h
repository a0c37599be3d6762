/* Random bytes, and the protection of memory. Windows exports these functions under the names SystemFunction0nn only. */
#ifndef OPENLSA_NTSECAPI_MEMORY_PROTECTION_H
#define OPENLSA_NTSECAPI_MEMORY_PROTECTION_H

#include "types.h"

EXTERN_C_START

#define RTL_ENCRYPT_MEMORY_SIZE 8
#define RTL_ENCRYPT_OPTION_CROSS_PROCESS 0x01
#define RTL_ENCRYPT_OPTION_SAME_LOGON 0x02
#define RTL_ENCRYPT_OPTION_FOR_SYSTEM 0x04

#define RtlGenRandom SystemFunction036
#define RtlEncryptMemory SystemFunction040
#define RtlDecryptMemory SystemFunction041

BOOLEAN NTAPI RtlGenRandom(PVOID RandomBuffer, ULONG RandomBufferLength);
/* In place; MemorySize is a multiple of RTL_ENCRYPT_MEMORY_SIZE. OptionFlags 0: for this process alone; the others are
 * STATUS_NOT_SUPPORTED. */
NTSTATUS NTAPI RtlEncryptMemory(PVOID Memory, ULONG MemorySize, ULONG OptionFlags);
NTSTATUS NTAPI RtlDecryptMemory(PVOID Memory, ULONG MemorySize, ULONG OptionFlags);

EXTERN_C_END

#endif
