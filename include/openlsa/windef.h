/* Base types of the Windows API (windef.h, basetsd.h, minwindef.h) with the widths of Windows x64: ULONG and LONG are
   32 bits, WCHAR is 16 bits. C11 and C++20. */
#ifndef OPENLSA_WINDEF_H
#define OPENLSA_WINDEF_H

#include <limits.h>
#include <stddef.h>
#include <stdint.h>
#if !defined(__cplusplus) && __WCHAR_WIDTH__ != 16
#include <uchar.h>
#endif

#ifdef __cplusplus
#define EXTERN_C extern "C"
#define EXTERN_C_START extern "C" {
#define EXTERN_C_END }
#else
#define EXTERN_C extern
#define EXTERN_C_START
#define EXTERN_C_END
#endif

/* Binds a function to a prefixed symbol, so that another library that exports the same Windows name (FreeRDP's winpr
   does) captures no call: `BOOL CloseHandle(HANDLE object) OPENLSA_SYMBOL(CloseHandle);`. The name stands as written,
   also where windows.h makes it a macro. */
#define OPENLSA_SYMBOL(name) __asm__("openlsa_" #name)

/* Enumerations are an int wide, as with Microsoft's compilers. In C++ the type is fixed as well: a value that no
   enumerator has (from a C package, or a newer Windows header) is then a value, and not undefined behaviour. */
#ifdef __cplusplus
#define OPENLSA_INT_ENUM : int
#else
#define OPENLSA_INT_ENUM
#endif

/* Anonymous unions with members of structure type are C11; in C++ they are an extension that both compilers have. */
#if defined(__GNUC__)
#define OPENLSA_EXTENSION __extension__
#else
#define OPENLSA_EXTENSION
#endif

/* Calling conventions and annotations: the platform has one calling convention. */
#define NTAPI
#define WINAPI
#define WINADVAPI
#define WINBASEAPI
#define NTSYSAPI
#define APIENTRY
#define CALLBACK
#define PASCAL
#define STDMETHODCALLTYPE
#ifndef __stdcall
#define __stdcall
#endif
#ifndef __cdecl
#define __cdecl
#endif
#define FAR
#define NEAR
#ifndef IN
#define IN
#endif
#ifndef OUT
#define OUT
#endif
#ifndef OPTIONAL
#define OPTIONAL
#endif
#ifndef CONST
#define CONST const
#endif
#ifndef DECLSPEC_NORETURN
#define DECLSPEC_NORETURN __attribute__((noreturn))
#endif
#define FORCEINLINE static inline __attribute__((always_inline))
#define UNREFERENCED_PARAMETER(parameter) ((void)(parameter))
#define DBG_UNREFERENCED_PARAMETER(parameter) ((void)(parameter))

/* VOID is a macro, as in the documentation's `f(VOID)`: a typedef could not stand for an empty parameter list in C++. */
#ifndef VOID
#define VOID void
#endif

#ifndef FALSE
#define FALSE 0
#endif
#ifndef TRUE
#define TRUE 1
#endif
#define MAX_PATH 260
#define ANYSIZE_ARRAY 1

typedef char CHAR;
typedef signed char INT8;
typedef unsigned char UCHAR, BYTE, BOOLEAN, UINT8;
typedef int16_t SHORT, INT16;
typedef uint16_t USHORT, WORD, UINT16, ATOM;
typedef int32_t LONG, INT, INT32, LONG32, BOOL, HRESULT, NTSTATUS;
typedef uint32_t ULONG, DWORD, UINT, UINT32, ULONG32, DWORD32;
typedef float FLOAT;
typedef double DOUBLE;
/* `long long` on every 64-bit platform here, as on Windows: %lld prints it. */
typedef long long LONGLONG, INT64, LONG64;
typedef unsigned long long ULONGLONG, DWORDLONG, UINT64, ULONG64, DWORD64, QWORD;
typedef intptr_t INT_PTR, LONG_PTR, SSIZE_T;
typedef uintptr_t UINT_PTR, ULONG_PTR, DWORD_PTR, SIZE_T;
typedef INT_PTR LPARAM;
typedef UINT_PTR WPARAM;
typedef INT_PTR LRESULT;
#ifndef OPENLSA_SECURITY_STATUS_DEFINED
#define OPENLSA_SECURITY_STATUS_DEFINED
typedef LONG SECURITY_STATUS;
#endif

