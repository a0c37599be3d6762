/* The functions of an authentication package, and the names under which a classic one exports them. */
#ifndef OPENLSA_NTSECPKG_AUTHENTICATION_FUNCTIONS_H
#define OPENLSA_NTSECPKG_AUTHENTICATION_FUNCTIONS_H

#include "../winnt.h"
#include "../ntsecapi.h"
#include "credentials.h"
#include "dispatch.h"
#include "information.h"
#include "token_information.h"

#define LSA_AP_NAME_INITIALIZE_PACKAGE "LsaApInitializePackage"
#define LSA_AP_NAME_LOGON_USER "LsaApLogonUser"
#define LSA_AP_NAME_LOGON_USER_EX "LsaApLogonUserEx"
#define LSA_AP_NAME_LOGON_USER_EX2 "LsaApLogonUserEx2"
#define LSA_AP_NAME_CALL_PACKAGE "LsaApCallPackage"
#define LSA_AP_NAME_CALL_PACKAGE_UNTRUSTED "LsaApCallPackageUntrusted"
#define LSA_AP_NAME_CALL_PACKAGE_PASSTHROUGH "LsaApCallPackagePassthrough"
#define LSA_AP_NAME_LOGON_TERMINATED "LsaApLogonTerminated"

EXTERN_C_START

typedef NTSTATUS(NTAPI LSA_AP_INITIALIZE_PACKAGE)(ULONG AuthenticationPackageId, PLSA_DISPATCH_TABLE LsaDispatchTable,
                                                  PLSA_STRING Database, PLSA_STRING Confidentiality,
                                                  PLSA_STRING *AuthenticationPackageName);

typedef NTSTATUS(NTAPI LSA_AP_LOGON_USER)(PLSA_CLIENT_REQUEST ClientRequest, SECURITY_LOGON_TYPE LogonType,
                                          PVOID AuthenticationInformation, PVOID ClientAuthenticationBase,
                                          ULONG AuthenticationInformationLength, PVOID *ProfileBuffer,
                                          PULONG ProfileBufferLength, PLUID LogonId, PNTSTATUS SubStatus,
                                          PLSA_TOKEN_INFORMATION_TYPE TokenInformationType, PVOID *TokenInformation,
                                          PLSA_UNICODE_STRING *AccountName,
                                          PLSA_UNICODE_STRING *AuthenticatingAuthority);

typedef NTSTATUS(NTAPI LSA_AP_LOGON_USER_EX)(PLSA_CLIENT_REQUEST ClientRequest, SECURITY_LOGON_TYPE LogonType,
                                             PVOID AuthenticationInformation, PVOID ClientAuthenticationBase,
                                             ULONG AuthenticationInformationLength, PVOID *ProfileBuffer,
                                             PULONG ProfileBufferLength, PLUID LogonId, PNTSTATUS SubStatus,
                                             PLSA_TOKEN_INFORMATION_TYPE TokenInformationType, PVOID *TokenInformation,
                                             PUNICODE_STRING *AccountName, PUNICODE_STRING *AuthenticatingAuthority,
                                             PUNICODE_STRING *MachineName);

typedef NTSTATUS(NTAPI LSA_AP_LOGON_USER_EX2)(PLSA_CLIENT_REQUEST ClientRequest, SECURITY_LOGON_TYPE LogonType,
                                              PVOID ProtocolSubmitBuffer, PVOID ClientBufferBase,
                                              ULONG SubmitBufferSize, PVOID *ProfileBuffer, PULONG ProfileBufferSize,
                                              PLUID LogonId, PNTSTATUS SubStatus,
                                              PLSA_TOKEN_INFORMATION_TYPE TokenInformationType,
                                              PVOID *TokenInformation, PUNICODE_STRING *AccountName,
                                              PUNICODE_STRING *AuthenticatingAuthority, PUNICODE_STRING *MachineName,
                                              PSECPKG_PRIMARY_CRED PrimaryCredentials,
                                              PSECPKG_SUPPLEMENTAL_CRED_ARRAY *SupplementalCredentials);

