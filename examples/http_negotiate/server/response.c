#include "server/response.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/report.h"

struct text {
  char *bytes;
  size_t size, used;
};

#if defined(__GNUC__)
__attribute__((format(printf, 2, 3)))
#endif
static void append(struct text *text, const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  text->used += (size_t)vsnprintf(text->bytes + text->used, text->size - text->used, format, arguments);
  va_end(arguments);
}

static const char *reason(unsigned status) {
  switch (status) {
    case 200: return "OK";
    case 401: return "Unauthorized";
    case 405: return "Method Not Allowed";
    case 413: return "Content Too Large";
    case 431: return "Request Header Fields Too Large";
    case 501: return "Not Implemented";
    case 505: return "HTTP Version Not Supported";
    default: return "Bad Request";
  }
}

/* With 401 what the client may begin with, or its next token; with 200 the last token, when there is one. */
static void append_schemes(struct text *text, const struct response *response) {
  int i;
  if (response->client->reply != NULL) {
    append(text, "WWW-Authenticate: %s %s\r\n", response->client->scheme->name, response->client->reply);
    return;
  }
  for (i = 0; response->status == 401 && i < SCHEMES; ++i)
    if (response->schemes->each[i].offered) append(text, "WWW-Authenticate: %s\r\n", response->schemes->each[i].name);
}

int response_send(network_socket connection, const struct response *response) {
  char content[LONGEST_NAME + 64];
  struct text text = {NULL, 1024 + sizeof content, 0};
  int done;
  if (response->status == 200)
    snprintf(content, sizeof content, "%s\n", response->client->user);
  else
    snprintf(content, sizeof content, "%u %s\n", response->status, reason(response->status));
  if (response->client->reply != NULL) text.size += strlen(response->client->reply);
  text.bytes = malloc(text.size);
  if (text.bytes == NULL) {
    report("there is no memory for an answer of %u bytes.", (unsigned)text.size);
    return 0;
  }
  append(&text, "HTTP/1.1 %u %s\r\n", response->status, reason(response->status));
  append(&text, "Content-Type: text/plain; charset=utf-8\r\nContent-Length: %u\r\n", (unsigned)strlen(content));
  append(&text, "Cache-Control: no-store\r\n"); /* the next one on another connection is somebody else */
  append_schemes(&text, response);
  if (response->status == 405) append(&text, "Allow: GET, HEAD\r\n");
  if (response->ends) append(&text, "Connection: close\r\n");
  append(&text, "\r\n%s", response->is_head ? "" : content);
  done = network_send(connection, text.bytes, text.used);
  free(text.bytes);
  return done;
}
