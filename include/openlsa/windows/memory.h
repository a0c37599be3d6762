/* Memory: the Rtl and SDK names of memset and its kin, LocalAlloc, interlocked operations. */
#ifndef OPENLSA_WINDOWS_MEMORY_H
#define OPENLSA_WINDOWS_MEMORY_H

#include <string.h>

#include "../windef.h"

#define RtlZeroMemory(destination, length) memset((destination), 0, (length))
#define RtlCopyMemory(destination, source, length) memcpy((destination), (source), (length))
#define RtlMoveMemory(destination, source, length) memmove((destination), (source), (length))
#define RtlFillMemory(destination, length, fill) memset((destination), (fill), (length))
#define RtlEqualMemory(a, b, length) (memcmp((a), (b), (length)) == 0)
#define RtlSecureZeroMemory(destination, length) openlsa_secure_zero_memory((destination), (length))
#define ZeroMemory RtlZeroMemory
#define CopyMemory RtlCopyMemory
#define MoveMemory RtlMoveMemory
#define FillMemory RtlFillMemory
#define SecureZeroMemory RtlSecureZeroMemory

#define LMEM_FIXED 0x0000U
#define LMEM_MOVEABLE 0x0002U
#define LMEM_ZEROINIT 0x0040U
#define LHND (LMEM_MOVEABLE | LMEM_ZEROINIT)
#define LPTR (LMEM_FIXED | LMEM_ZEROINIT)
#define NONZEROLHND LMEM_MOVEABLE
#define NONZEROLPTR LMEM_FIXED

EXTERN_C_START

/* The compiler may not drop the wiping, though nothing reads the bytes again. */
FORCEINLINE PVOID openlsa_secure_zero_memory(PVOID destination, SIZE_T length) {
  memset(destination, 0, length);
  __asm__ __volatile__("" : : "r"(destination) : "memory");
  return destination;
}

HLOCAL WINAPI LocalAlloc(UINT flags, SIZE_T size_bytes) OPENLSA_SYMBOL(LocalAlloc);
HLOCAL WINAPI LocalFree(HLOCAL memory) OPENLSA_SYMBOL(LocalFree);

FORCEINLINE LONG InterlockedIncrement(LONG volatile* addend) { return __atomic_add_fetch(addend, 1, __ATOMIC_SEQ_CST); }
FORCEINLINE LONG InterlockedDecrement(LONG volatile* addend) { return __atomic_sub_fetch(addend, 1, __ATOMIC_SEQ_CST); }
/* These return the value before the operation. */
FORCEINLINE LONG InterlockedExchangeAdd(LONG volatile* addend, LONG value) {
  return __atomic_fetch_add(addend, value, __ATOMIC_SEQ_CST);
}
FORCEINLINE LONG InterlockedExchange(LONG volatile* target, LONG value) {
  return __atomic_exchange_n(target, value, __ATOMIC_SEQ_CST);
}
FORCEINLINE LONG InterlockedCompareExchange(LONG volatile* target, LONG value, LONG expected) {
  __atomic_compare_exchange_n(target, &expected, value, 0, __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST);
  return expected;
}

EXTERN_C_END

#endif
