/* The client's half of the schemes: tokens in the fields Authorization and WWW-Authenticate (RFC 4559, [MS-NTHT]). */
#ifndef HTTP_NEGOTIATE_CLIENT_AUTHENTICATION_H
#define HTTP_NEGOTIATE_CLIENT_AUTHENTICATION_H

#include "client/exchange.h"
#include "client/options.h"

/* Asks, and authenticates when the server wants it. 1: the exchange has the response that counts, whatever its status, and
   what the server had to prove is proven. 0: reported. */
int ask_authenticated(struct exchange *exchange, const struct options *options);

#endif
