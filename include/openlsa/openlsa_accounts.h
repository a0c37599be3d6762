/* OpenLSA: the accounts of this machine and what is done with their keys, for packages in LSA mode that have the right
 * `account_keys`. The keys stay in the authority: a package asks what a key says of a proof, never for the key. Included
 * by openlsa.h, whose conventions hold here. */
#ifndef OPENLSA_OPENLSA_ACCOUNTS_H
#define OPENLSA_OPENLSA_ACCOUNTS_H

#include "ntsecapi.h"
#include "ntsecpkg.h"

EXTERN_C_START

#define OPENLSA_ACCOUNTS_INTERFACE_NAME "accounts"
#define OPENLSA_ACCOUNTS_INTERFACE_VERSION 1

/* OPENLSA_LOGON_ATTEMPT.Flags */
#define OPENLSA_ATTEMPT_PASSWORD 0x1     /* Password is the proof, else NtResponse and LmResponse are */
#define OPENLSA_ATTEMPT_NO_PROOF 0x2     /* S4U: none. The client of the current call must have SeTcbPrivilege */
#define OPENLSA_ATTEMPT_TOKEN 0x4        /* a logon session and a token are made; the right to vouch is needed too */
#define OPENLSA_ATTEMPT_IN_CLIENT 0x8    /* ... and Token is a handle of the client, as from DuplicateHandle */
#define OPENLSA_ATTEMPT_SKIP_HOURS 0x10  /* S4U: logon hours and workstations do not count */

/* OPENLSA_LOGON_ATTEMPT.AcceptedResponses */
#define OPENLSA_RESPONSE_NTLM_V2 0x1
#define OPENLSA_RESPONSE_NTLM_V1 0x4 /* also with an extended session security challenge, which the package computes */

typedef struct _OPENLSA_LOGON_ATTEMPT {
  ULONG Size; /* bytes of this structure */
  ULONG Flags;
  SECURITY_LOGON_TYPE LogonType;
  SECURITY_IMPERSONATION_LEVEL Level; /* of the token */
  TOKEN_SOURCE Source;
  PCUNICODE_STRING UserName; /* as the client gave it; "user@domain" when there is no domain name */
  PCUNICODE_STRING DomainName;
  PCUNICODE_STRING Workstation; /* may be NULL */
  PCUNICODE_STRING Password;
  UCHAR Challenge[MSV1_0_CHALLENGE_LENGTH];
  ULONG AcceptedResponses;
  const UCHAR *NtResponse;
  ULONG NtResponseSize;
  const UCHAR *LmResponse; /* never a proof by itself: LM is not taken, and LMv2 alone has no key ([MS-NLMP] 3.3.2) */
  ULONG LmResponseSize;
  ULONG ParameterControl; /* MSV1_0_* of the submission; the top byte names a sub-authentication package */
} OPENLSA_LOGON_ATTEMPT, *POPENLSA_LOGON_ATTEMPT;

/* Names and SIDs are blocks of the LSA heap: the package frees each with FreeLsaHeap. */
typedef struct _OPENLSA_LOGON {
  ULONG Size; /* in: bytes of this structure */
  ULONG UserFlags; /* LOGON_* of ntsecapi.h */
  UNICODE_STRING UserName; /* the account's own spelling */
  UNICODE_STRING DomainName;
  PSID UserSid;
  PSID PrimaryGroupSid;
  PTOKEN_GROUPS Groups; /* one block; of an account of a domain. NULL: none */
  UNICODE_STRING LogonServer; /* who judged */
  UCHAR SessionBaseKey[MSV1_0_USER_SESSION_KEY_LENGTH]; /* of a response ([MS-NLMP] 3.3); the caller wipes it */
  UCHAR LmSessionKey[MSV1_0_LANMAN_SESSION_KEY_LENGTH];
  LARGE_INTEGER LogonTime, KickOffTime, PasswordLastSet, PasswordCanChange, PasswordMustChange;
  USHORT BadPasswordCount;
  LUID LogonId; /* with OPENLSA_ATTEMPT_TOKEN */
  HANDLE Token;
  LARGE_INTEGER LogoffTime; /* when the user should log off; 0: as KickOffTime */
} OPENLSA_LOGON, *POPENLSA_LOGON;

/* [ntlm] of lsa.toml, with the meaning of the registry values of the same names. */
typedef struct _OPENLSA_NTLM_POLICY {
  ULONG Size; /* in: bytes of this structure */
  ULONG LmCompatibilityLevel;
  ULONG NtlmMinClientSec; /* NTLMSSP_NEGOTIATE_* without which a context has no session security */
  ULONG NtlmMinServerSec;
  ULONG RestrictSendingNtlmTraffic;   /* 0 allow, 1 allow and audit, 2 deny but for SendingExceptions */
  ULONG RestrictReceivingNtlmTraffic; /* 0 allow, 1 allow and audit, 2 deny */
  ULONG AllowAnonymous;
  PUNICODE_STRING SendingExceptions; /* ClientAllowedNTLMServers: one block of the LSA heap, NULL when there are none */
  ULONG SendingExceptionCount;
} OPENLSA_NTLM_POLICY, *POPENLSA_NTLM_POLICY;

