#ifndef SSPI_C_SERVER_OPTIONS_H
#define SSPI_C_SERVER_OPTIONS_H

#include "common/sspi.h"

struct options {
  unsigned short port;
  unsigned short count; /* of connections until it ends; 0: it does not */
  TCHAR *package;
};

/* -1: go on. Otherwise the program's exit code. */
int read_options(int count, char **arguments, struct options *options);
void free_options(struct options *options);

#endif
