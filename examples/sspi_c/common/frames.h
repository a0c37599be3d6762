/* What goes over the connection: frames. SSPI makes tokens and protects messages; how they travel is the program's.
 *
 *   kind  1 byte   below
 *   size  4 bytes  of what follows, little-endian, at most FRAME_LIMIT
 *   bytes
 *
 * The failure frame is empty: a side that gives up says so, and the other does not wait for a token. */
#ifndef SSPI_C_FRAMES_H
#define SSPI_C_FRAMES_H

#include "common/network.h"

#define FRAME_LIMIT 131072u

#define FRAME_TOKEN 'T'
#define FRAME_SIGNED 'S'
#define FRAME_SEALED 'E'
#define FRAME_FAILURE 'F'

struct frame {
  char kind;
  unsigned size;
  unsigned char *bytes; /* of malloc */
};

/* Both return 1 when it is done; otherwise 0, and they have reported why. */
int frame_send(network_socket connection, char kind, const void *bytes, size_t size);
/* Any other kind than the wanted one is a failure. The caller frees the frame, also when it failed. */
int frame_receive(network_socket connection, char wanted, struct frame *frame);
void frame_free(struct frame *frame);

void put_number(unsigned char bytes[4], size_t value);
unsigned get_number(const unsigned char bytes[4]);

#endif
