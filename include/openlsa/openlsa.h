/* OpenLSA: what Linux needs and Windows has no name for. Everything else is in the Windows headers.
 *
 * The functions are in libopenlsa.so.1, the library of the Win32 helpers; OpenLsaImpersonateContextTokenOnly and those
 * of openlsa_sspi.h are in libsecur32.so.1. Any thread may call them.
 *
 * Statuses are NTSTATUS values (ntstatus.h). Besides those named at a function, each may answer
 * STATUS_INVALID_PARAMETER for a NULL pointer where one is needed, STATUS_NO_MEMORY, STATUS_NOT_SUPPORTED in a process
 * that has no authority to ask for it, and what ended the connection to the authority. A function that does not succeed
 * sets its outputs to zero, where nothing else is said. */
#ifndef OPENLSA_OPENLSA_H
#define OPENLSA_OPENLSA_H

#include "windef.h"
#include "winnt.h"
#include "subauth.h"
#include "sspi.h"

EXTERN_C_START

/* -- The POSIX identity of a token ---------------------------------------------------------------------------------
 * It comes from the authority's own map of accounts, never from a package. A token may have none: ANONYMOUS has none,
 * and an account of another domain that has not been mapped. */

#define OPENLSA_MAX_GROUPS 32

typedef struct _OPENLSA_POSIX_IDENTITY {
  uint32_t Uid;
  uint32_t Gid;
  uint32_t GroupCount;                 /* supplementary groups of the account */
  uint32_t Groups[OPENLSA_MAX_GROUPS]; /* the first GroupCount, or the first OPENLSA_MAX_GROUPS if there are more */
  uint32_t HasIdentity;                /* 0: there is none, and all other members are 0 */
} OPENLSA_POSIX_IDENTITY, *POPENLSA_POSIX_IDENTITY;

/* Token: a token with TOKEN_QUERY access; it stays the caller's. Identity: filled in.
 *   STATUS_SUCCESS          also for a token without an identity: HasIdentity is then 0
 *   STATUS_BUFFER_OVERFLOW  filled in, but there are more than OPENLSA_MAX_GROUPS groups (GroupCount says how many);
 *                           this is a warning, which NT_SUCCESS does not accept: do not act as a truncated identity
 *   STATUS_INVALID_HANDLE   Token names no token of this process */
NTSTATUS OpenLsaGetTokenPosixIdentity(HANDLE Token, OPENLSA_POSIX_IDENTITY *Identity)
    OPENLSA_SYMBOL(OpenLsaGetTokenPosixIdentity);

/* -- Tokens as descriptors -------------------------------------------------------------------------------------------
 * A descriptor that stands for a token can be sent to another process over a socket, inherited and closed like any
 * other. It says nothing by itself: only the authority that made it knows the token. */

/* Token: a token of this process; it stays the caller's and need not outlive the descriptor.
 * Descriptor: a new descriptor with close-on-exec, to be closed with close(2); -1 on failure. The token, and with it
 * its logon session, lives as long as any copy of the descriptor is open.
 *   STATUS_INVALID_HANDLE  Token names no token of this process
 *   STATUS_QUOTA_EXCEEDED, STATUS_TOO_MANY_OPENED_FILES  a limit of the authority, or of this process */
NTSTATUS OpenLsaTokenToDescriptor(HANDLE Token, int *Descriptor) OPENLSA_SYMBOL(OpenLsaTokenToDescriptor);

/* Descriptor: from OpenLsaTokenToDescriptor, here or in another process; it stays the caller's.
 * Token: a new handle to the same token, to be closed with CloseHandle. The impersonation level stays what it was.
 *   STATUS_INVALID_HANDLE  Descriptor is no descriptor, or stands for no token of this process's authority */
NTSTATUS OpenLsaTokenFromDescriptor(int Descriptor, PHANDLE Token) OPENLSA_SYMBOL(OpenLsaTokenFromDescriptor);

