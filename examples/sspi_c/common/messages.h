/* Messages under a finished context: signed (MakeSignature, VerifySignature) or sealed (EncryptMessage,
 * DecryptMessage). The bytes of such a frame: sizes of token and padding, then token, text and padding. */
#ifndef SSPI_C_MESSAGES_H
#define SSPI_C_MESSAGES_H

#include "common/network.h"
#include "common/sspi.h"

struct message_channel {
  network_socket connection;
  PCtxtHandle context;
  SecPkgContext_Sizes sizes;
  ULONG next_sent; /* the number of a message tells one that was taken out, repeated or moved */
  ULONG next_received;
};

/* 0, and reported, when the context has no sizes. */
int messages_begin(struct message_channel *channel, network_socket connection, PCtxtHandle context);

/* `kind` is FRAME_SIGNED or FRAME_SEALED. All return 1 when it is done; otherwise 0, and they have reported why. */
int message_send(struct message_channel *channel, char kind, const char *text);
/* The text, ended with a zero, to be freed with free. */
int message_receive(struct message_channel *channel, char kind, char **text);

#endif
