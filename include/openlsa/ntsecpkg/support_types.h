/* The types of the LSA support functions beyond the first eleven (ntsecpkg/dispatch.h). LSA mode only. */
#ifndef OPENLSA_NTSECPKG_SUPPORT_TYPES_H
#define OPENLSA_NTSECPKG_SUPPORT_TYPES_H

#include "../winnt.h"
#include "../sspi.h"
#include "../wincred.h"
#include "credentials.h"
#include "dispatch.h"
#include "information.h"
#include "token_information.h"

EXTERN_C_START

/* A credential of the credential manager, whose CredentialBlob is in the form of LsaProtectMemory unless
 * CREDP_FLAGS_CLEAR_PASSWORD was said; ClearCredentialBlobSize is its size without. */
typedef struct _ENCRYPTED_CREDENTIALW {
  CREDENTIALW Cred;
  ULONG ClearCredentialBlobSize;
} ENCRYPTED_CREDENTIALW, *PENCRYPTED_CREDENTIALW;

typedef enum _SECPKG_NAME_TYPE OPENLSA_INT_ENUM {
  SecNameSamCompatible,
  SecNameAlternateId,
  SecNameFlat,
  SecNameDN,
  SecNameSPN
} SECPKG_NAME_TYPE;

typedef enum _SECPKG_SESSIONINFO_TYPE OPENLSA_INT_ENUM {
  SecSessionPrimaryCred /* SessionInformation is a SECPKG_PRIMARY_CRED */
} SECPKG_SESSIONINFO_TYPE;

typedef enum _CRED_FETCH OPENLSA_INT_ENUM { CredFetchDefault = 0, CredFetchDPAPI, CredFetchForced } CRED_FETCH;

/* A function of the user-mode half that ClientCallback reaches. */
typedef NTSTATUS(NTAPI LSA_CALLBACK_FUNCTION)(ULONG_PTR Argument1, ULONG_PTR Argument2, PSecBuffer InputBuffer,
                                              PSecBuffer OutputBuffer);
typedef LSA_CALLBACK_FUNCTION *PLSA_CALLBACK_FUNCTION;

typedef PSECURITY_ATTRIBUTES SEC_ATTRS;
typedef LPTHREAD_START_ROUTINE SEC_THREAD_START;

#define SecEqualLuid(L1, L2) \
  (((PLUID)(L1))->LowPart == ((PLUID)(L2))->LowPart && ((PLUID)(L1))->HighPart == ((PLUID)(L2))->HighPart)
#define SecIsZeroLuid(L1) ((((PLUID)(L1))->LowPart | (ULONG)((PLUID)(L1))->HighPart) == 0)

typedef NTSTATUS(NTAPI LSA_IMPERSONATE_CLIENT)(VOID);
typedef NTSTATUS(NTAPI LSA_UNLOAD_PACKAGE)(VOID);
typedef NTSTATUS(NTAPI LSA_DUPLICATE_HANDLE)(HANDLE SourceHandle, PHANDLE DestionationHandle);
typedef NTSTATUS(NTAPI LSA_SAVE_SUPPLEMENTAL_CREDENTIALS)(PLUID LogonId, ULONG SupplementalCredSize,
                                                          PVOID SupplementalCreds, BOOLEAN Synchronous);
typedef HANDLE(NTAPI LSA_CREATE_THREAD)(SEC_ATTRS SecurityAttributes, ULONG StackSize,
                                        SEC_THREAD_START StartFunction, PVOID ThreadParameter,
                                        ULONG CreationFlags, PULONG ThreadId);
typedef NTSTATUS(NTAPI LSA_GET_CLIENT_INFO)(PSECPKG_CLIENT_INFO ClientInfo);
/* IntervalMinutes counts seconds with NOTIFIER_FLAG_SECONDS. */
typedef HANDLE(NTAPI LSA_REGISTER_NOTIFICATION)(SEC_THREAD_START StartFunction, PVOID Parameter,
                                                ULONG NotificationType, ULONG NotificationClass,
                                                ULONG NotificationFlags, ULONG IntervalMinutes, HANDLE WaitEvent);
