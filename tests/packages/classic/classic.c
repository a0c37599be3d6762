/* A classic authentication package: exported LsaAp functions, and nothing of the newer interface.
 *
 * The submit buffer of a logon is the user's SID in binary form; an empty one is refused with a sub status. CallPackage
 * answers with its own name. As real packages do, it takes the dispatch table for the head of the full support table. */
#include <openlsa/ntsecpkg.h>
#include <openlsa/ntstatus.h>
#include <openlsa/openlsa.h>
#include <openlsa/windows.h>

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define EXPORT __attribute__((visibility("default")))

static PLSA_SECPKG_FUNCTION_TABLE lsa;

static void log_line(const char *line) {
  const OPENLSA_PACKAGE_INTERFACE *interface =
      OpenLsaGetInterface(OPENLSA_PACKAGE_INTERFACE_NAME, OPENLSA_PACKAGE_INTERFACE_VERSION);
  char path[4096];
  ULONG size = sizeof path - 8;
  int file;
  if (interface == NULL || interface->GetStateDirectory(path, &size) != STATUS_SUCCESS) return;
  strcat(path, "/log");
  file = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  if (file < 0) return;
  if (write(file, line, strlen(line)) < 0) (void)line;
  close(file);
}

EXPORT NTSTATUS NTAPI LsaApInitializePackage(ULONG AuthenticationPackageId, PLSA_DISPATCH_TABLE LsaDispatchTable,
                                             PLSA_STRING Database, PLSA_STRING Confidentiality,
                                             PLSA_STRING *AuthenticationPackageName) {
  static const char name[] = "ClassicProbe";
  char line[64];
  (void)Database, (void)Confidentiality;
  lsa = (PLSA_SECPKG_FUNCTION_TABLE)LsaDispatchTable;
  *AuthenticationPackageName = (PLSA_STRING)LsaDispatchTable->AllocateLsaHeap(sizeof(LSA_STRING));
  (*AuthenticationPackageName)->Buffer = (PCHAR)LsaDispatchTable->AllocateLsaHeap(sizeof name);
  memcpy((*AuthenticationPackageName)->Buffer, name, sizeof name);
  (*AuthenticationPackageName)->Length = sizeof name - 1;
  (*AuthenticationPackageName)->MaximumLength = sizeof name;
  snprintf(line, sizeof line, "LsaApInitializePackage %u\n", AuthenticationPackageId);
  log_line(line);
  return STATUS_SUCCESS;
}

static PUNICODE_STRING heap_text(const char *text) {
  const size_t length = strlen(text);
  size_t i;
  PUNICODE_STRING string = (PUNICODE_STRING)lsa->AllocateLsaHeap(sizeof *string);
  string->Length = string->MaximumLength = (USHORT)(2 * length);
  string->Buffer = (PWSTR)lsa->AllocateLsaHeap(string->Length);
  for (i = 0; i < length; ++i) string->Buffer[i] = (WCHAR)text[i];
  return string;
}

