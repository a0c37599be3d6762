/* The authentication schemes of HTTP that are made of security packages: RFC 4559 for Negotiate, [MS-NTHT] for NTLM. */
#ifndef HTTP_NEGOTIATE_SERVER_SCHEMES_H
#define HTTP_NEGOTIATE_SERVER_SCHEMES_H

#include "common/sspi.h"

#define SCHEMES 2

struct scheme {
  const char *name; /* of the scheme; its package has the same */
  int offered;
  CredHandle credentials;
  ULONG longest_token;
};

struct schemes {
  struct scheme each[SCHEMES];
};

/* Credentials for each scheme, or for the one of the name. 0, and reported, when some cannot be had. */
int schemes_begin(struct schemes *schemes, const char *only);
void schemes_end(struct schemes *schemes);

#endif
