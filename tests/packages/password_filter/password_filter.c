/* A notification package that does what the password says: "refuse", "crash", "hang" in the filter; "die", "sleepy" in
 * the notification. What it saw is in the file `log` of its state directory. PASSWORD_FILTER_FORMS: 1 the filter, 2 the
 * notification, 4 InitializeChangeNotify, 8 which says no. */
#include <fcntl.h>
#include <openlsa/ntsecapi.h>
#include <openlsa/ntstatus.h>
#include <openlsa/openlsa.h>
#include <openlsa/windows.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define EXPORT __attribute__((visibility("default")))

static void narrow(const UNICODE_STRING *string, char *out, size_t size) {
  size_t i, count = string->Length / 2;
  if (count >= size) count = size - 1;
  for (i = 0; i < count; ++i) out[i] = (char)string->Buffer[i];
  out[i] = 0;
}

static void log_line(const char *line) {
  const OPENLSA_PACKAGE_INTERFACE *package = (const OPENLSA_PACKAGE_INTERFACE *)OpenLsaGetInterface(
      OPENLSA_PACKAGE_INTERFACE_NAME, OPENLSA_PACKAGE_INTERFACE_VERSION);
  char path[4096];
  ULONG size = sizeof path - 8;
  int file;
  if (package == NULL || package->GetStateDirectory(path, &size) != STATUS_SUCCESS) return;
  strcat(path, "/log");
  file = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  if (file < 0) return;
  if (write(file, line, strlen(line)) < 0) abort();
  close(file);
}

static void hang(void) {
  for (;;) Sleep(1000);
}

#if PASSWORD_FILTER_FORMS & 4
EXPORT BOOLEAN InitializeChangeNotify(VOID) {
  log_line("initialized\n");
  return (PASSWORD_FILTER_FORMS & 8) == 0;
}
#endif

#if PASSWORD_FILTER_FORMS & 1
EXPORT BOOLEAN PasswordFilter(PUNICODE_STRING AccountName, PUNICODE_STRING FullName, PUNICODE_STRING Password,
                              BOOLEAN SetOperation) {
  char account[128], full[128], password[512], line[1024];
  narrow(AccountName, account, sizeof account);
  narrow(FullName, full, sizeof full);
  narrow(Password, password, sizeof password);
  snprintf(line, sizeof line, "filter account=%s full=%s password=%s set=%d\n", account, full, password, SetOperation);
  log_line(line);
  if (strstr(password, "crash") != NULL) abort();
  if (strstr(password, "hang") != NULL) hang();
  SecureZeroMemory(Password->Buffer, Password->Length); /* "when you have finished using the password" */
  return strstr(password, "refuse") == NULL;
}
#endif

#if PASSWORD_FILTER_FORMS & 2
EXPORT NTSTATUS PasswordChangeNotify(PUNICODE_STRING UserName, ULONG RelativeId, PUNICODE_STRING NewPassword) {
  char user[128], password[512], line[1024];
  narrow(UserName, user, sizeof user);
  narrow(NewPassword, password, sizeof password);
  if (strstr(password, "sleepy") != NULL) hang();
  snprintf(line, sizeof line, "changed user=%s rid=%u password=%s\n", user, RelativeId, password);
  log_line(line);
  if (strstr(password, "die") != NULL) abort();
  return STATUS_SUCCESS;
}
#endif