EXPORT NTSTATUS NTAPI LsaApLogonUser(PLSA_CLIENT_REQUEST ClientRequest, SECURITY_LOGON_TYPE LogonType,
                                     PVOID AuthenticationInformation, PVOID ClientAuthenticationBase,
                                     ULONG AuthenticationInformationLength, PVOID *ProfileBuffer,
                                     PULONG ProfileBufferLength, PLUID LogonId, PNTSTATUS SubStatus,
                                     PLSA_TOKEN_INFORMATION_TYPE TokenInformationType, PVOID *TokenInformation,
                                     PLSA_UNICODE_STRING *AccountName, PLSA_UNICODE_STRING *AuthenticatingAuthority) {
  PLSA_TOKEN_INFORMATION_V1 v1;
  NTSTATUS status;
  (void)ClientRequest, (void)LogonType, (void)ClientAuthenticationBase;
  *ProfileBuffer = NULL;
  *ProfileBufferLength = 0;
  *AccountName = heap_text("classic-user");
  if (AuthenticationInformationLength < 8 || AuthenticationInformationLength > 68) {
    *SubStatus = STATUS_PASSWORD_EXPIRED;
    return STATUS_ACCOUNT_RESTRICTION;
  }
  if (!AllocateLocallyUniqueId(LogonId)) return STATUS_UNSUCCESSFUL;
  status = lsa->CreateLogonSession(LogonId);
  if (!NT_SUCCESS(status)) return status;
  v1 = (PLSA_TOKEN_INFORMATION_V1)lsa->AllocateLsaHeap(sizeof *v1);
  memset(v1, 0, sizeof *v1);
  v1->ExpirationTime.QuadPart = 0x7fffffffffffffffLL;
  v1->User.User.Sid = lsa->AllocatePrivateHeap(AuthenticationInformationLength);
  memcpy(v1->User.User.Sid, AuthenticationInformation, AuthenticationInformationLength);
  v1->Groups = (PTOKEN_GROUPS)lsa->AllocatePrivateHeap(sizeof *v1->Groups);
  v1->Groups->GroupCount = 0;
  v1->PrimaryGroup.PrimaryGroup = lsa->AllocatePrivateHeap(AuthenticationInformationLength);
  memcpy(v1->PrimaryGroup.PrimaryGroup, AuthenticationInformation, AuthenticationInformationLength);
  *TokenInformationType = LsaTokenInformationV1;
  *TokenInformation = v1;
  *AuthenticatingAuthority = heap_text("CLASSIC");
  return STATUS_SUCCESS;
}

static NTSTATUS answer(PLSA_CLIENT_REQUEST request, const char *text, PVOID *returned, PULONG length) {
  NTSTATUS status;
  *length = (ULONG)strlen(text);
  status = lsa->AllocateClientBuffer(request, *length, returned);
  if (!NT_SUCCESS(status)) return status;
  return lsa->CopyToClientBuffer(request, *length, *returned, (PVOID)text);
}

EXPORT NTSTATUS NTAPI LsaApCallPackage(PLSA_CLIENT_REQUEST ClientRequest, PVOID ProtocolSubmitBuffer,
                                       PVOID ClientBufferBase, ULONG SubmitBufferLength, PVOID *ProtocolReturnBuffer,
                                       PULONG ReturnBufferLength, PNTSTATUS ProtocolStatus) {
  (void)ProtocolSubmitBuffer, (void)ClientBufferBase, (void)SubmitBufferLength;
  *ProtocolStatus = STATUS_SUCCESS;
  return answer(ClientRequest, "classic trusted", ProtocolReturnBuffer, ReturnBufferLength);
}

EXPORT NTSTATUS NTAPI LsaApCallPackageUntrusted(PLSA_CLIENT_REQUEST ClientRequest, PVOID ProtocolSubmitBuffer,
                                                PVOID ClientBufferBase, ULONG SubmitBufferLength,
                                                PVOID *ProtocolReturnBuffer, PULONG ReturnBufferLength,
                                                PNTSTATUS ProtocolStatus) {
  (void)ProtocolSubmitBuffer, (void)ClientBufferBase, (void)SubmitBufferLength;
  *ProtocolStatus = STATUS_SUCCESS;
  return answer(ClientRequest, "classic untrusted", ProtocolReturnBuffer, ReturnBufferLength);
}

EXPORT NTSTATUS NTAPI LsaApCallPackagePassthrough(PLSA_CLIENT_REQUEST ClientRequest, PVOID ProtocolSubmitBuffer,
                                                  PVOID ClientBufferBase, ULONG SubmitBufferLength,
                                                  PVOID *ProtocolReturnBuffer, PULONG ReturnBufferLength,
                                                  PNTSTATUS ProtocolStatus) {
  (void)ClientRequest, (void)ProtocolSubmitBuffer, (void)ClientBufferBase, (void)SubmitBufferLength;
  (void)ProtocolReturnBuffer, (void)ReturnBufferLength, (void)ProtocolStatus;
  return STATUS_NOT_SUPPORTED;
}

EXPORT VOID NTAPI LsaApLogonTerminated(PLUID LogonId) {
  char line[64];
  const unsigned long long luid = (unsigned long long)(ULONG)LogonId->HighPart << 32 | LogonId->LowPart;
  snprintf(line, sizeof line, "LsaApLogonTerminated luid=%llu\n", luid);
  log_line(line);
}
