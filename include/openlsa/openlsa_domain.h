/* OpenLSA: the domain door. A shared object that exports OpenlsaDomainInitialize lets the authority ask a directory about
 * accounts that are not this machine's. It runs in a host of its own; it gets proofs and never keys. Windows has no name
 * for this: there it is Netlogon's work. Included by openlsa.h's users that write such a door, not by openlsa.h. */
#ifndef OPENLSA_OPENLSA_DOMAIN_H
#define OPENLSA_OPENLSA_DOMAIN_H

#include "ntsecapi.h"
#include "ntsecpkg.h"

EXTERN_C_START

#define OPENLSA_DOMAIN_INTERFACE_VERSION 1

typedef struct _OPENLSA_DOMAIN_ATTEMPT {
  ULONG Size; /* bytes of this structure */
  SECURITY_LOGON_TYPE LogonType;
  ULONG ParameterControl; /* MSV1_0_* */
  UNICODE_STRING UserName;
  UNICODE_STRING DomainName; /* empty: UserName is a user principal name */
  UNICODE_STRING Workstation;
  PCUNICODE_STRING Password; /* NULL: the responses are the proof */
  UCHAR Challenge[MSV1_0_CHALLENGE_LENGTH];
  const UCHAR *NtResponse;
  ULONG NtResponseSize;
  const UCHAR *LmResponse;
  ULONG LmResponseSize;
} OPENLSA_DOMAIN_ATTEMPT, *POPENLSA_DOMAIN_ATTEMPT;

#define OPENLSA_DOMAIN_ACCOUNT_HAS_POSIX 0x1 /* Uid, Gid, PosixGroups are the domain's mapping */

/* Pointers are the door's; they stay valid until FreeAccount. */
typedef struct _OPENLSA_DOMAIN_ACCOUNT {
  ULONG Size; /* in: bytes of this structure */
  ULONG Flags;
  UNICODE_STRING UserName; /* the directory's own spelling */
  UNICODE_STRING FullName;
  UNICODE_STRING DomainName; /* NetBIOS */
  UNICODE_STRING DnsDomainName;
  PSID UserSid;
  PSID PrimaryGroupSid;
  ULONG GroupCount;
  SID_AND_ATTRIBUTES *Groups; /* without the primary one */
  ULONG Uid;
  ULONG Gid;
  ULONG PosixGroupCount;
  const ULONG *PosixGroups;
  /* Of a logon. */
  UNICODE_STRING LogonServer;
  ULONG UserFlags;         /* LOGON_* */
  ULONG SessionBaseKeySize; /* 16, or 0 without a response */
  UCHAR SessionBaseKey[MSV1_0_USER_SESSION_KEY_LENGTH];
  ULONG LmSessionKeySize; /* 8 or 0 */
  UCHAR LmSessionKey[MSV1_0_LANMAN_SESSION_KEY_LENGTH];
  LARGE_INTEGER LogonTime, KickOffTime, PasswordLastSet, PasswordCanChange, PasswordMustChange;
  USHORT BadPasswordCount;
  PVOID Private; /* the door's own */
} OPENLSA_DOMAIN_ACCOUNT, *POPENLSA_DOMAIN_ACCOUNT;

typedef struct _OPENLSA_DOMAIN_NAME {
  UNICODE_STRING Netbios;
  UNICODE_STRING Dns; /* may be empty */
  PSID Sid;
} OPENLSA_DOMAIN_NAME, *POPENLSA_DOMAIN_NAME;

/* Functions may be called on several threads at once. Outputs are written on success only. */
typedef struct _OPENLSA_DOMAIN_INTERFACE {
  ULONG Size;    /* bytes of this structure */
  ULONG Version; /* OPENLSA_DOMAIN_INTERFACE_VERSION */

  /* STATUS_NO_SUCH_USER, STATUS_WRONG_PASSWORD, STATUS_ACCOUNT_LOCKED_OUT, ... as the domain says;
   * STATUS_NO_LOGON_SERVERS: the domain cannot be asked. */
  NTSTATUS (*LogOn)(const OPENLSA_DOMAIN_ATTEMPT *Attempt, OPENLSA_DOMAIN_ACCOUNT *Account);

  /* Either Sid, or UserName and DomainName. STATUS_NONE_MAPPED, STATUS_NO_LOGON_SERVERS. */
  NTSTATUS (*LookUp)(PSID Sid, PCUNICODE_STRING UserName, PCUNICODE_STRING DomainName, OPENLSA_DOMAIN_ACCOUNT *Account);
  void (*FreeAccount)(OPENLSA_DOMAIN_ACCOUNT *Account); /* wipes the keys */

  /* The domains that the door knows, this machine's first. Freed with FreeDomains. */
  NTSTATUS (*EnumerateDomains)(OPENLSA_DOMAIN_NAME **Domains, ULONG *Count);
  void (*FreeDomains)(OPENLSA_DOMAIN_NAME *Domains, ULONG Count);

  /* May be NULL: STATUS_NOT_SUPPORTED. */
  NTSTATUS (*ChangePassword)(PCUNICODE_STRING UserName, PCUNICODE_STRING DomainName, PCUNICODE_STRING OldPassword,
                             PCUNICODE_STRING NewPassword);
} OPENLSA_DOMAIN_INTERFACE, *POPENLSA_DOMAIN_INTERFACE;

/* Called once, in the sandbox. Version: the newest that the host knows; the table must have that or an older one. */
NTSTATUS OpenlsaDomainInitialize(ULONG Version, const OPENLSA_DOMAIN_INTERFACE **Interface);

EXTERN_C_END

#endif
