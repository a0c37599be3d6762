/* Who is at the other end of a connection. Both schemes authenticate the connection, not the request: the legs are
   requests one after the other on it, and what they made holds until it is closed. */
#ifndef HTTP_NEGOTIATE_SERVER_AUTHENTICATION_H
#define HTTP_NEGOTIATE_SERVER_AUTHENTICATION_H

#include "server/schemes.h"

#define LONGEST_NAME 512

struct authentication {
  struct scheme *scheme; /* of the context that is there or being made; NULL: none */
  int has_context;
  CtxtHandle context;
  int legs;
  char user[LONGEST_NAME]; /* empty: nobody yet */
  char *reply;             /* our token for the client, in Base64; NULL: none */
};

enum verdict {
  CLIENT_KNOWN,    /* `user` is the client */
  CLIENT_CONTINUES, /* `reply` is for it, and its next leg is awaited */
  CLIENT_UNKNOWN,  /* it has shown nothing, or what it showed was refused */
  CLIENT_BROKEN    /* the field is none of these schemes' */
};

/* `authorization` is the value of the field, or NULL. */
enum verdict authenticate(struct authentication *self, struct schemes *schemes, const char *authorization);

/* Forgets the client. */
void authentication_end(struct authentication *self);

#endif