typedef NTSTATUS(NTAPI LSA_CANCEL_NOTIFICATION)(HANDLE NotifyHandle);
typedef NTSTATUS(NTAPI LSA_MAP_BUFFER)(PSecBuffer InputBuffer, PSecBuffer OutputBuffer);
typedef NTSTATUS(NTAPI LSA_CREATE_TOKEN)(PLUID LogonId, PTOKEN_SOURCE TokenSource, SECURITY_LOGON_TYPE LogonType,
                                         SECURITY_IMPERSONATION_LEVEL ImpersonationLevel,
                                         LSA_TOKEN_INFORMATION_TYPE TokenInformationType, PVOID TokenInformation,
                                         PTOKEN_GROUPS TokenGroups, PUNICODE_STRING AccountName,
                                         PUNICODE_STRING AuthorityName, PUNICODE_STRING Workstation,
                                         PUNICODE_STRING ProfilePath, PHANDLE Token, PNTSTATUS SubStatus);
typedef NTSTATUS(NTAPI LSA_CREATE_TOKEN_EX)(PLUID LogonId, PTOKEN_SOURCE TokenSource, SECURITY_LOGON_TYPE LogonType,
                                            SECURITY_IMPERSONATION_LEVEL ImpersonationLevel,
                                            LSA_TOKEN_INFORMATION_TYPE TokenInformationType, PVOID TokenInformation,
                                            PTOKEN_GROUPS TokenGroups, PUNICODE_STRING Workstation,
                                            PUNICODE_STRING ProfilePath, PVOID SessionInformation,
                                            SECPKG_SESSIONINFO_TYPE SessionInformationType, PHANDLE Token,
                                            PNTSTATUS SubStatus);
typedef VOID(NTAPI LSA_AUDIT_LOGON)(NTSTATUS Status, NTSTATUS SubStatus, PUNICODE_STRING AccountName,
                                    PUNICODE_STRING AuthenticatingAuthority, PUNICODE_STRING WorkstationName,
                                    PSID UserSid, SECURITY_LOGON_TYPE LogonType, PTOKEN_SOURCE TokenSource,
                                    PLUID LogonId);
typedef VOID(NTAPI LSA_AUDIT_LOGON_EX)(NTSTATUS Status, NTSTATUS SubStatus, PUNICODE_STRING AccountName,
                                       PUNICODE_STRING AuthenticatingAuthority, PUNICODE_STRING WorkstationName,
                                       PSID UserSid, SECURITY_LOGON_TYPE LogonType,
                                       SECURITY_IMPERSONATION_LEVEL ImpersonationLevel, PTOKEN_SOURCE TokenSource,
                                       PLUID LogonId);
typedef NTSTATUS(NTAPI LSA_CALL_PACKAGE)(PUNICODE_STRING AuthenticationPackage, PVOID ProtocolSubmitBuffer,
                                         ULONG SubmitBufferLength, PVOID *ProtocolReturnBuffer,
                                         PULONG ReturnBufferLength, PNTSTATUS ProtocolStatus);
typedef NTSTATUS(NTAPI LSA_CALL_PACKAGEEX)(PUNICODE_STRING AuthenticationPackage, PVOID ClientBufferBase,
                                           PVOID ProtocolSubmitBuffer, ULONG SubmitBufferLength,
                                           PVOID *ProtocolReturnBuffer, PULONG ReturnBufferLength,
                                           PNTSTATUS ProtocolStatus);
