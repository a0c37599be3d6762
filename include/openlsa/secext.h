/* OpenLSA: names of accounts in other forms (Windows header secext.h). libsecur32.so.1 exports the functions. */
#ifndef OPENLSA_SECEXT_H
#define OPENLSA_SECEXT_H

#include "windef.h"

#ifndef __SECEXT_H__
#define __SECEXT_H__
#endif

#ifndef SEC_ENTRY
#define SEC_ENTRY
#endif

EXTERN_C_START

typedef enum OPENLSA_INT_ENUM {
  NameUnknown = 0,
  NameFullyQualifiedDN = 1, /* CN=Jeff Smith,OU=Users,DC=Engineering,DC=Example,DC=Com */
  NameSamCompatible = 2,    /* ENGINEERING\JSmith */
  NameDisplay = 3,          /* Jeff Smith */
  NameUniqueId = 6,         /* a GUID string */
  NameCanonical = 7,        /* engineering.example.com/users/jsmith */
  NameUserPrincipal = 8,    /* jsmith@example.com */
  NameCanonicalEx = 9,      /* NameCanonical with a newline for the last slash */
  NameServicePrincipal = 10,
  NameDnsDomain = 12, /* DNS domain, backslash, SAM name */
  NameGivenName = 13,
  NameSurname = 14
} EXTENDED_NAME_FORMAT, *PEXTENDED_NAME_FORMAT;

/* nSize counts characters: on entry what the buffer holds, on success the length without the terminating null, on
   ERROR_MORE_DATA what is needed with it. A result of FALSE leaves the reason in GetLastError. */
BOOLEAN SEC_ENTRY GetUserNameExA(EXTENDED_NAME_FORMAT NameFormat, LPSTR lpNameBuffer, PULONG nSize);
BOOLEAN SEC_ENTRY GetUserNameExW(EXTENDED_NAME_FORMAT NameFormat, LPWSTR lpNameBuffer, PULONG nSize);
BOOLEAN SEC_ENTRY GetComputerObjectNameA(EXTENDED_NAME_FORMAT NameFormat, LPSTR lpNameBuffer, PULONG nSize);
BOOLEAN SEC_ENTRY GetComputerObjectNameW(EXTENDED_NAME_FORMAT NameFormat, LPWSTR lpNameBuffer, PULONG nSize);
BOOLEAN SEC_ENTRY TranslateNameA(LPCSTR lpAccountName, EXTENDED_NAME_FORMAT AccountNameFormat,
                                 EXTENDED_NAME_FORMAT DesiredNameFormat, LPSTR lpTranslatedName, PULONG nSize);
BOOLEAN SEC_ENTRY TranslateNameW(LPCWSTR lpAccountName, EXTENDED_NAME_FORMAT AccountNameFormat,
                                 EXTENDED_NAME_FORMAT DesiredNameFormat, LPWSTR lpTranslatedName, PULONG nSize);

EXTERN_C_END

#ifdef UNICODE
#define GetUserNameEx GetUserNameExW
#define GetComputerObjectName GetComputerObjectNameW
#define TranslateName TranslateNameW
#else
#define GetUserNameEx GetUserNameExA
#define GetComputerObjectName GetComputerObjectNameA
#define TranslateName TranslateNameA
#endif

#endif
