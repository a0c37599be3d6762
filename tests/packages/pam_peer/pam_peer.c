/* A classic authentication package that speaks the messages of MSV1_0: interactive logons and password changes, with a
 * script for each user's name. What a package of somebody else's may do wrong, it does too.
 *
 *   alice, bob, "Jörg"  a password each, "right" at first ("pä𝄞ß" for Jörg)
 *   mustchange          the right password has to be changed first
 *   locked, expired, disabled, hours, nobody, broken, odd: a status each
 *   liar                vouches for bob
 *   early               says "must change" of any password, and that every change went well
 *   crash               ends the host */
#include <openlsa/ntsecapi.h>
#include <openlsa/ntsecpkg.h>
#include <openlsa/ntstatus.h>
#include <openlsa/openlsa.h>
#include <openlsa/windows.h>

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define EXPORT __attribute__((visibility("default")))
#define MAX_UNITS 512

static PLSA_SECPKG_FUNCTION_TABLE lsa;
static const OPENLSA_PACKAGE_INTERFACE* linux_functions;

struct script {
  const char* name; /* ASCII, or "J" for the one whose name is not */
  NTSTATUS status;
  NTSTATUS sub_status;
  USHORT length; /* of the password, in bytes */
  WCHAR password[MAX_UNITS];
};
#define RIGHT 10, {'r', 'i', 'g', 'h', 't'}
static struct script scripts[] = {
    {"alice", STATUS_SUCCESS, 0, RIGHT},
    {"bob", STATUS_SUCCESS, 0, RIGHT},
    {"stranger", STATUS_SUCCESS, 0, RIGHT},
    {"liar", STATUS_SUCCESS, 0, RIGHT},
    {"J", STATUS_SUCCESS, 0, 10, {'p', 0xe4, 0xd834, 0xdd1e, 0xdf}},
    {"mustchange", STATUS_PASSWORD_MUST_CHANGE, 0, RIGHT},
    {"pwexpired", STATUS_ACCOUNT_RESTRICTION, STATUS_PASSWORD_EXPIRED, RIGHT},
    {"early", STATUS_PASSWORD_MUST_CHANGE, 0, RIGHT},
    {"locked", STATUS_ACCOUNT_LOCKED_OUT, 0, RIGHT},
    {"expired", STATUS_ACCOUNT_EXPIRED, 0, RIGHT},
    {"disabled", STATUS_ACCOUNT_RESTRICTION, STATUS_ACCOUNT_DISABLED, RIGHT},
    {"hours", STATUS_INVALID_LOGON_HOURS, 0, RIGHT},
    {"nobody", STATUS_NO_SUCH_USER, 0, RIGHT},
    {"broken", STATUS_UNSUCCESSFUL, 0, RIGHT},
    {"odd", STATUS_BUFFER_OVERFLOW, 0, RIGHT},
    {"crash", STATUS_SUCCESS, 0, RIGHT},
};

static void log_line(const char* line) {
  char path[4096];
  ULONG size = sizeof path - 8;
  int file;
  if (linux_functions == NULL || linux_functions->GetStateDirectory(path, &size) != STATUS_SUCCESS) return;
  strcat(path, "/log");
  file = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  if (file < 0) return;
  if (write(file, line, strlen(line)) < 0) (void)line;
  close(file);
}

EXPORT NTSTATUS NTAPI LsaApInitializePackage(ULONG AuthenticationPackageId, PLSA_DISPATCH_TABLE LsaDispatchTable,
                                             PLSA_STRING Database, PLSA_STRING Confidentiality,
                                             PLSA_STRING* AuthenticationPackageName) {
  static const char name[] = "PamPeer";
  (void)AuthenticationPackageId, (void)Database, (void)Confidentiality;
  lsa = (PLSA_SECPKG_FUNCTION_TABLE)LsaDispatchTable;
  linux_functions = OpenLsaGetInterface(OPENLSA_PACKAGE_INTERFACE_NAME, OPENLSA_PACKAGE_INTERFACE_VERSION);
  *AuthenticationPackageName = (PLSA_STRING)LsaDispatchTable->AllocateLsaHeap(sizeof(LSA_STRING));
  (*AuthenticationPackageName)->Buffer = (PCHAR)LsaDispatchTable->AllocateLsaHeap(sizeof name);
  memcpy((*AuthenticationPackageName)->Buffer, name, sizeof name);
  (*AuthenticationPackageName)->Length = sizeof name - 1;
  (*AuthenticationPackageName)->MaximumLength = sizeof name;
  return STATUS_SUCCESS;
}

