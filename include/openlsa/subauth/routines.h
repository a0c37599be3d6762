/* The entry points that a sub-authentication package exports, each of them optional. */
#ifndef OPENLSA_SUBAUTH_ROUTINES_H
#define OPENLSA_SUBAUTH_ROUTINES_H

#include "accounts.h"
#include "logon_information.h"

/* Flags: what kind of logon it is. */
#define MSV1_0_PASSTHRU 0x01
#define MSV1_0_GUEST_LOGON 0x02

/* WhichFields of MSV1_0_VALIDATION_INFO */
#define MSV1_0_VALIDATION_LOGOFF_TIME 0x00000001
#define MSV1_0_VALIDATION_KICKOFF_TIME 0x00000002
#define MSV1_0_VALIDATION_LOGON_SERVER 0x00000004
#define MSV1_0_VALIDATION_LOGON_DOMAIN 0x00000008
#define MSV1_0_VALIDATION_SESSION_KEY 0x00000010
#define MSV1_0_VALIDATION_USER_FLAGS 0x00000020
#define MSV1_0_VALIDATION_USER_ID 0x00000040

/* ActionsPerformed: the checks that the routine made itself and that its caller leaves out. */
#define MSV1_0_SUBAUTH_ACCOUNT_DISABLED 0x00000001
#define MSV1_0_SUBAUTH_PASSWORD 0x00000002
#define MSV1_0_SUBAUTH_WORKSTATIONS 0x00000004
#define MSV1_0_SUBAUTH_LOGON_HOURS 0x00000008
#define MSV1_0_SUBAUTH_ACCOUNT_EXPIRY 0x00000010
#define MSV1_0_SUBAUTH_PASSWORD_EXPIRY 0x00000020
#define MSV1_0_SUBAUTH_ACCOUNT_TYPE 0x00000040
#define MSV1_0_SUBAUTH_LOCKOUT 0x00000080

typedef struct _MSV1_0_VALIDATION_INFO {
  LARGE_INTEGER LogoffTime;
  LARGE_INTEGER KickoffTime;
  UNICODE_STRING LogonServer;
  UNICODE_STRING LogonDomainName;
  USER_SESSION_KEY SessionKey;
  BOOLEAN Authoritative;
  ULONG UserFlags;
  ULONG WhichFields;
  ULONG UserId;
} MSV1_0_VALIDATION_INFO, *PMSV1_0_VALIDATION_INFO;

EXTERN_C_START

NTSTATUS NTAPI Msv1_0SubAuthenticationRoutine(NETLOGON_LOGON_INFO_CLASS LogonLevel, PVOID LogonInformation,
                                              ULONG Flags, PUSER_ALL_INFORMATION UserAll, PULONG WhichFields,
                                              PULONG UserFlags, PBOOLEAN Authoritative, PLARGE_INTEGER LogoffTime,
                                              PLARGE_INTEGER KickoffTime);

NTSTATUS NTAPI Msv1_0SubAuthenticationRoutineEx(NETLOGON_LOGON_INFO_CLASS LogonLevel, PVOID LogonInformation,
                                                ULONG Flags, PUSER_ALL_INFORMATION UserAll, SAM_HANDLE UserHandle,
                                                PMSV1_0_VALIDATION_INFO ValidationInfo, PULONG ActionsPerformed);

NTSTATUS NTAPI Msv1_0SubAuthenticationRoutineGeneric(PVOID SubmitBuffer, ULONG SubmitBufferLength,
                                                     PULONG ReturnBufferLength, PVOID* ReturnBuffer);

NTSTATUS NTAPI Msv1_0SubAuthenticationFilter(NETLOGON_LOGON_INFO_CLASS LogonLevel, PVOID LogonInformation, ULONG Flags,
                                             PUSER_ALL_INFORMATION UserAll, PULONG WhichFields, PULONG UserFlags,
                                             PBOOLEAN Authoritative, PLARGE_INTEGER LogoffTime,
                                             PLARGE_INTEGER KickoffTime);

EXTERN_C_END

#endif
