#include "server/handshake.h"

#include <stdlib.h>

#include "common/frames.h"
#include "common/report.h"
#include "common/status.h"

#define REQUIREMENTS (ASC_REQ_CONFIDENTIALITY | ASC_REQ_INTEGRITY | ASC_REQ_REPLAY_DETECT | ASC_REQ_SEQUENCE_DETECT)

/* What goes from leg to leg. */
struct acceptor {
  network_socket connection;
  PCredHandle credentials;
  PCtxtHandle context;
  int has_context;
  ULONG attributes;
  void *room; /* for our tokens: this side brings its own memory, `longest` bytes */
  ULONG longest;
};

static SECURITY_STATUS one_leg(struct acceptor *self, const struct frame *from_client, SecBuffer *token) {
  SecBuffer input = {0, SECBUFFER_TOKEN, NULL};
  SecBufferDesc inputs = {SECBUFFER_VERSION, 1, NULL};
  SecBufferDesc outputs = {SECBUFFER_VERSION, 1, NULL};
  TimeStamp expiry;
  SECURITY_STATUS status;
  input.cbBuffer = from_client->size;
  input.pvBuffer = from_client->bytes;
  inputs.pBuffers = &input;
  outputs.pBuffers = token;
  status = AcceptSecurityContext(self->credentials, self->has_context ? self->context : NULL, &inputs, REQUIREMENTS,
                                 SECURITY_NATIVE_DREP, self->context, &outputs, &self->attributes, &expiry);
  if (status < 0) {
    report_status("AcceptSecurityContext", status);
    return status;
  }
  self->has_context = 1;
  if (status != SEC_I_COMPLETE_NEEDED && status != SEC_I_COMPLETE_AND_CONTINUE) return status;
  {
    const SECURITY_STATUS completed = CompleteAuthToken(self->context, &outputs);
    if (completed < 0) {
      report_status("CompleteAuthToken", completed);
      return completed;
    }
  }
  return status == SEC_I_COMPLETE_NEEDED ? SEC_E_OK : SEC_I_CONTINUE_NEEDED;
}

/* The client's token, the leg, and our token. */
static SECURITY_STATUS run_leg(struct acceptor *self) {
  SecBuffer token = {0, SECBUFFER_TOKEN, NULL};
  SECURITY_STATUS status = SEC_E_INTERNAL_ERROR;
  struct frame from_client;
  token.cbBuffer = self->longest;
  token.pvBuffer = self->room;
  if (frame_receive(self->connection, FRAME_TOKEN, &from_client)) {
    status = one_leg(self, &from_client, &token);
    if (status >= 0 && token.cbBuffer != 0 &&
        !frame_send(self->connection, FRAME_TOKEN, token.pvBuffer, token.cbBuffer))
      status = SEC_E_INTERNAL_ERROR;
  }
  frame_free(&from_client);
  return status;
}

static int all_legs(struct acceptor *self) {
  SECURITY_STATUS status;
  do status = run_leg(self);
  while (status == SEC_I_CONTINUE_NEEDED);
  return status == SEC_E_OK;
}

int accept_context(network_socket connection, PCredHandle credentials, ULONG longest, PCtxtHandle context) {
  struct acceptor self = {0};
  int done = 0;
  self.connection = connection;
  self.credentials = credentials;
  self.context = context;
  self.longest = longest;
  self.room = malloc(longest);
  if (self.room == NULL)
    report("there is no memory for tokens of %u bytes.", (unsigned)longest);
  else
    done = all_legs(&self);
  free(self.room);
  if (done) return 1;
  if (self.has_context) DeleteSecurityContext(context);
  frame_send(connection, FRAME_FAILURE, "", 0);
  return 0;
}