/* A string of the message, whose pointer is the client's address: from `base` on it lies in our copy. */
static int take_string(const UNICODE_STRING* in, const UCHAR* copy, PVOID base, ULONG size, UNICODE_STRING* out) {
  const ULONG_PTR offset = (ULONG_PTR)in->Buffer - (ULONG_PTR)base;
  if (in->Length % sizeof(WCHAR) != 0 || in->Length > MAX_UNITS * sizeof(WCHAR)) return 0;
  if (in->Length != 0 && (offset > size || in->Length > size - offset)) return 0;
  *out = *in;
  out->Buffer = (PWSTR)(copy + (in->Length == 0 ? 0 : offset));
  return 1;
}

static void narrow(const UNICODE_STRING* string, char* out, size_t size) {
  size_t i;
  for (i = 0; i < string->Length / sizeof(WCHAR) && i + 1 < size; ++i)
    out[i] = string->Buffer[i] > 0x20 && string->Buffer[i] < 0x7f ? (char)string->Buffer[i] : '?';
  out[i] = '\0';
}

static struct script* find(const UNICODE_STRING* user) {
  char name[64];
  narrow(user, name, sizeof name);
  if (strcmp(name, "J?rg") == 0) strcpy(name, "J");
  for (size_t i = 0; i < sizeof scripts / sizeof *scripts; ++i)
    if (strcmp(scripts[i].name, name) == 0) return &scripts[i];
  return NULL;
}

static int is_password(const struct script* script, const UNICODE_STRING* password) {
  return script->length == password->Length && memcmp(script->password, password->Buffer, password->Length) == 0;
}

static PUNICODE_STRING heap_copy(const UNICODE_STRING* text) {
  PUNICODE_STRING string = (PUNICODE_STRING)lsa->AllocateLsaHeap(sizeof *string);
  *string = *text;
  string->Buffer = (PWSTR)lsa->AllocateLsaHeap(text->Length + 2);
  memcpy(string->Buffer, text->Buffer, text->Length);
  return string;
}

static NTSTATUS make_token(const UNICODE_STRING* user, PLUID logon_id, PLSA_TOKEN_INFORMATION_TYPE type,
                           PVOID* information) {
  UCHAR sid[68];
  ULONG size = sizeof sid;
  PLSA_TOKEN_INFORMATION_V1 v1;
  NTSTATUS status = linux_functions->LookupAccountName(user, sid, &size, NULL);
  if (!NT_SUCCESS(status)) return status;
  if (!AllocateLocallyUniqueId(logon_id)) return STATUS_UNSUCCESSFUL;
  status = lsa->CreateLogonSession(logon_id);
  if (!NT_SUCCESS(status)) return status;
  v1 = (PLSA_TOKEN_INFORMATION_V1)lsa->AllocateLsaHeap(sizeof *v1);
  memset(v1, 0, sizeof *v1);
  v1->ExpirationTime.QuadPart = 0x7fffffffffffffffLL;
  v1->User.User.Sid = lsa->AllocatePrivateHeap(size);
  memcpy(v1->User.User.Sid, sid, size);
  v1->PrimaryGroup.PrimaryGroup = lsa->AllocatePrivateHeap(size);
  memcpy(v1->PrimaryGroup.PrimaryGroup, sid, size);
  *type = LsaTokenInformationV1;
  *information = v1;
  return STATUS_SUCCESS;
}