typedef NTSTATUS(NTAPI LSA_AP_LOGON_USER_EX3)(PLSA_CLIENT_REQUEST ClientRequest, SECURITY_LOGON_TYPE LogonType,
                                              PVOID ProtocolSubmitBuffer, PVOID ClientBufferBase,
                                              ULONG SubmitBufferSize, PSECPKG_SURROGATE_LOGON SurrogateLogon,
                                              PVOID *ProfileBuffer, PULONG ProfileBufferSize, PLUID LogonId,
                                              PNTSTATUS SubStatus, PLSA_TOKEN_INFORMATION_TYPE TokenInformationType,
                                              PVOID *TokenInformation, PUNICODE_STRING *AccountName,
                                              PUNICODE_STRING *AuthenticatingAuthority, PUNICODE_STRING *MachineName,
                                              PSECPKG_PRIMARY_CRED PrimaryCredentials,
                                              PSECPKG_SUPPLEMENTAL_CRED_ARRAY *SupplementalCredentials);

typedef NTSTATUS(NTAPI LSA_AP_PRE_LOGON_USER_SURROGATE)(PLSA_CLIENT_REQUEST ClientRequest,
                                                        SECURITY_LOGON_TYPE LogonType, PVOID ProtocolSubmitBuffer,
                                                        PVOID ClientBufferBase, ULONG SubmitBufferSize,
                                                        PSECPKG_SURROGATE_LOGON SurrogateLogon, PNTSTATUS SubStatus);

typedef NTSTATUS(NTAPI LSA_AP_POST_LOGON_USER_SURROGATE)(
    PLSA_CLIENT_REQUEST ClientRequest, SECURITY_LOGON_TYPE LogonType, PVOID ProtocolSubmitBuffer,
    PVOID ClientBufferBase, ULONG SubmitBufferSize, PSECPKG_SURROGATE_LOGON SurrogateLogon, PVOID ProfileBuffer,
    ULONG ProfileBufferSize, PLUID LogonId, NTSTATUS Status, NTSTATUS SubStatus,
    LSA_TOKEN_INFORMATION_TYPE TokenInformationType, PVOID TokenInformation, PUNICODE_STRING AccountName,
    PUNICODE_STRING AuthenticatingAuthority, PUNICODE_STRING MachineName, PSECPKG_PRIMARY_CRED PrimaryCredentials,
    PSECPKG_SUPPLEMENTAL_CRED_ARRAY SupplementalCredentials);

typedef NTSTATUS(NTAPI LSA_AP_POST_LOGON_USER)(PSECPKG_POST_LOGON_USER_INFO PostLogonUserInfo);

typedef NTSTATUS(NTAPI LSA_AP_CALL_PACKAGE)(PLSA_CLIENT_REQUEST ClientRequest, PVOID ProtocolSubmitBuffer,
                                            PVOID ClientBufferBase, ULONG SubmitBufferLength,
                                            PVOID *ProtocolReturnBuffer, PULONG ReturnBufferLength,
                                            PNTSTATUS ProtocolStatus);
typedef LSA_AP_CALL_PACKAGE LSA_AP_CALL_PACKAGE_UNTRUSTED;
typedef LSA_AP_CALL_PACKAGE LSA_AP_CALL_PACKAGE_PASSTHROUGH;
typedef VOID(NTAPI LSA_AP_LOGON_TERMINATED)(PLUID LogonId);

typedef LSA_AP_INITIALIZE_PACKAGE *PLSA_AP_INITIALIZE_PACKAGE;
typedef LSA_AP_LOGON_USER *PLSA_AP_LOGON_USER;
typedef LSA_AP_LOGON_USER_EX *PLSA_AP_LOGON_USER_EX;
typedef LSA_AP_LOGON_USER_EX2 *PLSA_AP_LOGON_USER_EX2;
typedef LSA_AP_LOGON_USER_EX3 *PLSA_AP_LOGON_USER_EX3;
typedef LSA_AP_PRE_LOGON_USER_SURROGATE *PLSA_AP_PRE_LOGON_USER_SURROGATE;
typedef LSA_AP_POST_LOGON_USER_SURROGATE *PLSA_AP_POST_LOGON_USER_SURROGATE;
typedef LSA_AP_POST_LOGON_USER *PLSA_AP_POST_LOGON_USER;
typedef LSA_AP_CALL_PACKAGE *PLSA_AP_CALL_PACKAGE;
typedef LSA_AP_CALL_PACKAGE_UNTRUSTED *PLSA_AP_CALL_PACKAGE_UNTRUSTED;
typedef LSA_AP_CALL_PACKAGE_PASSTHROUGH *PLSA_AP_CALL_PACKAGE_PASSTHROUGH;
typedef LSA_AP_LOGON_TERMINATED *PLSA_AP_LOGON_TERMINATED;

/* The entry points of a package may be declared with their types: `LSA_AP_CALL_PACKAGE LsaApCallPackage;`. In C++ they
 * need EXTERN_C. */

EXTERN_C_END

#endif