/* 16-bit characters: u"" literals, or L"" under -fshort-wchar. */
#if __WCHAR_WIDTH__ == 16
typedef wchar_t WCHAR;
#define OPENLSA_WIDE(text) L##text
#else
typedef char16_t WCHAR;
#define OPENLSA_WIDE(text) u##text
#endif
/* TEXT and the T types follow UNICODE, as on Windows. */
#ifdef UNICODE
typedef WCHAR TCHAR;
#define OPENLSA_TEXT(text) OPENLSA_WIDE(text)
#else
typedef CHAR TCHAR;
#define OPENLSA_TEXT(text) text
#endif
#ifndef TEXT
#define TEXT(text) OPENLSA_TEXT(text)
#endif

typedef void *PVOID, *LPVOID, *HANDLE, *PVOID64;
typedef const void *LPCVOID, *PCVOID;
typedef HANDLE *PHANDLE, *LPHANDLE;
typedef HANDLE HLOCAL, HGLOBAL, HINSTANCE, HMODULE, HKEY, HWND;

typedef CHAR *PCHAR, *PSTR, *LPSTR, *NPSTR, *LPCH, *PCH;
typedef const CHAR *PCSTR, *LPCSTR, *LPCCH, *PCCH;
typedef WCHAR *PWCHAR, *PWSTR, *LPWSTR, *NWPSTR, *LPWCH, *PWCH;
typedef const WCHAR *PCWSTR, *LPCWSTR, *LPCWCH, *PCWCH;
typedef TCHAR *PTSTR, *LPTSTR, *PTCHAR;
typedef const TCHAR *PCTSTR, *LPCTSTR;
typedef PWSTR *PZPWSTR;
typedef PSTR *PZPSTR;

typedef UCHAR *PUCHAR;
typedef BYTE *PBYTE, *LPBYTE;
typedef BOOLEAN *PBOOLEAN;
typedef BOOL *PBOOL, *LPBOOL;
typedef SHORT *PSHORT;
typedef USHORT *PUSHORT;
typedef WORD *PWORD, *LPWORD;
typedef INT *PINT, *LPINT;
typedef UINT *PUINT;
typedef LONG *PLONG, *LPLONG;
typedef ULONG *PULONG;
typedef DWORD *PDWORD, *LPDWORD;
typedef NTSTATUS *PNTSTATUS;
typedef LONGLONG *PLONGLONG, *PLONG64, *PINT64;
typedef ULONGLONG *PULONGLONG, *PULONG64, *PUINT64, *PDWORDLONG, *PDWORD64;
typedef ULONG_PTR *PULONG_PTR;
typedef LONG_PTR *PLONG_PTR;
typedef DWORD_PTR *PDWORD_PTR;
typedef SIZE_T *PSIZE_T;
typedef const UCHAR *PCUCHAR;
typedef const BYTE *PCBYTE, *LPCBYTE;
typedef const ULONG *PCULONG;

typedef DWORD ACCESS_MASK, *PACCESS_MASK;
typedef DWORD SECURITY_INFORMATION, *PSECURITY_INFORMATION;
typedef PVOID PSID;
typedef PVOID PSECURITY_DESCRIPTOR;
typedef DWORD LCID, *PLCID;

