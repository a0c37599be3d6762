/* Logon messages of the PKU2U package. */
#ifndef OPENLSA_NTSECAPI_PKU2U_H
#define OPENLSA_NTSECAPI_PKU2U_H

#include "types.h"

EXTERN_C_START

#define PKU2U_PACKAGE_NAME_A "pku2u"
#define PKU2U_PACKAGE_NAME_W OPENLSA_WIDE("pku2u")
#ifdef UNICODE
#define PKU2U_PACKAGE_NAME PKU2U_PACKAGE_NAME_W
#else
#define PKU2U_PACKAGE_NAME PKU2U_PACKAGE_NAME_A
#endif

typedef struct _PKU2U_CERT_BLOB {
  ULONG CertOffset;
  USHORT CertLength;
} PKU2U_CERT_BLOB, *PPKU2U_CERT_BLOB;

typedef struct _PKU2U_CREDUI_CONTEXT {
  ULONG64 Version;
  USHORT cbHeaderLength;
  ULONG cbStructureLength;
  USHORT CertArrayCount;
  ULONG CertArrayOffset; /* of the PKU2U_CERT_BLOB array */
} PKU2U_CREDUI_CONTEXT, *PPKU2U_CREDUI_CONTEXT;

typedef enum _PKU2U_LOGON_SUBMIT_TYPE { Pku2uCertificateS4ULogon = 14 } PKU2U_LOGON_SUBMIT_TYPE,
    *PPKU2U_LOGON_SUBMIT_TYPE;

typedef struct _PKU2U_CERTIFICATE_S4U_LOGON {
  PKU2U_LOGON_SUBMIT_TYPE MessageType;
  ULONG Flags;
  UNICODE_STRING UserPrincipalName;
  UNICODE_STRING DomainName;
  ULONG CertificateLength;
  PUCHAR Certificate;
} PKU2U_CERTIFICATE_S4U_LOGON, *PPKU2U_CERTIFICATE_S4U_LOGON;

EXTERN_C_END

#endif