/* OPENLSA_ACCOUNTS_INTERFACE.AuditNtlm */
#define OPENLSA_NTLM_SENT 1     /* a client of this machine authenticates with NTLM to Target */
#define OPENLSA_NTLM_RECEIVED 2 /* a server of this machine got an NTLM logon */

typedef struct _OPENLSA_ACCOUNTS_INTERFACE {
  ULONG Size;    /* bytes of this structure */
  ULONG Version; /* OPENLSA_ACCOUNTS_INTERFACE_VERSION */

  /* Judges an attempt to log on: the proof, lock-out, and what limits the account. Audited by the authority. Logon is
   * written on success only.
   *   STATUS_NO_SUCH_USER, STATUS_WRONG_PASSWORD  towards a network both are one answer, which is the package's to give
   *   STATUS_ACCOUNT_LOCKED_OUT, STATUS_ACCOUNT_DISABLED, STATUS_ACCOUNT_EXPIRED, STATUS_PASSWORD_EXPIRED,
   *   STATUS_PASSWORD_MUST_CHANGE, STATUS_INVALID_LOGON_HOURS, STATUS_INVALID_WORKSTATION,
   *   STATUS_ACCOUNT_RESTRICTION, STATUS_LOGON_TYPE_NOT_GRANTED
   *   STATUS_NTLM_BLOCKED    no accepted kind of response was there
   *   STATUS_NO_LOGON_SERVERS, STATUS_TRUSTED_DOMAIN_FAILURE  the domain cannot be asked
   *   what a sub-authentication package answered
   *   STATUS_ACCESS_DENIED   the right is not there, or the client's for OPENLSA_ATTEMPT_NO_PROOF */
  NTSTATUS (*LogOn)(const OPENLSA_LOGON_ATTEMPT *Attempt, OPENLSA_LOGON *Logon);

  /* NTLMv2 with the password that a logon session began with ([MS-NLMP] 3.3.2): NTProofStr and SessionBaseKey for the
   * server's challenge and the client's blob. UserName and DomainName: as the message will name them.
   * LogonId: NULL for the session of the current call's client; another one than that takes the client's
   * SeTcbPrivilege. Blob: at least 8 bytes; the client's
   * challenge alone gives LMv2.
   *   STATUS_NO_SUCH_LOGON_SESSION
   *   STATUS_NO_SUCH_MEMBER   the session has no password */
  NTSTATUS (*ComputeNtlmV2)(PLUID LogonId, PCUNICODE_STRING UserName, PCUNICODE_STRING DomainName,
                            const UCHAR Challenge[MSV1_0_CHALLENGE_LENGTH], const UCHAR *Blob, ULONG BlobSize,
                            UCHAR Proof[MSV1_0_NTLM3_RESPONSE_LENGTH],
                            UCHAR SessionBaseKey[MSV1_0_USER_SESSION_KEY_LENGTH]);

  /* OldPassword: NULL for an administrator's change, which takes the client's SeTcbPrivilege.
   *   STATUS_NO_SUCH_USER, STATUS_WRONG_PASSWORD, STATUS_ACCOUNT_LOCKED_OUT, STATUS_PASSWORD_RESTRICTION,
   *   STATUS_ILL_FORMED_PASSWORD */
  NTSTATUS (*ChangePassword)(PCUNICODE_STRING UserName, PCUNICODE_STRING DomainName, PCUNICODE_STRING OldPassword,
                             PCUNICODE_STRING NewPassword);

  /* The policy that an administrator set for NTLM. It does not change while the authority runs. */
  NTSTATUS (*GetNtlmPolicy)(OPENLSA_NTLM_POLICY *Policy);

  /* MsV1_0SubAuth: a message for the sub-authentication package with this number (1 to 255). ReturnBuffer: a block of
   * the LSA heap, freed with FreeLsaHeap; NULL when the package returned nothing.
   *   STATUS_DLL_NOT_FOUND   no such package is registered
   *   what the package answered */
  NTSTATUS (*CallSubAuthentication)(ULONG SubAuthPackageId, PVOID SubmitBuffer, ULONG SubmitBufferSize,
                                    PVOID *ReturnBuffer, PULONG ReturnBufferSize);

  /* For the audit trail, when the policy asks for it or Status says that a use was refused. Use: OPENLSA_NTLM_*. Names
   * may be NULL. */
  NTSTATUS (*AuditNtlm)(ULONG Use, NTSTATUS Status, PCUNICODE_STRING UserName, PCUNICODE_STRING DomainName,
                        PCUNICODE_STRING Target);
} OPENLSA_ACCOUNTS_INTERFACE, *POPENLSA_ACCOUNTS_INTERFACE;

EXTERN_C_END

#endif
