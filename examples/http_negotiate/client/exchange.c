#include "client/exchange.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/field_text.h"
#include "common/report.h"

static int send_request(const struct exchange *self, const char *authorization) {
  static const char form[] = "GET %s HTTP/1.1\r\nHost: %s\r\n%s%s%s\r\n";
  const char *const name = authorization != NULL ? "Authorization: " : "";
  const char *const value = authorization != NULL ? authorization : "";
  const size_t size = sizeof form + strlen(self->path) + strlen(self->host) + strlen(name) + strlen(value) + 2;
  char *text = malloc(size);
  int done, used;
  if (text == NULL) {
    report("there is no memory for a request of %u bytes.", (unsigned)size);
    return 0;
  }
  used = snprintf(text, size, form, self->path, self->host, name, value, authorization != NULL ? "\r\n" : "");
  done = network_send(self->stream->connection, text, (size_t)used);
  free(text);
  return done;
}

/* RFC 9112 4: HTTP/1.x, a space, three digits, a space. */
static int read_status(struct exchange *self) {
  const char *const line = self->head.start_line;
  char digits[4] = "";
  size_t status;
  if (strncmp(line, "HTTP/1.", 7) != 0 || strlen(line) < 12 || line[8] != ' ' || (line[12] != 0 && line[12] != ' ')) return 0;
  memcpy(digits, line + 9, 3);
  if (!whole_number(digits, 999, &status) || status < 100) return 0;
  self->status = (unsigned)status;
  return 1;
}

static int read_head(struct exchange *self) {
  do {
    const enum head_state state = head_receive(self->stream, &self->head);
    if (state != HEAD_READ || !read_status(self)) {
      report(state == HEAD_NONE ? "the server has ended the connection instead of answering."
                                : "what the server sends is no response of HTTP/1.1.");
      return 0;
    }
  } while (self->status < 200); /* an interim response */
  return 1;
}

static int read_content(struct exchange *self) {
  const char *length, *other;
  size_t size = 0;
  const unsigned lengths = head_field(&self->head, "Content-Length", &length);
  const int has_none = self->status == 204 || self->status == 304;
  if (head_field(&self->head, "Transfer-Encoding", &other) != 0 || lengths > 1 || (lengths == 0 && !has_none) ||
      (lengths == 1 && !whole_number(length, LONGEST_CONTENT, &size))) {
    report("the response's content has no length that this client takes (Content-Length, up to %d bytes).", LONGEST_CONTENT);
    return 0;
  }
  self->content = malloc(size + 1);
  if (self->content == NULL) {
    report("there is no memory for a content of %u bytes.", (unsigned)size);
    return 0;
  }
  self->content[size] = 0;
  return has_none || content_receive(self->stream, self->content, size);
}

int exchange_run(struct exchange *self, const char *authorization) {
  const char *connection;
  exchange_free(self);
  if (!send_request(self, authorization) || !read_head(self) || !read_content(self)) return 0;
  self->ends = head_field(&self->head, "Connection", &connection) != 0 && list_has(connection, "close");
  return 1;
}

void exchange_free(struct exchange *self) {
  free(self->content);
  self->content = NULL;
}
