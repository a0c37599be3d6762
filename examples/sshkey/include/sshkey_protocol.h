/* The messages of the sshkey security package: what LsaCallAuthenticationPackage and LsaLogonUser take and give.
 *
 * Every buffer starts with its MessageType. In requests, pointers and UNICODE_STRING buffers are addresses inside the submit
 * buffer itself, as for the packages of Windows: place the data behind the structure and count it in the length. In responses,
 * every ...Offset counts bytes from the start of the response; texts are UTF-8 without a terminator. The response is freed with
 * LsaFreeReturnBuffer. Times in a statement are seconds since 1970-01-01 00:00 UTC.
 *
 * LsaCallAuthenticationPackage has two results. Its return value says whether the package could read the request:
 *   STATUS_INVALID_PARAMETER  an unknown MessageType, a buffer that is too short, or a pointer that leaves it
 * ProtocolStatus is the result of the request itself; each message below names its own. Any message may also answer
 * STATUS_NO_MEMORY.
 *
 * A logon, step by step:
 *   1. LsaCallAuthenticationPackage with SSHKEY_CHALLENGE_REQUEST.
 *   2. Build the statement from the fields of the answer and the blob of the user's public key (protocol/statement.hpp,
 *      README.md "The statement"). Compare AuthorityId with SshKeyQueryAuthority first, and never sign bytes that somebody
 *      handed to you.
 *   3. Let ssh-agent sign it as SSHSIG under SSHKEY_LOGON_NAMESPACE with sha512 (ssh/agent.hpp, ssh/sshsig.hpp).
 *   4. LsaLogonUser with SSHKEY_LOGON, by the same user and within SSHKEY_CHALLENGE_LIFE_SECONDS. A challenge serves one
 *      attempt, right or wrong.
 */
#ifndef SSHKEY_PROTOCOL_H
#define SSHKEY_PROTOCOL_H

#include <openlsa/windows.h>
#include <openlsa/ntsecapi.h>

