/* The account of a client, where it is not that of the program's own session. */
#ifndef SSPI_C_ACCOUNT_H
#define SSPI_C_ACCOUNT_H

#include "common/sspi.h"

struct account {
  TCHAR *user;
  TCHAR *domain;
  TCHAR *password;
};

/* The password, from a line of standard input. 1: taken. 0: reported. */
int account_read_password(struct account *account);

/* What AcquireCredentialsHandle takes. NULL when the account has no name: then the credentials are the session's. */
SEC_WINNT_AUTH_IDENTITY *account_identity(const struct account *account, SEC_WINNT_AUTH_IDENTITY *identity);

void account_free(struct account *account);

#endif
