/* Messages that every package understands (CallPackage), by number above the packages' own. */
#ifndef OPENLSA_NTSECPKG_CALL_PACKAGE_H
#define OPENLSA_NTSECPKG_CALL_PACKAGE_H

#include "../winnt.h"
#include "../subauth.h"

EXTERN_C_START

typedef enum _SECPKG_CALL_PACKAGE_MESSAGE_TYPE OPENLSA_INT_ENUM {
  SecPkgCallPackageMinMessage = 1024,
  SecPkgCallPackagePinDcMessage = SecPkgCallPackageMinMessage,
  SecPkgCallPackageUnpinAllDcsMessage,
  SecPkgCallPackageTransferCredMessage,
  SecPkgCallPackageMaxMessage = SecPkgCallPackageTransferCredMessage
} SECPKG_CALL_PACKAGE_MESSAGE_TYPE, *PSECPKG_CALL_PACKAGE_MESSAGE_TYPE;

/* Use this domain controller for the domain from now on. */
typedef struct _SECPKG_CALL_PACKAGE_PIN_DC_REQUEST {
  ULONG MessageType; /* SecPkgCallPackagePinDcMessage */
  ULONG Flags;
  UNICODE_STRING DomainName;
  UNICODE_STRING DcName;
  ULONG DcFlags;
} SECPKG_CALL_PACKAGE_PIN_DC_REQUEST, *PSECPKG_CALL_PACKAGE_PIN_DC_REQUEST;

typedef struct _SECPKG_CALL_PACKAGE_UNPIN_ALL_DCS_REQUEST {
  ULONG MessageType; /* SecPkgCallPackageUnpinAllDcsMessage */
  ULONG Flags;
} SECPKG_CALL_PACKAGE_UNPIN_ALL_DCS_REQUEST, *PSECPKG_CALL_PACKAGE_UNPIN_ALL_DCS_REQUEST;

#define SECPKG_CALL_PACKAGE_TRANSFER_CRED_REQUEST_FLAG_OPTIMISTIC_LOGON 0x1
#define SECPKG_CALL_PACKAGE_TRANSFER_CRED_REQUEST_FLAG_CLEANUP_CREDENTIALS 0x2
#define SECPKG_CALL_PACKAGE_TRANSFER_CRED_REQUEST_FLAG_TO_SSO_SESSION 0x4

/* Give the destination session the origin's credentials. */
typedef struct _SECPKG_CALL_PACKAGE_TRANSFER_CRED_REQUEST {
  ULONG MessageType; /* SecPkgCallPackageTransferCredMessage */
  LUID OriginLogonId;
  LUID DestinationLogonId;
  ULONG Flags;
} SECPKG_CALL_PACKAGE_TRANSFER_CRED_REQUEST, *PSECPKG_CALL_PACKAGE_TRANSFER_CRED_REQUEST;

EXTERN_C_END

#endif
