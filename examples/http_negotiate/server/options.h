#ifndef HTTP_NEGOTIATE_SERVER_OPTIONS_H
#define HTTP_NEGOTIATE_SERVER_OPTIONS_H

struct options {
  unsigned short port;
  unsigned short count;  /* of connections until it ends; 0: it does not */
  const char *scheme; /* the only one; NULL: all */
};

/* -1: go on. Otherwise the program's exit code. */
int read_options(int count, char **arguments, struct options *options);

#endif