typedef union _LARGE_INTEGER {
  OPENLSA_EXTENSION struct {
    DWORD LowPart;
    LONG HighPart;
  };
  struct {
    DWORD LowPart;
    LONG HighPart;
  } u;
  LONGLONG QuadPart;
} LARGE_INTEGER, *PLARGE_INTEGER;

typedef union _ULARGE_INTEGER {
  OPENLSA_EXTENSION struct {
    DWORD LowPart;
    DWORD HighPart;
  };
  struct {
    DWORD LowPart;
    DWORD HighPart;
  } u;
  ULONGLONG QuadPart;
} ULARGE_INTEGER, *PULARGE_INTEGER;

/* The 64-bit value of the older logon structures: aligned to 4 bytes. */
typedef struct _OLD_LARGE_INTEGER {
  ULONG LowPart;
  LONG HighPart;
} OLD_LARGE_INTEGER, *POLD_LARGE_INTEGER;

typedef struct _FILETIME {
  DWORD dwLowDateTime;
  DWORD dwHighDateTime;
} FILETIME, *PFILETIME, *LPFILETIME;

typedef struct _SYSTEMTIME {
  WORD wYear;
  WORD wMonth;
  WORD wDayOfWeek;
  WORD wDay;
  WORD wHour;
  WORD wMinute;
  WORD wSecond;
  WORD wMilliseconds;
} SYSTEMTIME, *PSYSTEMTIME, *LPSYSTEMTIME;

typedef struct _GUID {
  ULONG Data1;
  USHORT Data2;
  USHORT Data3;
  UCHAR Data4[8];
} GUID, *PGUID, *LPGUID, UUID;
typedef const GUID* LPCGUID;
#ifdef __cplusplus
#define REFGUID const GUID&
inline int IsEqualGUID(REFGUID a, REFGUID b) { return __builtin_memcmp(&a, &b, sizeof(GUID)) == 0; }
#else
#define REFGUID const GUID*
#define IsEqualGUID(a, b) (__builtin_memcmp((a), (b), sizeof(GUID)) == 0)
#endif

typedef struct _LIST_ENTRY {
  struct _LIST_ENTRY* Flink;
  struct _LIST_ENTRY* Blink;
} LIST_ENTRY, *PLIST_ENTRY;

typedef DWORD(WINAPI* PTHREAD_START_ROUTINE)(LPVOID parameter);
typedef PTHREAD_START_ROUTINE LPTHREAD_START_ROUTINE;

#define MAKEWORD(low, high) ((WORD)((BYTE)(low) | (WORD)((WORD)(BYTE)(high) << 8)))
#define MAKELONG(low, high) ((LONG)((WORD)(low) | ((DWORD)(WORD)(high) << 16)))
#define LOWORD(value) ((WORD)((DWORD_PTR)(value)&0xffff))
#define HIWORD(value) ((WORD)(((DWORD_PTR)(value) >> 16) & 0xffff))
#define LOBYTE(value) ((BYTE)((DWORD_PTR)(value)&0xff))
#define HIBYTE(value) ((BYTE)(((DWORD_PTR)(value) >> 8) & 0xff))

#define MAXUCHAR 0xff
#define MAXUSHORT 0xffff
#define MAXULONG 0xffffffffU
#define MAXDWORD 0xffffffffU
#define MAXLONG 0x7fffffff
#define MAXLONGLONG 0x7fffffffffffffffLL

#define ARRAYSIZE(array) (sizeof(array) / sizeof((array)[0]))
#define RTL_NUMBER_OF(array) ARRAYSIZE(array)
#define FIELD_OFFSET(type, field) ((LONG)offsetof(type, field))
#define RTL_FIELD_SIZE(type, field) (sizeof(((type*)0)->field))
#define RTL_SIZEOF_THROUGH_FIELD(type, field) (offsetof(type, field) + RTL_FIELD_SIZE(type, field))
#define CONTAINING_RECORD(address, type, field) ((type*)((PCHAR)(address)-offsetof(type, field)))

#endif
