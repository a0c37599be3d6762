/* NT strings, and the Win32 error of an NTSTATUS. */
#ifndef OPENLSA_WINDOWS_STRINGS_H
#define OPENLSA_WINDOWS_STRINGS_H

#include "../ntdef.h"

EXTERN_C_START

/* The string refers to `source`, which must live as long as it. */
VOID NTAPI RtlInitUnicodeString(PUNICODE_STRING destination, PCWSTR source) OPENLSA_SYMBOL(RtlInitUnicodeString);
VOID NTAPI RtlInitString(PSTRING destination, PCSTR source) OPENLSA_SYMBOL(RtlInitString);
VOID NTAPI RtlInitAnsiString(PANSI_STRING destination, PCSTR source) OPENLSA_SYMBOL(RtlInitAnsiString);

/* Copies as much as MaximumLength of the destination allows. */
VOID NTAPI RtlCopyUnicodeString(PUNICODE_STRING destination,
                                PCUNICODE_STRING source) OPENLSA_SYMBOL(RtlCopyUnicodeString);
VOID NTAPI RtlCopyString(PSTRING destination, PCSTRING source) OPENLSA_SYMBOL(RtlCopyString);

BOOLEAN NTAPI RtlEqualUnicodeString(PCUNICODE_STRING a, PCUNICODE_STRING b,
                                    BOOLEAN case_insensitive) OPENLSA_SYMBOL(RtlEqualUnicodeString);
BOOLEAN NTAPI RtlEqualString(PCSTRING a, PCSTRING b, BOOLEAN case_insensitive) OPENLSA_SYMBOL(RtlEqualString);
LONG NTAPI RtlCompareUnicodeString(PCUNICODE_STRING a, PCUNICODE_STRING b,
                                   BOOLEAN case_insensitive) OPENLSA_SYMBOL(RtlCompareUnicodeString);

/* The ANSI code page is UTF-8. With `allocate`, RtlFreeUnicodeString or RtlFreeAnsiString frees the destination. */
NTSTATUS NTAPI RtlAnsiStringToUnicodeString(PUNICODE_STRING destination, PCANSI_STRING source,
                                            BOOLEAN allocate) OPENLSA_SYMBOL(RtlAnsiStringToUnicodeString);
NTSTATUS NTAPI RtlUnicodeStringToAnsiString(PANSI_STRING destination, PCUNICODE_STRING source,
                                            BOOLEAN allocate) OPENLSA_SYMBOL(RtlUnicodeStringToAnsiString);
VOID NTAPI RtlFreeUnicodeString(PUNICODE_STRING string) OPENLSA_SYMBOL(RtlFreeUnicodeString);
VOID NTAPI RtlFreeAnsiString(PANSI_STRING string) OPENLSA_SYMBOL(RtlFreeAnsiString);

ULONG NTAPI RtlNtStatusToDosError(NTSTATUS status) OPENLSA_SYMBOL(RtlNtStatusToDosError);

EXTERN_C_END

#endif
