/* What a request asks for. */
#ifndef HTTP_NEGOTIATE_SERVER_REQUEST_H
#define HTTP_NEGOTIATE_SERVER_REQUEST_H

#include <stddef.h>

#include "common/message_head.h"

#define LONGEST_CONTENT 65536

struct request {
  int is_head; /* HEAD: the answer has no content */
  int ends;    /* the client wants the connection closed behind the answer */
  size_t content;
  const char *authorization; /* NULL: none */
};

/* 0: the request is good. Otherwise the status of its refusal. Only behind 405 is it known where the next one begins. */
unsigned read_request(const struct message_head *head, struct request *request);

#endif