/* -- Impersonation without the thread's POSIX identity ---------------------------------------------------------------
 * ImpersonateLoggedOnUser and ImpersonateSecurityContext also change the uid, gid and groups of the calling thread, and
 * fail in a process that may not do that (SEC_E_NO_IMPERSONATION). These two set the thread's token only: calls to the
 * authority act as the token, but the kernel still checks files and signals against the process's own identity.
 * RevertToSelf or RevertSecurityContext ends both. */

/* Token: with TOKEN_IMPERSONATE access; it stays the caller's and may be closed while the thread impersonates.
 *   STATUS_INVALID_HANDLE           Token names no token of this process
 *   STATUS_BAD_IMPERSONATION_LEVEL  an impersonation token below SecurityImpersonation */
NTSTATUS OpenLsaImpersonateTokenOnly(HANDLE Token) OPENLSA_SYMBOL(OpenLsaImpersonateTokenOnly);

/* Context: a context that AcceptSecurityContext finished.
 *   SEC_E_OK
 *   SEC_E_INVALID_HANDLE        Context is no context of this process
 *   SEC_E_NO_IMPERSONATION      there is no token for the context, or it is below SecurityImpersonation
 *   SEC_E_UNSUPPORTED_FUNCTION  the package offers no impersonation */
SECURITY_STATUS OpenLsaImpersonateContextTokenOnly(PCtxtHandle Context)
    OPENLSA_SYMBOL(OpenLsaImpersonateContextTokenOnly);

/* -- The authority ---------------------------------------------------------------------------------------------------
 * Id: 32 random bytes, made when the authority was installed and never changed: its name towards other machines. They
 * are public. */
#define OPENLSA_AUTHORITY_ID_LENGTH 32

NTSTATUS OpenLsaGetAuthorityId(UCHAR Id[OPENLSA_AUTHORITY_ID_LENGTH]) OPENLSA_SYMBOL(OpenLsaGetAuthorityId);

/* -- Versioned interfaces --------------------------------------------------------------------------------------------
 * Name: ASCII, compared byte by byte. Version: the wanted one; a later OpenLSA keeps the older ones.
 * Returns a table that is valid, and the same, as long as the process lives, or NULL where this process has no such
 * interface. Its first member is its size in bytes: members may be added at the end of a version. */
const void *OpenLsaGetInterface(const char *Name, uint32_t Version) OPENLSA_SYMBOL(OpenLsaGetInterface);

/* For packages in LSA mode, from SpInitialize on: OpenLsaGetInterface(OPENLSA_PACKAGE_INTERFACE_NAME,
 * OPENLSA_PACKAGE_INTERFACE_VERSION). An application gets NULL, and so does the user-mode half of a package. */
#define OPENLSA_PACKAGE_INTERFACE_NAME "package"
#define OPENLSA_PACKAGE_INTERFACE_VERSION 1

