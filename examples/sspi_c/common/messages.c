#include "common/messages.h"

#include <stdlib.h>
#include <string.h>

#include "common/attributes.h"
#include "common/frames.h"
#include "common/report.h"
#include "common/status.h"

#define HEAD_SIZE 8u

/* Token, text and padding lie one behind the other in one block, behind the head. */
struct protected_message {
  SecBuffer buffers[3];
  SecBufferDesc descriptor;
};

static void describe(struct protected_message *message, unsigned char *bytes, ULONG token, ULONG text, ULONG padding) {
  message->buffers[0].BufferType = SECBUFFER_TOKEN;
  message->buffers[0].cbBuffer = token;
  message->buffers[0].pvBuffer = bytes;
  message->buffers[1].BufferType = SECBUFFER_DATA;
  message->buffers[1].cbBuffer = text;
  message->buffers[1].pvBuffer = bytes + token;
  message->buffers[2].BufferType = SECBUFFER_PADDING;
  message->buffers[2].cbBuffer = padding;
  message->buffers[2].pvBuffer = bytes + token + text;
  message->descriptor.ulVersion = SECBUFFER_VERSION;
  message->descriptor.cBuffers = 3;
  message->descriptor.pBuffers = message->buffers;
}

int messages_begin(struct message_channel *channel, network_socket connection, PCtxtHandle context) {
  channel->connection = connection;
  channel->context = context;
  channel->next_sent = 0;
  channel->next_received = 0;
  return query_sizes(context, &channel->sizes);
}

static int protect(struct message_channel *channel, char kind, struct protected_message *message) {
  const ULONG number = channel->next_sent++;
  SECURITY_STATUS status;
  if (kind == FRAME_SEALED) {
    status = EncryptMessage(channel->context, 0, &message->descriptor, number);
    if (status == SEC_E_OK) return 1;
    report_status("EncryptMessage", status);
    return 0;
  }
  message->descriptor.cBuffers = 2; /* a signature has no padding */
  status = MakeSignature(channel->context, 0, &message->descriptor, number);
  if (status == SEC_E_OK) return 1;
  report_status("MakeSignature", status);
  return 0;
}

static int check(struct message_channel *channel, char kind, struct protected_message *message) {
  const ULONG number = channel->next_received++;
  ULONG quality = 0;
  SECURITY_STATUS status;
  if (kind == FRAME_SEALED) {
    status = DecryptMessage(channel->context, &message->descriptor, number, &quality);
    if (status == SEC_E_OK) return 1;
    report_status("DecryptMessage", status);
    return 0;
  }
  message->descriptor.cBuffers = 2;
  status = VerifySignature(channel->context, &message->descriptor, number, &quality);
  if (status == SEC_E_OK) return 1;
  report_status("VerifySignature", status);
  return 0;
}

/* The package may have used less of token and padding than it was offered: the gaps are closed before it is sent. */
static int send_parts(struct message_channel *channel, char kind, unsigned char *frame,
                      struct protected_message *message) {
  const SecBuffer *token = &message->buffers[0], *text = &message->buffers[1], *padding = &message->buffers[2];
  unsigned char *at = frame + HEAD_SIZE + token->cbBuffer;
  put_number(frame, token->cbBuffer);
  put_number(frame + 4, padding->cbBuffer);
  memmove(at, text->pvBuffer, text->cbBuffer);
  at += text->cbBuffer;
  memmove(at, padding->pvBuffer, padding->cbBuffer);
  at += padding->cbBuffer;
  return frame_send(channel->connection, kind, frame, (size_t)(at - frame));
}

int message_send(struct message_channel *channel, char kind, const char *text) {
  const int sealed = kind == FRAME_SEALED;
  const ULONG token = sealed ? channel->sizes.cbSecurityTrailer : channel->sizes.cbMaxSignature;
  const ULONG padding = sealed ? channel->sizes.cbBlockSize : 0;
  const size_t length = strlen(text);
  struct protected_message message;
  unsigned char *frame;
  int done;
  if (length > FRAME_LIMIT || token > FRAME_LIMIT || padding > FRAME_LIMIT) {
    report("a message of %u bytes is longer than a frame may be.", (unsigned)length);
    return 0;
  }
  frame = malloc(HEAD_SIZE + token + length + padding);
  if (frame == NULL) {
    report("there is no memory for a message.");
    return 0;
  }
  describe(&message, frame + HEAD_SIZE, token, (ULONG)length, padding);
  memcpy(message.buffers[1].pvBuffer, text, length);
  done = protect(channel, kind, &message) && send_parts(channel, kind, frame, &message);
  free(frame);
  return done;
}

/* The sizes in a frame are the peer's word. */
static int read_parts(const struct frame *frame, struct protected_message *message) {
  unsigned token, padding, rest;
  if (frame->size < HEAD_SIZE) return 0;
  token = get_number(frame->bytes);
  padding = get_number(frame->bytes + 4);
  rest = frame->size - HEAD_SIZE;
  if (token > rest || padding > rest - token) return 0;
  describe(message, frame->bytes + HEAD_SIZE, token, rest - token - padding, padding);
  return 1;
}

static char *copy_text(const SecBuffer *text) {
  char *copy = malloc(text->cbBuffer + 1u);
  if (copy == NULL) {
    report("there is no memory for a message.");
    return NULL;
  }
  memcpy(copy, text->pvBuffer, text->cbBuffer);
  copy[text->cbBuffer] = 0;
  return copy;
}

int message_receive(struct message_channel *channel, char kind, char **text) {
  struct protected_message message;
  struct frame frame;
  *text = NULL;
  if (frame_receive(channel->connection, kind, &frame)) {
    if (!read_parts(&frame, &message))
      report("the peer sent a message whose parts are longer than the whole.");
    else if (check(channel, kind, &message))
      *text = copy_text(&message.buffers[1]);
  }
  frame_free(&frame);
  return *text != NULL;
}