typedef LSA_CALL_PACKAGEEX LSA_CALL_PACKAGE_PASSTHROUGH;
typedef BOOLEAN(NTAPI LSA_GET_CALL_INFO)(PSECPKG_CALL_INFO Info);
typedef PVOID(NTAPI LSA_CREATE_SHARED_MEMORY)(ULONG MaxSize, ULONG InitialSize);
typedef PVOID(NTAPI LSA_ALLOCATE_SHARED_MEMORY)(PVOID SharedMem, ULONG Size);
typedef VOID(NTAPI LSA_FREE_SHARED_MEMORY)(PVOID SharedMem, PVOID Memory);
typedef BOOLEAN(NTAPI LSA_DELETE_SHARED_MEMORY)(PVOID SharedMem);
typedef NTSTATUS(NTAPI LSA_GET_APP_MODE_INFO)(PULONG UserFunction, PULONG_PTR Argument1, PULONG_PTR Argument2,
                                              PSecBuffer UserData, PBOOLEAN ReturnToLsa);
typedef NTSTATUS(NTAPI LSA_SET_APP_MODE_INFO)(ULONG UserFunction, ULONG_PTR Argument1, ULONG_PTR Argument2,
                                              PSecBuffer UserData, BOOLEAN ReturnToLsa);
typedef NTSTATUS(NTAPI LSA_OPEN_SAM_USER)(PSECURITY_STRING Name, SECPKG_NAME_TYPE NameType, PSECURITY_STRING Prefix,
                                          BOOLEAN AllowGuest, ULONG Reserved, PVOID *UserHandle);
typedef NTSTATUS(NTAPI LSA_GET_USER_CREDENTIALS)(PVOID UserHandle, PVOID *PrimaryCreds, PULONG PrimaryCredsSize,
                                                 PVOID *SupplementalCreds, PULONG SupplementalCredsSize);
typedef NTSTATUS(NTAPI LSA_GET_USER_AUTH_DATA)(PVOID UserHandle, PUCHAR *UserAuthData, PULONG UserAuthDataSize);
typedef NTSTATUS(NTAPI LSA_CLOSE_SAM_USER)(PVOID UserHandle);
typedef NTSTATUS(NTAPI LSA_GET_AUTH_DATA_FOR_USER)(PSECURITY_STRING Name, SECPKG_NAME_TYPE NameType,
                                                   PSECURITY_STRING Prefix, PUCHAR *UserAuthData,
                                                   PULONG UserAuthDataSize, PUNICODE_STRING UserFlatName);
typedef NTSTATUS(NTAPI LSA_CONVERT_AUTH_DATA_TO_TOKEN)(PVOID UserAuthData, ULONG UserAuthDataSize,
                                                       SECURITY_IMPERSONATION_LEVEL ImpersonationLevel,
                                                       PTOKEN_SOURCE TokenSource, SECURITY_LOGON_TYPE LogonType,
                                                       PUNICODE_STRING AuthorityName, PHANDLE Token, PLUID LogonId,
                                                       PUNICODE_STRING AccountName, PNTSTATUS SubStatus);
typedef NTSTATUS(NTAPI LSA_CRACK_SINGLE_NAME)(ULONG FormatOffered, BOOLEAN PerformAtGC, PUNICODE_STRING NameInput,
                                              PUNICODE_STRING Prefix, ULONG RequestedFormat,
                                              PUNICODE_STRING CrackedName, PUNICODE_STRING DnsDomainName,
                                              PULONG SubStatus);
typedef NTSTATUS(NTAPI LSA_AUDIT_ACCOUNT_LOGON)(ULONG AuditId, BOOLEAN Success, PUNICODE_STRING Source,
                                                PUNICODE_STRING ClientName, PUNICODE_STRING MappedName,
                                                NTSTATUS Status);
/* Callback is the name, or the id as a pointer, that the user-mode half gave to RegisterCallback. */
typedef NTSTATUS(NTAPI LSA_CLIENT_CALLBACK)(PCHAR Callback, ULONG_PTR Argument1, ULONG_PTR Argument2, PSecBuffer Input,
                                            PSecBuffer Output);
