#include "common/account.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/arguments.h"
#include "common/report.h"

#define LONGEST_PASSWORD 256

int account_read_password(struct account *account) {
  char line[LONGEST_PASSWORD];
  int done;
  if (fgets(line, sizeof line, stdin) == NULL || strpbrk(line, "\r\n") == NULL) {
    report("standard input has no line of up to %d bytes with the password.", LONGEST_PASSWORD - 2);
    return 0;
  }
  line[strcspn(line, "\r\n")] = 0;
  done = take_text(line, &account->password);
  SecureZeroMemory(line, sizeof line);
  return done;
}

static ULONG length(const TCHAR *text) {
  ULONG count = 0;
  while (text != NULL && text[count] != 0) ++count;
  return count;
}

/* The strings have the character type of the build; the members of the structure are unsigned forms of it. */
SEC_WINNT_AUTH_IDENTITY *account_identity(const struct account *account, SEC_WINNT_AUTH_IDENTITY *identity) {
  if (account->user == NULL) return NULL;
  identity->User = (void *)account->user;
  identity->UserLength = length(account->user);
  identity->Domain = (void *)account->domain;
  identity->DomainLength = length(account->domain);
  identity->Password = (void *)account->password;
  identity->PasswordLength = length(account->password);
  identity->Flags = sizeof(TCHAR) == 1 ? SEC_WINNT_AUTH_IDENTITY_ANSI : SEC_WINNT_AUTH_IDENTITY_UNICODE;
  return identity;
}

void account_free(struct account *account) {
  TCHAR *at;
  for (at = account->password; at != NULL && *at != 0; ++at) SecureZeroMemory(at, sizeof *at);
  free(account->user);
  free(account->domain);
  free(account->password);
}