#ifdef __cplusplus
extern "C" {
#endif

#define SSHKEY_PACKAGE_NAME_A "sshkey"
#define SSHKEY_PACKAGE_NAME_W u"sshkey"

#define SSHKEY_ID_SIZE 32
#define SSHKEY_CHALLENGE_SIZE 32
#define SSHKEY_SESSION_KEY_SIZE 32
#define SSHKEY_MAX_SID_SIZE 68

#define SSHKEY_STATEMENT_VERSION 1
#define SSHKEY_LOGON_NAMESPACE "logon@sshkey.openlsa"
#define SSHKEY_CHALLENGE_LIFE_SECONDS 60
#define SSHKEY_MAX_LIFETIME_SECONDS 43200 /* 12 hours */
#define SSHKEY_MAX_LINES_SIZE 65536
#define SSHKEY_MAX_USER_KEY_SIZE 256
#define SSHKEY_MAX_SIGNATURE_SIZE 1024
/* account@authority-id, as SECPKG_CRED_ATTR_NAMES gives it and InitializeSecurityContext takes it for TargetName: the account's
 * name, '@', and the 32 bytes of the id as 64 hexadecimal digits. In characters, without the terminator. */
#define SSHKEY_MAX_TARGET_LENGTH 512

/* What a session may be used for. */
#define SSHKEY_PURPOSE_INITIATE 1u /* to authenticate to servers */
#define SSHKEY_PURPOSE_ACCEPT 2u   /* to be a server */

/* Messages of LsaCallAuthenticationPackage. */
typedef enum _SSHKEY_MESSAGE_TYPE {
  SshKeyEnrol = 1,
  SshKeyChallenge = 2,
  SshKeyListKeys = 3,
  SshKeyRemoveKey = 4,
  SshKeyQueryAuthority = 5
} SSHKEY_MESSAGE_TYPE;

/* Submit buffers of LsaLogonUser. */
typedef enum _SSHKEY_LOGON_SUBMIT_TYPE { SshKeyLogon = 1 } SSHKEY_LOGON_SUBMIT_TYPE;

/* SshKeyEnrol: lines of an authorized_keys file for an account. A caller may enrol for its own account; one with SeTcbPrivilege
 * for any. An empty AccountName means the caller's own account. Of a line's options only expiry-time is honoured; a line with
 * any other option is refused. Blank lines and comments count for the line numbers and for nothing else.
 *   STATUS_SUCCESS            every line was taken
 *   STATUS_SOME_NOT_MAPPED    some were refused, the others were taken
 *   STATUS_INVALID_PARAMETER  none was taken: each was refused, or there was none. The response is there in these three cases.
 *   STATUS_ACCESS_DENIED      another account's keys without SeTcbPrivilege, or the caller acts at identification level, with a
 *                             restricted token, or from a network logon
 *   STATUS_NONE_MAPPED        no such account (told to a caller with SeTcbPrivilege only)
 *   STATUS_QUOTA_EXCEEDED     the account would have more than 64 keys; nothing was taken
 *   STATUS_UNSUCCESSFUL       the keys could not be written to disk; nothing was taken, and the log says why */
typedef struct _SSHKEY_ENROL_REQUEST {
  ULONG MessageType;
  ULONG LinesLength; /* bytes, at most SSHKEY_MAX_LINES_SIZE */
  UNICODE_STRING AccountName;
  PUCHAR Lines; /* UTF-8 */
} SSHKEY_ENROL_REQUEST, *PSSHKEY_ENROL_REQUEST;

typedef struct _SSHKEY_REFUSED_LINE {
  ULONG LineNumber; /* from 1 */
  ULONG ReasonOffset;
  ULONG ReasonLength;
} SSHKEY_REFUSED_LINE, *PSSHKEY_REFUSED_LINE;

typedef struct _SSHKEY_ENROL_RESPONSE {
  ULONG MessageType;
  ULONG KeysEnrolled;
  ULONG LinesRefused;
  SSHKEY_REFUSED_LINE Refused[1]; /* LinesRefused of them */
} SSHKEY_ENROL_RESPONSE, *PSSHKEY_ENROL_RESPONSE;

/* SshKeyChallenge: starts a logon. Anybody may ask. An unknown account gets an answer like any other.
 *   STATUS_QUOTA_EXCEEDED      the caller's uid has too many challenges open; each lives SSHKEY_CHALLENGE_LIFE_SECONDS
 *   STATUS_INVALID_LOGON_TYPE  LogonType is not one of Interactive, Network, Batch, Service, Unlock, RemoteInteractive
 *   STATUS_INVALID_PARAMETER   an unknown or empty Purpose, a lifetime above the longest, or a name that is not valid UTF-16 */
typedef struct _SSHKEY_CHALLENGE_REQUEST {
  ULONG MessageType;
  ULONG Purpose;         /* SSHKEY_PURPOSE_*, one or both */
  ULONG LogonType;       /* SECURITY_LOGON_TYPE */
  ULONG LifetimeSeconds; /* of the session key; 0 means the longest, SSHKEY_MAX_LIFETIME_SECONDS */
  UNICODE_STRING AccountName;
} SSHKEY_CHALLENGE_REQUEST, *PSSHKEY_CHALLENGE_REQUEST;

/* All fields of the statement but the user's key, which the logon program knows. NotBefore lies a minute in the past, for the
 * clocks of other machines. */
typedef struct _SSHKEY_CHALLENGE_RESPONSE {
  ULONG MessageType;
  ULONG Version; /* of the statement: SSHKEY_STATEMENT_VERSION */
  ULONG Purpose;
  ULONG LogonType;
  LONGLONG NotBefore;
  LONGLONG NotAfter;
  UCHAR AuthorityId[SSHKEY_ID_SIZE];
  UCHAR SessionKey[SSHKEY_SESSION_KEY_SIZE]; /* Ed25519, public */
  UCHAR Challenge[SSHKEY_CHALLENGE_SIZE];
  ULONG AccountSidLength; /* bytes */
  UCHAR AccountSid[SSHKEY_MAX_SID_SIZE];
} SSHKEY_CHALLENGE_RESPONSE, *PSSHKEY_CHALLENGE_RESPONSE;

/* SshKeyListKeys: the keys of an account, expired ones too. Permission, AccountName and their statuses as for SshKeyEnrol. */
typedef struct _SSHKEY_LIST_KEYS_REQUEST {
  ULONG MessageType;
  UNICODE_STRING AccountName;
} SSHKEY_LIST_KEYS_REQUEST, *PSSHKEY_LIST_KEYS_REQUEST;

typedef struct _SSHKEY_KEY_ENTRY {
  LONGLONG Expires; /* seconds since 1970, or -1 for never */
  ULONG AlgorithmOffset;
  ULONG AlgorithmLength;
  ULONG FingerprintOffset; /* "SHA256:..." */
  ULONG FingerprintLength;
  ULONG CommentOffset;
  ULONG CommentLength;
} SSHKEY_KEY_ENTRY, *PSSHKEY_KEY_ENTRY;

typedef struct _SSHKEY_LIST_KEYS_RESPONSE {
  ULONG MessageType;
  ULONG KeyCount;
  SSHKEY_KEY_ENTRY Keys[1]; /* KeyCount of them */
} SSHKEY_LIST_KEYS_RESPONSE, *PSSHKEY_LIST_KEYS_RESPONSE;

/* SshKeyRemoveKey: no response. Sessions that the key has logged on live on until they end or their session key expires.
 *   STATUS_OBJECT_NAME_NOT_FOUND  the account has no such key
 *   and those of SshKeyEnrol for permission, account and disk */
typedef struct _SSHKEY_REMOVE_KEY_REQUEST {
  ULONG MessageType;
  ULONG FingerprintLength; /* bytes */
  UNICODE_STRING AccountName;
  PUCHAR Fingerprint; /* "SHA256:..." */
} SSHKEY_REMOVE_KEY_REQUEST, *PSSHKEY_REMOVE_KEY_REQUEST;

/* SshKeyQueryAuthority: the id that targets of this machine carry (account@authority-id). Anybody may ask. */
typedef struct _SSHKEY_QUERY_AUTHORITY_REQUEST {
  ULONG MessageType;
} SSHKEY_QUERY_AUTHORITY_REQUEST, *PSSHKEY_QUERY_AUTHORITY_REQUEST;

typedef struct _SSHKEY_QUERY_AUTHORITY_RESPONSE {
  ULONG MessageType;
  UCHAR AuthorityId[SSHKEY_ID_SIZE];
} SSHKEY_QUERY_AUTHORITY_RESPONSE, *PSSHKEY_QUERY_AUTHORITY_RESPONSE;

/* The submit buffer of LsaLogonUser, by the user who asked for the challenge; LogonType of the call must be the one of the
 * challenge.
 *   STATUS_LOGON_FAILURE       whatever is wrong with challenge, account, key or signature
 *   STATUS_INVALID_LOGON_TYPE  a logon type that has no challenges
 *   STATUS_INVALID_PARAMETER   not an SSHKEY_LOGON, or one whose pointers leave the buffer
 *   and what the authority answers when the account may not log on that way */
typedef struct _SSHKEY_LOGON {
  ULONG MessageType; /* SshKeyLogon */
  ULONG UserKeyLength;   /* bytes, at most SSHKEY_MAX_USER_KEY_SIZE */
  ULONG SignatureLength; /* bytes, at most SSHKEY_MAX_SIGNATURE_SIZE */
  UNICODE_STRING AccountName;
  PUCHAR UserKey;   /* SSH public key blob */
  PUCHAR Signature; /* SSHSIG blob over the statement, not armoured */
  UCHAR Challenge[SSHKEY_CHALLENGE_SIZE];
} SSHKEY_LOGON, *PSSHKEY_LOGON;

/* The profile buffer of a successful logon, freed with LsaFreeReturnBuffer. */
typedef struct _SSHKEY_PROFILE {
  ULONG MessageType; /* SshKeyLogon */
  ULONG Purpose;
  LONGLONG NotAfter; /* the session key dies then */
  UCHAR AuthorityId[SSHKEY_ID_SIZE];
} SSHKEY_PROFILE, *PSSHKEY_PROFILE;

#ifdef __cplusplus
}
#endif

#endif