typedef NTSTATUS(NTAPI LSA_REGISTER_CALLBACK)(ULONG CallbackId, PLSA_CALLBACK_FUNCTION Callback);
typedef NTSTATUS(NTAPI LSA_GET_EXTENDED_CALL_FLAGS)(PULONG Flags);
typedef NTSTATUS(NTAPI LSA_UPDATE_PRIMARY_CREDENTIALS)(PSECPKG_PRIMARY_CRED PrimaryCredentials,
                                                       PSECPKG_SUPPLEMENTAL_CRED_ARRAY Credentials);
typedef VOID(NTAPI LSA_PROTECT_MEMORY)(PVOID Buffer, ULONG BufferSize);
typedef NTSTATUS(NTAPI LSA_OPEN_TOKEN_BY_LOGON_ID)(PLUID LogonId, PHANDLE RetTokenHandle);
typedef NTSTATUS(NTAPI LSA_EXPAND_AUTH_DATA_FOR_DOMAIN)(PUCHAR UserAuthData, ULONG UserAuthDataSize, PVOID Reserved,
                                                        PUCHAR *ExpandedAuthData, PULONG ExpandedAuthDataSize);
typedef NTSTATUS(NTAPI LSA_GET_SERVICE_ACCOUNT_PASSWORD)(PUNICODE_STRING AccountName, PUNICODE_STRING DomainName,
                                                         CRED_FETCH CredFetch, FILETIME *FileTimeExpiry,
                                                         PUNICODE_STRING CurrentPassword,
                                                         PUNICODE_STRING PreviousPassword,
                                                         FILETIME *FileTimeCurrPwdValidForOutbound);
typedef NTSTATUS(NTAPI LSA_CHECK_PROTECTED_USER_BY_TOKEN)(HANDLE UserToken, PBOOLEAN ProtectedUser);
typedef NTSTATUS(NTAPI LSA_QUERY_CLIENT_REQUEST)(PLSA_CLIENT_REQUEST ClientRequest, ULONG QueryType,
                                                 PVOID *ReplyBuffer);
typedef PVOID(NTAPI LSA_LOCATE_PKG_BY_ID)(ULONG PackgeId);

/* The credential manager's functions; CredFlags is CREDP_FLAGS_... */
typedef NTSTATUS(NTAPI CredReadFn)(PLUID LogonId, ULONG CredFlags, LPWSTR TargetName, ULONG Type, ULONG Flags,
                                   ENCRYPTED_CREDENTIALW **Credential);
typedef NTSTATUS(NTAPI CredReadDomainCredentialsFn)(PLUID LogonId, ULONG CredFlags,
                                                    PCREDENTIAL_TARGET_INFORMATIONW TargetInfo, ULONG Flags,
                                                    PULONG Count, ENCRYPTED_CREDENTIALW ***Credential);
typedef VOID(NTAPI CredFreeCredentialsFn)(ULONG Count, ENCRYPTED_CREDENTIALW **Credentials);
typedef NTSTATUS(NTAPI CredWriteFn)(PLUID LogonId, ULONG CredFlags, ENCRYPTED_CREDENTIALW *Credential,
                                    ULONG Flags);
typedef NTSTATUS(NTAPI CrediUnmarshalandDecodeStringFn)(LPWSTR MarshaledString, PUCHAR *Blob, PULONG BlobSize,
                                                        PBOOLEAN IsFailureFatal);

