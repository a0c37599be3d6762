/* The logon functions: connections to the LSA, logons, calls to authentication packages, logon sessions. */
#ifndef OPENLSA_NTSECAPI_LOGON_H
#define OPENLSA_NTSECAPI_LOGON_H

#include "types.h"

EXTERN_C_START

#define LSA_MODE_PASSWORD_PROTECTED 1
#define LSA_MODE_INDIVIDUAL_ACCOUNTS 2
#define LSA_MODE_MANDATORY_ACCESS 4
#define LSA_MODE_LOG_FULL 8

typedef struct _LSA_LAST_INTER_LOGON_INFO {
  LARGE_INTEGER LastSuccessfulLogon;
  LARGE_INTEGER LastFailedLogon;
  ULONG FailedAttemptCountSinceLastSuccessfulLogon;
} LSA_LAST_INTER_LOGON_INFO, *PLSA_LAST_INTER_LOGON_INFO;

/* LsaGetLogonSessionData. Times are FILETIME counts. */
typedef struct _SECURITY_LOGON_SESSION_DATA {
  ULONG Size; /* bytes of this structure that are valid */
  LUID LogonId;
  LSA_UNICODE_STRING UserName;
  LSA_UNICODE_STRING LogonDomain;
  LSA_UNICODE_STRING AuthenticationPackage;
  ULONG LogonType; /* SECURITY_LOGON_TYPE */
  ULONG Session;
  PSID Sid;
  LARGE_INTEGER LogonTime;
  LSA_UNICODE_STRING LogonServer;
  LSA_UNICODE_STRING DnsDomainName;
  LSA_UNICODE_STRING Upn;
  ULONG UserFlags;
  LSA_LAST_INTER_LOGON_INFO LastLogonInfo;
  LSA_UNICODE_STRING LogonScript;
  LSA_UNICODE_STRING ProfilePath;
  LSA_UNICODE_STRING HomeDirectory;
  LSA_UNICODE_STRING HomeDirectoryDrive;
  LARGE_INTEGER LogoffTime;
  LARGE_INTEGER KickOffTime;
  LARGE_INTEGER PasswordLastSet;
  LARGE_INTEGER PasswordCanChange;
  LARGE_INTEGER PasswordMustChange;
} SECURITY_LOGON_SESSION_DATA, *PSECURITY_LOGON_SESSION_DATA;

/* A trusted connection. LogonProcessName has at most 127 bytes and goes to the audit log; *SecurityMode has no meaning.
 * STATUS_PORT_CONNECTION_REFUSED without SeTcbPrivilege, STATUS_NAME_TOO_LONG. */
NTSTATUS NTAPI LsaRegisterLogonProcess(PLSA_STRING LogonProcessName, PHANDLE LsaHandle,
                                       PLSA_OPERATIONAL_MODE SecurityMode);
/* A connection for any caller: it cannot add LocalGroups. */
NTSTATUS NTAPI LsaConnectUntrusted(PHANDLE LsaHandle);
NTSTATUS NTAPI LsaDeregisterLogonProcess(HANDLE LsaHandle);

/* STATUS_NO_SUCH_PACKAGE, STATUS_NAME_TOO_LONG. */
NTSTATUS NTAPI LsaLookupAuthenticationPackage(HANDLE LsaHandle, PLSA_STRING PackageName, PULONG AuthenticationPackage);

/* Strings in AuthenticationInformation lie in the same block, within AuthenticationInformationLength bytes. The caller
 * frees *ProfileBuffer with LsaFreeReturnBuffer and closes *Token with CloseHandle. *SubStatus is set when the account
 * was right and the logon is refused (STATUS_ACCOUNT_RESTRICTION). */
NTSTATUS NTAPI LsaLogonUser(HANDLE LsaHandle, PLSA_STRING OriginName, SECURITY_LOGON_TYPE LogonType,
                            ULONG AuthenticationPackage, PVOID AuthenticationInformation,
                            ULONG AuthenticationInformationLength, PTOKEN_GROUPS LocalGroups,
                            PTOKEN_SOURCE SourceContext, PVOID *ProfileBuffer, PULONG ProfileBufferLength,
                            PLUID LogonId, PHANDLE Token, PQUOTA_LIMITS Quotas, PNTSTATUS SubStatus);

/* Two results: the return value says whether the call came through, *ProtocolStatus what the package answered. The
 * caller frees *ProtocolReturnBuffer with LsaFreeReturnBuffer. */
NTSTATUS NTAPI LsaCallAuthenticationPackage(HANDLE LsaHandle, ULONG AuthenticationPackage, PVOID ProtocolSubmitBuffer,
                                            ULONG SubmitBufferLength, PVOID *ProtocolReturnBuffer,
                                            PULONG ReturnBufferLength, PNTSTATUS ProtocolStatus);

NTSTATUS NTAPI LsaFreeReturnBuffer(PVOID Buffer);

/* Both results are freed with LsaFreeReturnBuffer. Data of a session is for its owner and for administrators. */
NTSTATUS NTAPI LsaEnumerateLogonSessions(PULONG LogonSessionCount, PLUID *LogonSessionList);
NTSTATUS NTAPI LsaGetLogonSessionData(PLUID LogonId, PSECURITY_LOGON_SESSION_DATA *ppLogonSessionData);

/* The ERROR_ code for a status; ERROR_MR_MID_NOT_FOUND where there is none. */
ULONG NTAPI LsaNtStatusToWinError(NTSTATUS Status);

EXTERN_C_END

#endif
