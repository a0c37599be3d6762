/* The head of an HTTP/1.1 message: the start line and the fields (RFC 9112 2 to 5), read from a connection. What RFC 9112
   lets a recipient repair is refused here: a line ends with CRLF, and is not continued by another. */
#ifndef HTTP_NEGOTIATE_MESSAGE_HEAD_H
#define HTTP_NEGOTIATE_MESSAGE_HEAD_H

#include <stddef.h>

#include "common/network.h"

/* Tokens of Negotiate with Kerberos can be some ten thousand bytes. */
#define LONGEST_HEAD 65536
#define MOST_FIELDS 64

struct field {
  char *name;
  char *value; /* without the white space around it */
};

struct message_head {
  char *start_line;
  struct field fields[MOST_FIELDS];
  unsigned count;
};

/* The bytes of a connection, in the order of their coming; a head points into them. */
struct http_stream {
  network_socket connection;
  size_t taken; /* by messages that were read */
  size_t filled;
  char bytes[LONGEST_HEAD + 1];
};

enum head_state {
  HEAD_READ,
  HEAD_NONE,     /* the peer has ended the connection between two messages */
  HEAD_LOST,     /* ... or within one, or was silent for too long */
  HEAD_BROKEN,   /* it is not HTTP */
  HEAD_TOO_LARGE /* it has more bytes or fields than these limits */
};

/* The texts of the head stay until the stream is read again. */
enum head_state head_receive(struct http_stream *stream, struct message_head *head);

/* How many fields have the name, and the value of the first, which is NULL when there is none. */
unsigned head_field(const struct message_head *head, const char *name, const char **value);

/* The content of a message, `size` bytes: into `content`, or dropped where that is NULL. 0: lost. */
int content_receive(struct http_stream *stream, char *content, size_t size);

#endif