typedef struct _OPENLSA_PACKAGE_INTERFACE {
  ULONG Size;    /* bytes of this structure */
  ULONG Version; /* OPENLSA_PACKAGE_INTERFACE_VERSION */

  /* The directory that only this package's file can read and write, without a final slash. It outlives the host.
   * Buffer: the caller's, for the path in the system's encoding with its zero; may be NULL when *SizeBytes is 0.
   * SizeBytes: in, the bytes at Buffer; out, the bytes of the path with its zero.
   *   STATUS_BUFFER_TOO_SMALL  *SizeBytes says what is needed; Buffer is unchanged
   *   STATUS_NOT_SUPPORTED     the package has no state directory */
  NTSTATUS (*GetStateDirectory)(char *Buffer, ULONG *SizeBytes);

  /* As OpenLsaGetTokenPosixIdentity, for a token of the package's host (OpenTokenByLogonId, CreateToken). */
  NTSTATUS (*GetTokenPosixIdentity)(HANDLE Token, OPENLSA_POSIX_IDENTITY *Identity);

  /* As OpenLsaGetAuthorityId. */
  NTSTATUS (*GetAuthorityId)(UCHAR Id[OPENLSA_AUTHORITY_ID_LENGTH]);

  /* Name: "account", "DOMAIN\account" or a user principal name; case does not count.
   * Sid: the caller's buffer; may be NULL when *SidSize is 0. SidSize: in, the bytes at Sid; out, the bytes of the SID.
   * Identity: may be NULL.
   *   STATUS_NONE_MAPPED       no such account
   *   STATUS_BUFFER_TOO_SMALL  *SidSize says what is needed; nothing else is written
   *   STATUS_BUFFER_OVERFLOW   as for OpenLsaGetTokenPosixIdentity; Sid is written */
  NTSTATUS (*LookupAccountName)(PCUNICODE_STRING Name, PSID Sid, ULONG *SidSize, OPENLSA_POSIX_IDENTITY *Identity);

  /* Sid: the caller's, valid.
   * Name: the caller's buffer: MaximumLength bytes at Buffer are written at most, Length is set; no zero is added.
   * Identity: may be NULL.
   *   STATUS_NONE_MAPPED       no such account
   *   STATUS_BUFFER_TOO_SMALL  Name->Length says how many bytes are needed; nothing else is written
   *   STATUS_BUFFER_OVERFLOW   as for OpenLsaGetTokenPosixIdentity; Name is written */
  NTSTATUS (*LookupAccountSid)(PSID Sid, PUNICODE_STRING Name, OPENLSA_POSIX_IDENTITY *Identity);

  /* Maps a section of CreateSharedMemory, whole, into the client of the current call, to read and write, unless it has
   * it already. It stays there until the client's process ends. What the client finds there, and what it writes there,
   * is between the package's two halves; neither should trust it.
   * ClientAddress: where the client has the first byte of the section. A block of AllocateSharedMemory is as far behind
   * it as it is behind SharedMem here.
   *   STATUS_INVALID_PARAMETER  no such section, or the current call has no client that is a process
   *   STATUS_QUOTA_EXCEEDED     the client has as many sections as it takes */
  NTSTATUS (*MapSharedMemory)(PVOID SharedMem, PVOID *ClientAddress);
} OPENLSA_PACKAGE_INTERFACE, *POPENLSA_PACKAGE_INTERFACE;

/* For packages in LSA mode, as the one before. SpValidateTargetInfo and SpExtractTargetInfo are for other packages to
 * call: one that relays what its client submitted asks the package that understands it. On Windows it finds that one's
 * table in its own process; here it asks for it by name. The right to call the package is needed (call_packages). */
#define OPENLSA_TARGET_INTERFACE_NAME "target"
#define OPENLSA_TARGET_INTERFACE_VERSION 1

struct _SECPKG_TARGETINFO; /* ntsecpkg.h */

typedef struct _OPENLSA_TARGET_INTERFACE {
  ULONG Size;    /* bytes of this structure */
  ULONG Version; /* OPENLSA_TARGET_INTERFACE_VERSION */

  /* Only within LogonUser, CallPackage and their like, on the thread of that call: the other package gets its
   * ClientRequest. ProtocolSubmitBuffer, ClientBufferBase, SubmitBufferLength: as the calling package got them.
   * Returns what the other package's SpValidateTargetInfo returns: STATUS_SUCCESS for a valid target. Or:
   *   STATUS_NO_SUCH_PACKAGE
   *   STATUS_ACCESS_DENIED  the right to call it is not there
   *   STATUS_NOT_SUPPORTED  it does not fill the slot, or the thread is in no such call */
  NTSTATUS (*ValidateTargetInfo)(PCUNICODE_STRING PackageName, PVOID ProtocolSubmitBuffer, PVOID ClientBufferBase,
                                 ULONG SubmitBufferLength, struct _SECPKG_TARGETINFO *TargetInfo);

  /* The same for SpExtractTargetInfo. TargetInfo: one block with all that it points to, to be freed with FreeLsaHeap;
   * NULL on failure. */
  NTSTATUS (*ExtractTargetInfo)(PCUNICODE_STRING PackageName, PVOID ProtocolSubmitBuffer, PVOID ClientBufferBase,
                                ULONG SubmitBufferLength, struct _SECPKG_TARGETINFO **TargetInfo);
} OPENLSA_TARGET_INTERFACE, *POPENLSA_TARGET_INTERFACE;

EXTERN_C_END

#include "openlsa_accounts.h"
#include "openlsa_sspi.h"

#endif
