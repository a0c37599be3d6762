/* Password filters and notification packages, and the password policy of a domain. */
#ifndef OPENLSA_NTSECAPI_PASSWORD_CHANGE_H
#define OPENLSA_NTSECAPI_PASSWORD_CHANGE_H

#include "types.h"

/* The names that a notification package exports. */
#define SAM_PASSWORD_CHANGE_NOTIFY_ROUTINE "PasswordChangeNotify"
#define SAM_INIT_NOTIFICATION_ROUTINE "InitializeChangeNotify"
#define SAM_PASSWORD_FILTER_ROUTINE "PasswordFilter"

EXTERN_C_START

typedef NTSTATUS (*PSAM_PASSWORD_NOTIFICATION_ROUTINE)(PUNICODE_STRING UserName, ULONG RelativeId,
                                                       PUNICODE_STRING NewPassword);
typedef BOOLEAN (*PSAM_INIT_NOTIFICATION_ROUTINE)(VOID);
/* SetOperation: an administrator sets the password, the user does not change it. */
typedef BOOLEAN (*PSAM_PASSWORD_FILTER_ROUTINE)(PUNICODE_STRING AccountName, PUNICODE_STRING FullName,
                                                PUNICODE_STRING Password, BOOLEAN SetOperation);

#ifndef _DOMAIN_PASSWORD_INFORMATION_DEFINED
#define _DOMAIN_PASSWORD_INFORMATION_DEFINED
typedef struct _DOMAIN_PASSWORD_INFORMATION {
  USHORT MinPasswordLength;
  USHORT PasswordHistoryLength;
  ULONG PasswordProperties; /* DOMAIN_... */
  LARGE_INTEGER MaxPasswordAge; /* negative, in 100 ns */
  LARGE_INTEGER MinPasswordAge;
} DOMAIN_PASSWORD_INFORMATION, *PDOMAIN_PASSWORD_INFORMATION;
#endif

#define DOMAIN_PASSWORD_COMPLEX 0x01
#define DOMAIN_PASSWORD_NO_ANON_CHANGE 0x02
#define DOMAIN_PASSWORD_NO_CLEAR_CHANGE 0x04
#define DOMAIN_LOCKOUT_ADMINS 0x08
#define DOMAIN_PASSWORD_STORE_CLEARTEXT 0x10
#define DOMAIN_REFUSE_PASSWORD_CHANGE 0x20
#define DOMAIN_NO_LM_OWF_CHANGE 0x40

EXTERN_C_END

#endif
