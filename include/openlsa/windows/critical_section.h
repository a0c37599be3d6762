/* CRITICAL_SECTION: a recursive lock within one process, on a plain mutex (strict C11 hides the recursive kind). */
#ifndef OPENLSA_WINDOWS_CRITICAL_SECTION_H
#define OPENLSA_WINDOWS_CRITICAL_SECTION_H

#include <pthread.h>

#include "../windef.h"

typedef struct _RTL_CRITICAL_SECTION {
  pthread_mutex_t openlsa_mutex;
  /* The thread that holds the mutex, or 0. Only a thread itself stores or removes its own value, so equality with it
     means that the caller is the holder, and openlsa_depth is the holder's. */
  ULONG_PTR openlsa_owner;
  ULONG openlsa_depth;
} CRITICAL_SECTION, RTL_CRITICAL_SECTION, *PCRITICAL_SECTION, *LPCRITICAL_SECTION, *PRTL_CRITICAL_SECTION;

EXTERN_C_START

FORCEINLINE void InitializeCriticalSection(LPCRITICAL_SECTION section) {
  pthread_mutex_init(&section->openlsa_mutex, NULL);
  section->openlsa_owner = 0;
  section->openlsa_depth = 0;
}

FORCEINLINE BOOL InitializeCriticalSectionAndSpinCount(LPCRITICAL_SECTION section, DWORD spin_count) {
  (void)spin_count; /* The mutex decides how long it spins. */
  InitializeCriticalSection(section);
  return TRUE;
}

FORCEINLINE BOOL InitializeCriticalSectionEx(LPCRITICAL_SECTION section, DWORD spin_count, DWORD flags) {
  (void)flags;
  return InitializeCriticalSectionAndSpinCount(section, spin_count);
}

FORCEINLINE BOOL openlsa_owns_section(LPCRITICAL_SECTION section) {
  return __atomic_load_n(&section->openlsa_owner, __ATOMIC_RELAXED) == (ULONG_PTR)pthread_self();
}

FORCEINLINE void openlsa_section_entered(LPCRITICAL_SECTION section) {
  __atomic_store_n(&section->openlsa_owner, (ULONG_PTR)pthread_self(), __ATOMIC_RELAXED);
  section->openlsa_depth = 1;
}

FORCEINLINE void EnterCriticalSection(LPCRITICAL_SECTION section) {
  if (openlsa_owns_section(section)) {
    ++section->openlsa_depth;
    return;
  }
  pthread_mutex_lock(&section->openlsa_mutex);
  openlsa_section_entered(section);
}

FORCEINLINE BOOL TryEnterCriticalSection(LPCRITICAL_SECTION section) {
  if (openlsa_owns_section(section)) {
    ++section->openlsa_depth;
    return TRUE;
  }
  if (pthread_mutex_trylock(&section->openlsa_mutex) != 0) return FALSE;
  openlsa_section_entered(section);
  return TRUE;
}

FORCEINLINE void LeaveCriticalSection(LPCRITICAL_SECTION section) {
  if (--section->openlsa_depth != 0) return;
  __atomic_store_n(&section->openlsa_owner, (ULONG_PTR)0, __ATOMIC_RELAXED);
  pthread_mutex_unlock(&section->openlsa_mutex);
}

FORCEINLINE void DeleteCriticalSection(LPCRITICAL_SECTION section) { pthread_mutex_destroy(&section->openlsa_mutex); }

EXTERN_C_END

#endif
