#ifndef SSPI_C_CLIENT_OPTIONS_H
#define SSPI_C_CLIENT_OPTIONS_H

#include "common/sspi.h"

struct options {
  int list;
  unsigned short port;
  const char *message;
  TCHAR *package;
  TCHAR *target;
  /* The account, where it is not that of the program's own session. */
  TCHAR *user;
  TCHAR *domain;
  TCHAR *password;
};

/* -1: go on. Otherwise the program's exit code. */
int read_options(int count, char **arguments, struct options *options);
void free_options(struct options *options);

#endif
