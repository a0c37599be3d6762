#ifndef SSPI_C_CLIENT_OPTIONS_H
#define SSPI_C_CLIENT_OPTIONS_H

#include "common/account.h"
#include "common/sspi.h"

struct options {
  int list;
  unsigned short port;
  const char *message;
  TCHAR *package;
  TCHAR *target;
  struct account account;
};

/* -1: go on. Otherwise the program's exit code. */
int read_options(int count, char **arguments, struct options *options);
void free_options(struct options *options);

#endif
