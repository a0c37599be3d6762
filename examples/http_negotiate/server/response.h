/* The server's answers. */
#ifndef HTTP_NEGOTIATE_SERVER_RESPONSE_H
#define HTTP_NEGOTIATE_SERVER_RESPONSE_H

#include "server/authentication.h"
#include "server/request.h"

struct response {
  unsigned status;
  int is_head;
  int ends; /* the connection is closed behind it */
  const struct schemes *schemes;
  const struct authentication *client;
};

/* 1: sent. */
int response_send(network_socket connection, const struct response *response);

#endif
