/* A request, and its response. */
#ifndef HTTP_NEGOTIATE_CLIENT_EXCHANGE_H
#define HTTP_NEGOTIATE_CLIENT_EXCHANGE_H

#include "common/message_head.h"

#define LONGEST_CONTENT 1048576

struct exchange {
  struct http_stream *stream;
  const char *host, *path;
  unsigned status;
  struct message_head head; /* of the response; until the next request */
  char *content;            /* ends with a zero */
  int ends;                 /* the server closes the connection behind it */
};

/* GET; `authorization` is the value of that field, or NULL. 0, and reported, when there is no response. */
int exchange_run(struct exchange *self, const char *authorization);
void exchange_free(struct exchange *self);

#endif