typedef LSA_IMPERSONATE_CLIENT *PLSA_IMPERSONATE_CLIENT;
typedef LSA_UNLOAD_PACKAGE *PLSA_UNLOAD_PACKAGE;
typedef LSA_DUPLICATE_HANDLE *PLSA_DUPLICATE_HANDLE;
typedef LSA_SAVE_SUPPLEMENTAL_CREDENTIALS *PLSA_SAVE_SUPPLEMENTAL_CREDENTIALS;
typedef LSA_CREATE_THREAD *PLSA_CREATE_THREAD;
typedef LSA_GET_CLIENT_INFO *PLSA_GET_CLIENT_INFO;
typedef LSA_REGISTER_NOTIFICATION *PLSA_REGISTER_NOTIFICATION;
typedef LSA_CANCEL_NOTIFICATION *PLSA_CANCEL_NOTIFICATION;
typedef LSA_MAP_BUFFER *PLSA_MAP_BUFFER;
typedef LSA_CREATE_TOKEN *PLSA_CREATE_TOKEN;
typedef LSA_CREATE_TOKEN_EX *PLSA_CREATE_TOKEN_EX;
typedef LSA_AUDIT_LOGON *PLSA_AUDIT_LOGON;
typedef LSA_AUDIT_LOGON_EX *PLSA_AUDIT_LOGON_EX;
typedef LSA_CALL_PACKAGE *PLSA_CALL_PACKAGE;
typedef LSA_CALL_PACKAGEEX *PLSA_CALL_PACKAGEEX;
typedef LSA_CALL_PACKAGE_PASSTHROUGH *PLSA_CALL_PACKAGE_PASSTHROUGH;
typedef LSA_GET_CALL_INFO *PLSA_GET_CALL_INFO;
typedef LSA_CREATE_SHARED_MEMORY *PLSA_CREATE_SHARED_MEMORY;
typedef LSA_ALLOCATE_SHARED_MEMORY *PLSA_ALLOCATE_SHARED_MEMORY;
typedef LSA_FREE_SHARED_MEMORY *PLSA_FREE_SHARED_MEMORY;
typedef LSA_DELETE_SHARED_MEMORY *PLSA_DELETE_SHARED_MEMORY;
typedef LSA_GET_APP_MODE_INFO *PLSA_GET_APP_MODE_INFO;
typedef LSA_SET_APP_MODE_INFO *PLSA_SET_APP_MODE_INFO;
typedef LSA_OPEN_SAM_USER *PLSA_OPEN_SAM_USER;
typedef LSA_GET_USER_CREDENTIALS *PLSA_GET_USER_CREDENTIALS;
typedef LSA_GET_USER_AUTH_DATA *PLSA_GET_USER_AUTH_DATA;
typedef LSA_CLOSE_SAM_USER *PLSA_CLOSE_SAM_USER;
typedef LSA_GET_AUTH_DATA_FOR_USER *PLSA_GET_AUTH_DATA_FOR_USER;
typedef LSA_CONVERT_AUTH_DATA_TO_TOKEN *PLSA_CONVERT_AUTH_DATA_TO_TOKEN;
typedef LSA_CRACK_SINGLE_NAME *PLSA_CRACK_SINGLE_NAME;
typedef LSA_AUDIT_ACCOUNT_LOGON *PLSA_AUDIT_ACCOUNT_LOGON;
typedef LSA_CLIENT_CALLBACK *PLSA_CLIENT_CALLBACK;
typedef LSA_REGISTER_CALLBACK *PLSA_REGISTER_CALLBACK;
typedef LSA_GET_EXTENDED_CALL_FLAGS *PLSA_GET_EXTENDED_CALL_FLAGS;
typedef LSA_UPDATE_PRIMARY_CREDENTIALS *PLSA_UPDATE_PRIMARY_CREDENTIALS;
typedef LSA_PROTECT_MEMORY *PLSA_PROTECT_MEMORY;
typedef LSA_OPEN_TOKEN_BY_LOGON_ID *PLSA_OPEN_TOKEN_BY_LOGON_ID;
typedef LSA_EXPAND_AUTH_DATA_FOR_DOMAIN *PLSA_EXPAND_AUTH_DATA_FOR_DOMAIN;
typedef LSA_GET_SERVICE_ACCOUNT_PASSWORD *PLSA_GET_SERVICE_ACCOUNT_PASSWORD;
typedef LSA_CHECK_PROTECTED_USER_BY_TOKEN *PLSA_CHECK_PROTECTED_USER_BY_TOKEN;
typedef LSA_QUERY_CLIENT_REQUEST *PLSA_QUERY_CLIENT_REQUEST;
typedef LSA_LOCATE_PKG_BY_ID *PLSA_LOCATE_PKG_BY_ID;

EXTERN_C_END

#endif
