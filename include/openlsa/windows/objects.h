/* Handles, events, the last error, processes and threads, time. */
#ifndef OPENLSA_WINDOWS_OBJECTS_H
#define OPENLSA_WINDOWS_OBJECTS_H

#include "../winnt.h"

#define INVALID_HANDLE_VALUE ((HANDLE)(LONG_PTR)-1)
#define INFINITE 0xFFFFFFFFU
#define WAIT_OBJECT_0 0x00000000U
#define WAIT_ABANDONED 0x00000080U
#define WAIT_ABANDONED_0 0x00000080U
#define WAIT_TIMEOUT 258U
#define WAIT_FAILED 0xFFFFFFFFU

EXTERN_C_START

BOOL WINAPI CloseHandle(HANDLE object) OPENLSA_SYMBOL(CloseHandle);
/* Events are unnamed: `name` must be NULL. */
HANDLE WINAPI CreateEventA(LPSECURITY_ATTRIBUTES attributes, BOOL manual_reset, BOOL initial_state,
                           LPCSTR name) OPENLSA_SYMBOL(CreateEventA);
HANDLE WINAPI CreateEventW(LPSECURITY_ATTRIBUTES attributes, BOOL manual_reset, BOOL initial_state,
                           LPCWSTR name) OPENLSA_SYMBOL(CreateEventW);
BOOL WINAPI SetEvent(HANDLE event) OPENLSA_SYMBOL(SetEvent);
BOOL WINAPI ResetEvent(HANDLE event) OPENLSA_SYMBOL(ResetEvent);
DWORD WINAPI WaitForSingleObject(HANDLE object, DWORD milliseconds) OPENLSA_SYMBOL(WaitForSingleObject);

DWORD WINAPI GetLastError(VOID) OPENLSA_SYMBOL(GetLastError);
VOID WINAPI SetLastError(DWORD error) OPENLSA_SYMBOL(SetLastError);

/* Pseudo-handles: -1 and -2. */
HANDLE WINAPI GetCurrentProcess(VOID) OPENLSA_SYMBOL(GetCurrentProcess);
HANDLE WINAPI GetCurrentThread(VOID) OPENLSA_SYMBOL(GetCurrentThread);
DWORD WINAPI GetCurrentProcessId(VOID) OPENLSA_SYMBOL(GetCurrentProcessId);
DWORD WINAPI GetCurrentThreadId(VOID) OPENLSA_SYMBOL(GetCurrentThreadId);

VOID WINAPI GetSystemTimeAsFileTime(LPFILETIME time) OPENLSA_SYMBOL(GetSystemTimeAsFileTime);
ULONGLONG WINAPI GetTickCount64(VOID) OPENLSA_SYMBOL(GetTickCount64);
VOID WINAPI Sleep(DWORD milliseconds) OPENLSA_SYMBOL(Sleep);

EXTERN_C_END

#ifdef UNICODE
#define CreateEvent CreateEventW
#else
#define CreateEvent CreateEventA
#endif

#endif
