/* NT strings and status classes: what ntdef.h, subauth.h, ntsecapi.h and winternl.h have in common. */
#ifndef OPENLSA_NTDEF_H
#define OPENLSA_NTDEF_H

#include "windef.h"

#ifndef _NTDEF_
#define _NTDEF_
#endif

/* Length and MaximumLength count bytes, without the terminating null, which need not be there. */
typedef struct _UNICODE_STRING {
  USHORT Length;
  USHORT MaximumLength;
  PWSTR Buffer;
} UNICODE_STRING, *PUNICODE_STRING;
typedef const UNICODE_STRING* PCUNICODE_STRING;

typedef struct _STRING {
  USHORT Length;
  USHORT MaximumLength;
  PCHAR Buffer;
} STRING, *PSTRING;
typedef const STRING* PCSTRING;
typedef STRING ANSI_STRING, OEM_STRING, UTF8_STRING;
typedef PSTRING PANSI_STRING, POEM_STRING, PUTF8_STRING;
typedef const STRING *PCANSI_STRING, *PCOEM_STRING;

typedef struct _OBJECT_ATTRIBUTES {
  ULONG Length;
  HANDLE RootDirectory;
  PUNICODE_STRING ObjectName;
  ULONG Attributes;
  PVOID SecurityDescriptor;
  PVOID SecurityQualityOfService;
} OBJECT_ATTRIBUTES, *POBJECT_ATTRIBUTES;

#define NT_SUCCESS(status) ((NTSTATUS)(status) >= 0)
#define NT_INFORMATION(status) ((ULONG)(status) >> 30 == 1)
#define NT_WARNING(status) ((ULONG)(status) >> 30 == 2)
#define NT_ERROR(status) ((ULONG)(status) >> 30 == 3)

/* A string with the text of a literal (u"", L"" or ""): UNICODE_STRING name = RTL_CONSTANT_STRING(u"text"). */
#define RTL_CONSTANT_STRING(text)                                                                    \
  {                                                                                                  \
    (USHORT)(sizeof(text) - sizeof((text)[0])), (USHORT)sizeof(text), OPENLSA_CONST_CAST_BUFFER(text) \
  }
#ifdef __cplusplus
#define OPENLSA_CONST_CAST_BUFFER(text) openlsa_literal_buffer(text)
extern "C++" {
constexpr PWSTR openlsa_literal_buffer(const WCHAR* text) { return const_cast<PWSTR>(text); }
constexpr PCHAR openlsa_literal_buffer(const CHAR* text) { return const_cast<PCHAR>(text); }
}
#else
#define OPENLSA_CONST_CAST_BUFFER(text) (text)
#endif

#endif
