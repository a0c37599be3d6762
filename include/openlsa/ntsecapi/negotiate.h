/* Messages to the Negotiate package. */
#ifndef OPENLSA_NTSECAPI_NEGOTIATE_H
#define OPENLSA_NTSECAPI_NEGOTIATE_H

#include "types.h"

EXTERN_C_START

#define NEGOTIATE_MAX_PREFIX 32

typedef enum _NEGOTIATE_MESSAGES OPENLSA_INT_ENUM {
  NegEnumPackagePrefixes = 0,
  NegGetCallerName = 1,
  NegTransferCredentials = 2,
  NegMsgReserved1 = 3,
  NegCallPackageMax
} NEGOTIATE_MESSAGES;

typedef struct _NEGOTIATE_PACKAGE_PREFIX {
  ULONG_PTR PackageId;
  PVOID PackageDataA;
  PVOID PackageDataW;
  ULONG_PTR PrefixLen;
  UCHAR Prefix[NEGOTIATE_MAX_PREFIX];
} NEGOTIATE_PACKAGE_PREFIX, *PNEGOTIATE_PACKAGE_PREFIX;

typedef struct _NEGOTIATE_PACKAGE_PREFIXES {
  ULONG MessageType; /* NegEnumPackagePrefixes */
  ULONG PrefixCount;
  ULONG Offset; /* of the NEGOTIATE_PACKAGE_PREFIX array, from the start of this structure */
  ULONG Pad;
} NEGOTIATE_PACKAGE_PREFIXES, *PNEGOTIATE_PACKAGE_PREFIXES;

typedef struct _NEGOTIATE_CALLER_NAME_REQUEST {
  ULONG MessageType; /* NegGetCallerName */
  LUID LogonId;
} NEGOTIATE_CALLER_NAME_REQUEST, *PNEGOTIATE_CALLER_NAME_REQUEST;

typedef struct _NEGOTIATE_CALLER_NAME_RESPONSE {
  ULONG MessageType;
  PWSTR CallerName;
} NEGOTIATE_CALLER_NAME_RESPONSE, *PNEGOTIATE_CALLER_NAME_RESPONSE;

EXTERN_C_END

#endif
