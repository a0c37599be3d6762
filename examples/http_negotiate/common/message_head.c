#include "common/message_head.h"

#include <string.h>

#include "common/field_text.h"
#include "common/report.h"

/* Makes room behind what was taken already, and receives. */
static enum head_state receive_more(struct http_stream *stream) {
  long long got;
  if (stream->filled == LONGEST_HEAD) return HEAD_TOO_LARGE;
  got = network_receive_some(stream->connection, stream->bytes + stream->filled, LONGEST_HEAD - stream->filled);
  if (got > 0) {
    stream->filled += (size_t)got;
    return HEAD_READ;
  }
  return got == 0 && stream->filled == 0 ? HEAD_NONE : HEAD_LOST;
}

static void forget_taken(struct http_stream *stream) {
  memmove(stream->bytes, stream->bytes + stream->taken, stream->filled - stream->taken);
  stream->filled -= stream->taken;
  stream->taken = 0;
}

/* The length of the head, with the empty line that ends it; or 0. `searched` bytes are known not to have it. */
static size_t find_end(const struct http_stream *stream, size_t searched) {
  size_t at = searched > 3 ? searched - 3 : 0;
  for (; at + 4 <= stream->filled; ++at)
    if (memcmp(stream->bytes + at, "\r\n\r\n", 4) == 0) return at + 4;
  return 0;
}

/* Ends the line with a zero and returns what follows it; NULL when a byte of it has no place there. */
static char *end_line(char *line) {
  for (; *line != '\r'; ++line)
    if (!is_field_text(*line)) return NULL;
  if (line[1] != '\n') return NULL;
  *line = 0;
  return line + 2;
}

static int take_field(char *line, struct field *field) {
  char *at = line, *end;
  while (is_token_letter(*at)) ++at;
  if (at == line || *at != ':') return 0;
  *at++ = 0;
  while (*at == ' ' || *at == '\t') ++at;
  end = at + strlen(at);
  while (end != at && (end[-1] == ' ' || end[-1] == '\t')) --end;
  *end = 0;
  field->name = line;
  field->value = at;
  return 1;
}

/* The head of `size` bytes ends with an empty line, so that the loop ends. */
static enum head_state take_apart(char *bytes, size_t size, struct message_head *head) {
  char *line = bytes, *next;
  char *const last = bytes + size - 2;
  head->count = 0;
  head->start_line = line;
  line = end_line(line);
  while (line != NULL && line != last) {
    next = end_line(line);
    if (head->count == MOST_FIELDS) return HEAD_TOO_LARGE;
    if (next == NULL || !take_field(line, &head->fields[head->count++])) return HEAD_BROKEN;
    line = next;
  }
  return line != NULL ? HEAD_READ : HEAD_BROKEN;
}

enum head_state head_receive(struct http_stream *stream, struct message_head *head) {
  size_t end, searched = 0;
  forget_taken(stream);
  while ((end = find_end(stream, searched)) == 0) {
    enum head_state state;
    searched = stream->filled;
    state = receive_more(stream);
    if (state != HEAD_READ) return state;
  }
  stream->taken = end;
  return take_apart(stream->bytes, end, head);
}

unsigned head_field(const struct message_head *head, const char *name, const char **value) {
  unsigned i, found = 0;
  *value = NULL;
  for (i = 0; i < head->count; ++i) {
    if (!same_text(head->fields[i].name, name)) continue;
    if (found++ == 0) *value = head->fields[i].value;
  }
  return found;
}

int content_receive(struct http_stream *stream, char *content, size_t size) {
  char dropped[4096];
  const size_t here = stream->filled - stream->taken < size ? stream->filled - stream->taken : size;
  if (content != NULL) memcpy(content, stream->bytes + stream->taken, here);
  stream->taken += here;
  size -= here;
  if (content != NULL) return network_receive(stream->connection, content + here, size);
  while (size != 0) {
    const size_t part = size < sizeof dropped ? size : sizeof dropped;
    if (!network_receive(stream->connection, dropped, part)) return 0;
    size -= part;
  }
  return 1;
}
