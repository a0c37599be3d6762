/* Notifications that a package asks for with RegisterNotification. */
#ifndef OPENLSA_NTSECPKG_NOTIFICATIONS_H
#define OPENLSA_NTSECPKG_NOTIFICATIONS_H

#include "../winnt.h"
#include "../sspi.h"
#include "credentials.h"

#define NOTIFIER_FLAG_NEW_THREAD 0x00000001
#define NOTIFIER_FLAG_ONE_SHOT 0x00000002
#define NOTIFIER_FLAG_SECONDS 0x80000000 /* the interval counts seconds, not minutes */

#define NOTIFIER_TYPE_INTERVAL 1
#define NOTIFIER_TYPE_HANDLE_WAIT 2
#define NOTIFIER_TYPE_STATE_CHANGE 3
#define NOTIFIER_TYPE_NOTIFY_EVENT 4
#define NOTIFIER_TYPE_IMMEDIATE 16 /* once, at once */

#define NOTIFY_CLASS_PACKAGE_CHANGE 1
#define NOTIFY_CLASS_ROLE_CHANGE 2
#define NOTIFY_CLASS_DOMAIN_CHANGE 3
#define NOTIFY_CLASS_REGISTRY_CHANGE 4

#define SECPKG_PACKAGE_CHANGE_LOAD 0
#define SECPKG_PACKAGE_CHANGE_UNLOAD 1
#define SECPKG_PACKAGE_CHANGE_SELECT 2

EXTERN_C_START

typedef struct _SECPKG_EVENT_PACKAGE_CHANGE {
  ULONG ChangeType; /* SECPKG_PACKAGE_CHANGE_... */
  LSA_SEC_HANDLE PackageId;
  SECURITY_STRING PackageName;
} SECPKG_EVENT_PACKAGE_CHANGE, *PSECPKG_EVENT_PACKAGE_CHANGE;

typedef struct _SECPKG_EVENT_ROLE_CHANGE {
  ULONG PreviousRole;
  ULONG NewRole;
} SECPKG_EVENT_ROLE_CHANGE, *PSECPKG_EVENT_ROLE_CHANGE;

/* The parameter of the start function for NOTIFIER_TYPE_NOTIFY_EVENT. It is the LSA's, valid during the call. */
typedef struct _SECPKG_EVENT_NOTIFY {
  ULONG EventClass; /* NOTIFY_CLASS_... */
  ULONG Reserved;
  ULONG EventDataSize;
  PVOID EventData;
  PVOID PackageParameter; /* what the package gave to RegisterNotification */
} SECPKG_EVENT_NOTIFY, *PSECPKG_EVENT_NOTIFY;

EXTERN_C_END

#endif
