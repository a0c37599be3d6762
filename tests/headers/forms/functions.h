/* The functions of a small package, written as for Windows. Compiles with our headers and with those of mingw-w64. The
   empty comments keep the order of the includes. */
#pragma once

#ifdef _WIN32
#define SECURITY_WIN32
#include <windows.h>
/* */
#include <ntsecapi.h>
#include <security.h>
/* */
#include <ntsecpkg.h>
#else
#include <openlsa/windows.h>
/* */
#include <openlsa/ntsecapi.h>
#include <openlsa/ntsecpkg.h>
#include <openlsa/security.h>
#endif

static NTSTATUS NTAPI InitializePackage(ULONG AuthenticationPackageId, PLSA_DISPATCH_TABLE LsaDispatchTable,
                                        PLSA_STRING Database, PLSA_STRING Confidentiality,
                                        PLSA_STRING *AuthenticationPackageName) {
  UNREFERENCED_PARAMETER(AuthenticationPackageId);
  UNREFERENCED_PARAMETER(LsaDispatchTable);
  UNREFERENCED_PARAMETER(Database);
  UNREFERENCED_PARAMETER(Confidentiality);
  UNREFERENCED_PARAMETER(AuthenticationPackageName);
  return 0;
}

static NTSTATUS NTAPI CallPackage(PLSA_CLIENT_REQUEST ClientRequest, PVOID ProtocolSubmitBuffer, PVOID ClientBufferBase,
                                  ULONG SubmitBufferLength, PVOID *ProtocolReturnBuffer, PULONG ReturnBufferLength,
                                  PNTSTATUS ProtocolStatus) {
  UNREFERENCED_PARAMETER(ClientRequest);
  UNREFERENCED_PARAMETER(ProtocolSubmitBuffer);
  UNREFERENCED_PARAMETER(ClientBufferBase);
  UNREFERENCED_PARAMETER(SubmitBufferLength);
  UNREFERENCED_PARAMETER(ProtocolReturnBuffer);
  UNREFERENCED_PARAMETER(ReturnBufferLength);
  UNREFERENCED_PARAMETER(ProtocolStatus);
  return 0;
}

static VOID NTAPI LogonTerminated(PLUID LogonId) { UNREFERENCED_PARAMETER(LogonId); }

static NTSTATUS NTAPI LogonUserExPlain(PLSA_CLIENT_REQUEST ClientRequest, SECURITY_LOGON_TYPE LogonType,
                                       PVOID AuthenticationInformation, PVOID ClientAuthenticationBase,
                                       ULONG AuthenticationInformationLength, PVOID *ProfileBuffer,
                                       PULONG ProfileBufferLength, PLUID LogonId, PNTSTATUS SubStatus,
                                       PLSA_TOKEN_INFORMATION_TYPE TokenInformationType, PVOID *TokenInformation,
                                       PUNICODE_STRING *AccountName, PUNICODE_STRING *AuthenticatingAuthority,
                                       PUNICODE_STRING *MachineName) {
  UNREFERENCED_PARAMETER(ClientRequest);
  UNREFERENCED_PARAMETER(LogonType);
  UNREFERENCED_PARAMETER(AuthenticationInformation);
  UNREFERENCED_PARAMETER(ClientAuthenticationBase);
  UNREFERENCED_PARAMETER(AuthenticationInformationLength);
  UNREFERENCED_PARAMETER(ProfileBuffer);
  UNREFERENCED_PARAMETER(ProfileBufferLength);
  UNREFERENCED_PARAMETER(LogonId);
  UNREFERENCED_PARAMETER(SubStatus);
  UNREFERENCED_PARAMETER(TokenInformationType);
  UNREFERENCED_PARAMETER(TokenInformation);
  UNREFERENCED_PARAMETER(AccountName);
  UNREFERENCED_PARAMETER(AuthenticatingAuthority);
  UNREFERENCED_PARAMETER(MachineName);
  return 0;
}

static NTSTATUS NTAPI Initialize(ULONG_PTR PackageId, PSECPKG_PARAMETERS Parameters,
                                 PLSA_SECPKG_FUNCTION_TABLE FunctionTable) {
  UNREFERENCED_PARAMETER(PackageId);
  UNREFERENCED_PARAMETER(Parameters);
  UNREFERENCED_PARAMETER(FunctionTable);
  return 0;
}

static NTSTATUS NTAPI Shutdown(VOID) { return 0; }

static NTSTATUS NTAPI GetInfo(PSecPkgInfoW PackageInfo) {
  PackageInfo->wVersion = 1;
  return 0;
}

static NTSTATUS NTAPI AcquireCredentials(PUNICODE_STRING PrincipalName, ULONG CredentialUseFlags, PLUID LogonId,
                                         PVOID AuthorizationData, PVOID GetKeyFunciton, PVOID GetKeyArgument,
                                         PLSA_SEC_HANDLE CredentialHandle, PTimeStamp ExpirationTime) {
  UNREFERENCED_PARAMETER(PrincipalName);
  UNREFERENCED_PARAMETER(CredentialUseFlags);
  UNREFERENCED_PARAMETER(LogonId);
  UNREFERENCED_PARAMETER(AuthorizationData);
  UNREFERENCED_PARAMETER(GetKeyFunciton);
  UNREFERENCED_PARAMETER(GetKeyArgument);
  UNREFERENCED_PARAMETER(CredentialHandle);
  UNREFERENCED_PARAMETER(ExpirationTime);
  return 0;
}

static NTSTATUS NTAPI QueryAttributes(LSA_SEC_HANDLE Handle, ULONG Attribute, PVOID Buffer) {
  UNREFERENCED_PARAMETER(Handle);
  UNREFERENCED_PARAMETER(Attribute);
  UNREFERENCED_PARAMETER(Buffer);
  return 0;
}

static NTSTATUS NTAPI SetAttributes(LSA_SEC_HANDLE Handle, ULONG Attribute, PVOID Buffer, ULONG BufferSize) {
  UNREFERENCED_PARAMETER(Handle);
  UNREFERENCED_PARAMETER(Attribute);
  UNREFERENCED_PARAMETER(Buffer);
  UNREFERENCED_PARAMETER(BufferSize);
  return 0;
}

static NTSTATUS NTAPI DeleteContext(LSA_SEC_HANDLE ContextHandle) {
  UNREFERENCED_PARAMETER(ContextHandle);
  return 0;
}

static NTSTATUS NTAPI InstanceInit(ULONG Version, PSECPKG_DLL_FUNCTIONS FunctionTable, PVOID *UserFunctions) {
  UNREFERENCED_PARAMETER(Version);
  UNREFERENCED_PARAMETER(FunctionTable);
  UNREFERENCED_PARAMETER(UserFunctions);
  return 0;
}
