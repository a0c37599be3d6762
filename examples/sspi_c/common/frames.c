#include "common/frames.h"

#include <stdlib.h>

#include "common/report.h"

void put_number(unsigned char bytes[4], size_t value) {
  int i;
  for (i = 0; i < 4; ++i) bytes[i] = (unsigned char)(value >> (8 * i));
}

unsigned get_number(const unsigned char bytes[4]) {
  return bytes[0] | (unsigned)bytes[1] << 8 | (unsigned)bytes[2] << 16 | (unsigned)bytes[3] << 24;
}

int frame_send(network_socket connection, char kind, const void *bytes, size_t size) {
  unsigned char head[5];
  if (size > FRAME_LIMIT) {
    report("a message of %u bytes is longer than a frame may be.", (unsigned)size);
    return 0;
  }
  head[0] = (unsigned char)kind;
  put_number(head + 1, size);
  return network_send(connection, head, sizeof head) && network_send(connection, bytes, size);
}

int frame_receive(network_socket connection, char wanted, struct frame *frame) {
  unsigned char head[5];
  frame->bytes = NULL;
  if (!network_receive(connection, head, sizeof head)) return 0;
  frame->kind = (char)head[0];
  frame->size = get_number(head + 1);
  if (frame->kind == FRAME_FAILURE) {
    report("the peer has given up; it says why where it runs.");
    return 0;
  }
  if (frame->kind != wanted || frame->size > FRAME_LIMIT) {
    report("the peer sent a frame that has no place here.");
    return 0;
  }
  frame->bytes = malloc(frame->size + 1u); /* also an empty frame has a block */
  if (frame->bytes == NULL) {
    report("there is no memory for a frame.");
    return 0;
  }
  return network_receive(connection, frame->bytes, frame->size);
}

void frame_free(struct frame *frame) {
  free(frame->bytes);
  frame->bytes = NULL;
}
