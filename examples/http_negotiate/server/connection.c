#include "server/connection.h"

#include <stdio.h>
#include <stdlib.h>

#include "common/report.h"
#include "server/authentication.h"
#include "server/response.h"

struct connection {
  struct http_stream stream;
  struct authentication client;
  struct schemes *schemes;
};

static unsigned status_of(enum verdict verdict) {
  return verdict == CLIENT_KNOWN ? 200 : verdict == CLIENT_BROKEN ? 400 : 401;
}

/* 0: the connection is to be closed, and nothing can be answered. */
static int read_and_judge(struct connection *self, struct response *response) {
  struct message_head head;
  struct request request = {0};
  const enum head_state state = head_receive(&self->stream, &head);
  if (state == HEAD_NONE || state == HEAD_LOST) return 0;
  response->status = state == HEAD_READ ? read_request(&head, &request) : state == HEAD_TOO_LARGE ? 431 : 400;
  response->is_head = request.is_head;
  if (response->status != 0 && response->status != 405) {
    response->ends = 1;
    return 1;
  }
  response->ends = request.ends;
  /* First the authorization, which lies in the head, then the content, which nobody wants. */
  if (response->status == 0) {
    response->status = status_of(authenticate(&self->client, self->schemes, request.authorization));
    if (response->status == 400) response->ends = 1;
  }
  return content_receive(&self->stream, NULL, request.content);
}

static void print_client(const struct response *response) {
  if (response->status != 200) return;
  printf("%s by %s\n", response->client->user, response->client->scheme->name);
  fflush(stdout);
}

static void serve(struct connection *self) {
  for (;;) {
    struct response response = {0};
    response.schemes = self->schemes;
    response.client = &self->client;
    if (!read_and_judge(self, &response)) return;
    print_client(&response);
    if (!response_send(self->stream.connection, &response)) return;
    if (!response.ends) continue;
    network_finish(self->stream.connection);
    return;
  }
}

void serve_connection(network_socket connection, struct schemes *schemes) {
  struct connection *self = calloc(1, sizeof *self);
  if (self == NULL) {
    report("there is no memory for a connection.");
    return;
  }
  self->stream.connection = connection;
  self->schemes = schemes;
  serve(self);
  authentication_end(&self->client);
  free(self);
}
