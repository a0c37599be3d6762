#ifndef HTTP_NEGOTIATE_CLIENT_OPTIONS_H
#define HTTP_NEGOTIATE_CLIENT_OPTIONS_H

#include "common/account.h"

struct options {
  unsigned short port;
  unsigned short requests;
  const char *scheme;
  const char *host;
  const char *path;
  struct account account;
};

/* -1: go on. Otherwise the program's exit code. */
int read_options(int count, char **arguments, struct options *options);
void free_options(struct options *options);

#endif
