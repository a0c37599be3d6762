/* sspi-c-logon: logs an account on with its password (LsaLogonUser with MSV1_0), and says which logon session it got.
   The session ends with the program: it holds the only token. */
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/sspi.h"
/* After windows.h, too. */
#include <ntsecapi.h>

#include "common/arguments.h"
#include "common/report.h"
#include "common/text.h"

#define LONGEST_PASSWORD 256
#define LONGEST_NAME 256

static const char help[] =
    "Usage: sspi-c-logon --user NAME [--domain NAME]\n"
    "\n"
    "Logs the account on with the password that is a line of standard input.\n"
    "\n"
    "The exit code is 0 after a logon, 1 when it was refused and 2 for a wrong command line.\n";

static USHORT bytes_of(const WCHAR* text) {
  USHORT count = 0;
  while (text != NULL && text[count] != 0) ++count;
  return (USHORT)(count * sizeof(WCHAR));
}

/* Appends the characters; the string then points to them. */
static void append(char* message, size_t* used, UNICODE_STRING* string, const WCHAR* text) {
  string->Length = string->MaximumLength = bytes_of(text);
  string->Buffer = (PWSTR)(void*)(message + *used);
  if (text != NULL) memcpy(message + *used, text, string->Length);
  *used += string->Length;
}

/* The submit buffer: the structure, and its strings behind it in the same block. */
static char* interactive_logon(const WCHAR* domain, const WCHAR* user, const WCHAR* password, size_t* size) {
  MSV1_0_INTERACTIVE_LOGON logon;
  size_t used = sizeof logon;
  char* message = malloc(sizeof logon + bytes_of(domain) + bytes_of(user) + bytes_of(password));
  if (message == NULL) return NULL;
  memset(&logon, 0, sizeof logon);
  logon.MessageType = MsV1_0InteractiveLogon;
  append(message, &used, &logon.LogonDomainName, domain);
  append(message, &used, &logon.UserName, user);
  append(message, &used, &logon.Password, password);
  memcpy(message, &logon, sizeof logon);
  *size = used;
  return message;
}

static LSA_STRING as_string(const char* text) {
  LSA_STRING string;
  string.Length = string.MaximumLength = (USHORT)strlen(text);
  string.Buffer = (PCHAR)text;
  return string;
}

static int failed(const char* function, NTSTATUS status, NTSTATUS sub_status) {
  report("%s failed with 0x%08x (sub-status 0x%08x).", function, (unsigned)status, (unsigned)sub_status);
  return 0;
}

static void say_session(LUID session) {
  PSECURITY_LOGON_SESSION_DATA data = NULL;
  char domain[LONGEST_NAME], user[LONGEST_NAME];
  if (LsaGetLogonSessionData(&session, &data) != 0 || data == NULL) return;
  text_to_locale(domain, sizeof domain, data->LogonDomain.Buffer);
  text_to_locale(user, sizeof user, data->UserName.Buffer);
  printf("Session 0x%x of %s\\%s\n", (unsigned)session.LowPart, domain, user);
  LsaFreeReturnBuffer(data);
}

static int log_on(HANDLE lsa, char* message, size_t size) {
  LSA_STRING origin = as_string("sspi-c-logon"), name = as_string(MSV1_0_PACKAGE_NAME);
  TOKEN_SOURCE source = {"sspi-c", {0, 0}};
  QUOTA_LIMITS quotas;
  PVOID profile = NULL;
  ULONG package = 0, profile_size = 0;
  LUID session = {0, 0};
  HANDLE token = NULL;
  NTSTATUS sub_status = 0, status = LsaLookupAuthenticationPackage(lsa, &name, &package);
  if (status != 0) return failed("LsaLookupAuthenticationPackage", status, 0);
  status = LsaLogonUser(lsa, &origin, Interactive, package, message, (ULONG)size, NULL, &source, &profile,
                        &profile_size, &session, &token, &quotas, &sub_status);
  if (status != 0) return failed("LsaLogonUser", status, sub_status);
  say_session(session);
  if (profile != NULL) LsaFreeReturnBuffer(profile);
  CloseHandle(token);
  return 1;
}

static int run(const WCHAR* domain, const WCHAR* user, const WCHAR* password) {
  HANDLE lsa = NULL;
  size_t size = 0;
  int done = 0;
  char* message;
  const NTSTATUS status = LsaConnectUntrusted(&lsa);
  if (status != 0) return failed("LsaConnectUntrusted", status, 0);
  message = interactive_logon(domain, user, password, &size);
  if (message != NULL) {
    done = log_on(lsa, message, size);
    SecureZeroMemory(message, size);
    free(message);
  }
  LsaDeregisterLogonProcess(lsa);
  return done;
}

static int read_password(WCHAR** password) {
  char line[LONGEST_PASSWORD];
  int done = 0;
  if (fgets(line, sizeof line, stdin) == NULL || strpbrk(line, "\r\n") == NULL)
    report("standard input has no line of up to %d bytes with the password.", LONGEST_PASSWORD - 2);
  else {
    line[strcspn(line, "\r\n")] = 0;
    done = take_text(line, password);
  }
  SecureZeroMemory(line, sizeof line);
  return done;
}

int main(int count, char** arguments) {
  WCHAR *user = NULL, *domain = NULL, *password = NULL, *at;
  const char* value = NULL;
  int i, taken = 1, code = 2;
  program_name = "sspi-c-logon";
  setlocale(LC_ALL, "");
  for (i = 1; taken && i < count; ++i) {
    if (strcmp(arguments[i], "--help") == 0) {
      fputs(help, stdout);
      return 0;
    }
    if (take_option(count, arguments, &i, "--user", &value))
      taken = take_text(value, &user);
    else if (take_option(count, arguments, &i, "--domain", &value))
      taken = take_text(value, &domain);
    else {
      report("\"%s\" is no option.", arguments[i]);
      taken = 0;
    }
  }
  if (taken && user != NULL && read_password(&password))
    code = run(domain, user, password) ? 0 : 1;
  else
    report("--user and a password are needed; see --help.");
  for (at = password; at != NULL && *at != 0; ++at) SecureZeroMemory(at, sizeof *at);
  free(user);
  free(domain);
  free(password);
  return code;
}