EXPORT NTSTATUS NTAPI LsaApLogonUser(PLSA_CLIENT_REQUEST ClientRequest, SECURITY_LOGON_TYPE LogonType,
                                     PVOID AuthenticationInformation, PVOID ClientAuthenticationBase,
                                     ULONG AuthenticationInformationLength, PVOID* ProfileBuffer,
                                     PULONG ProfileBufferLength, PLUID LogonId, PNTSTATUS SubStatus,
                                     PLSA_TOKEN_INFORMATION_TYPE TokenInformationType, PVOID* TokenInformation,
                                     PLSA_UNICODE_STRING* AccountName, PLSA_UNICODE_STRING* AuthenticatingAuthority) {
  static WCHAR bob_name[] = {'b', 'o', 'b'};
  const UNICODE_STRING bob = {sizeof bob_name, sizeof bob_name, bob_name};
  const MSV1_0_INTERACTIVE_LOGON* logon = AuthenticationInformation;
  UNICODE_STRING user, domain, password;
  char line[256], name[64], place[64];
  struct script* script;
  (void)ClientRequest;
  *ProfileBuffer = NULL;
  *ProfileBufferLength = 0;
  *AuthenticatingAuthority = NULL;
  *AccountName = NULL;
  *SubStatus = STATUS_SUCCESS;
  if (AuthenticationInformationLength < sizeof *logon || logon->MessageType != MsV1_0InteractiveLogon ||
      !take_string(&logon->UserName, AuthenticationInformation, ClientAuthenticationBase,
                   AuthenticationInformationLength, &user) ||
      !take_string(&logon->LogonDomainName, AuthenticationInformation, ClientAuthenticationBase,
                   AuthenticationInformationLength, &domain) ||
      !take_string(&logon->Password, AuthenticationInformation, ClientAuthenticationBase,
                   AuthenticationInformationLength, &password))
    return STATUS_INVALID_PARAMETER;
  narrow(&user, name, sizeof name);
  narrow(&domain, place, sizeof place);
  snprintf(line, sizeof line, "LsaApLogonUser type=%d user=%s domain=%s units=%u\n", (int)LogonType, name, place,
           (unsigned)(password.Length / sizeof(WCHAR)));
  log_line(line);
  *AccountName = heap_copy(&user);
  script = find(&user);
  if (script == NULL) return STATUS_LOGON_FAILURE;
  if (strcmp(script->name, "early") == 0) return script->status;
  if (!is_password(script, &password)) return STATUS_LOGON_FAILURE;
  if (strcmp(script->name, "crash") == 0) abort();
  *SubStatus = script->sub_status;
  if (script->status != STATUS_SUCCESS) return script->status;
  return make_token(strcmp(script->name, "liar") == 0 ? &bob : &user, LogonId, TokenInformationType, TokenInformation);
}

static NTSTATUS change_password(PVOID submit, PVOID base, ULONG size) {
  static const WCHAR weak[] = {'w', 'e', 'a', 'k'};
  const MSV1_0_CHANGEPASSWORD_REQUEST* change = submit;
  UNICODE_STRING user, old, fresh;
  struct script* script;
  if (size < sizeof *change || change->MessageType != MsV1_0ChangePassword) return STATUS_INVALID_PARAMETER;
  if (!take_string(&change->AccountName, submit, base, size, &user) ||
      !take_string(&change->OldPassword, submit, base, size, &old) ||
      !take_string(&change->NewPassword, submit, base, size, &fresh))
    return STATUS_INVALID_PARAMETER;
  script = find(&user);
  if (script == NULL) return STATUS_WRONG_PASSWORD;
  if (strcmp(script->name, "early") == 0) return STATUS_SUCCESS;
  if (strcmp(script->name, "broken") == 0) return STATUS_UNSUCCESSFUL;
  if (!is_password(script, &old)) return STATUS_WRONG_PASSWORD;
  if (fresh.Length == sizeof weak && memcmp(fresh.Buffer, weak, sizeof weak) == 0) return STATUS_PASSWORD_RESTRICTION;
  memcpy(script->password, fresh.Buffer, fresh.Length);
  script->length = fresh.Length;
  script->status = STATUS_SUCCESS;
  return STATUS_SUCCESS;
}

EXPORT NTSTATUS NTAPI LsaApCallPackage(PLSA_CLIENT_REQUEST ClientRequest, PVOID ProtocolSubmitBuffer,
                                       PVOID ClientBufferBase, ULONG SubmitBufferLength, PVOID* ProtocolReturnBuffer,
                                       PULONG ReturnBufferLength, PNTSTATUS ProtocolStatus) {
  (void)ClientRequest;
  *ProtocolReturnBuffer = NULL;
  *ReturnBufferLength = 0;
  *ProtocolStatus = change_password(ProtocolSubmitBuffer, ClientBufferBase, SubmitBufferLength);
  return STATUS_SUCCESS;
}

EXPORT NTSTATUS NTAPI LsaApCallPackageUntrusted(PLSA_CLIENT_REQUEST ClientRequest, PVOID ProtocolSubmitBuffer,
                                                PVOID ClientBufferBase, ULONG SubmitBufferLength,
                                                PVOID* ProtocolReturnBuffer, PULONG ReturnBufferLength,
                                                PNTSTATUS ProtocolStatus) {
  return LsaApCallPackage(ClientRequest, ProtocolSubmitBuffer, ClientBufferBase, SubmitBufferLength,
                          ProtocolReturnBuffer, ReturnBufferLength, ProtocolStatus);
}

EXPORT VOID NTAPI LsaApLogonTerminated(PLUID LogonId) {
  char line[64];
  snprintf(line, sizeof line, "LsaApLogonTerminated luid=%lu\n", (unsigned long)LogonId->LowPart);
  log_line(line);
}
