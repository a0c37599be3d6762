#include "client/handshake.h"

#include "common/frames.h"
#include "common/report.h"
#include "common/status.h"

#define REQUIREMENTS \
  (ISC_REQ_CONFIDENTIALITY | ISC_REQ_INTEGRITY | ISC_REQ_REPLAY_DETECT | ISC_REQ_SEQUENCE_DETECT | ISC_REQ_ALLOCATE_MEMORY)

/* What goes from leg to leg. */
struct initiator {
  network_socket connection;
  PCredHandle credentials;
  TCHAR *target;
  PCtxtHandle context;
  int has_context;
  ULONG attributes;
};

/* One call. The token of the server is NULL in the first leg; ours lies in memory of the package. */
static SECURITY_STATUS one_leg(struct initiator *self, struct frame *from_server, SecBuffer *token) {
  SecBuffer input = {0, SECBUFFER_TOKEN, NULL};
  SecBufferDesc inputs = {SECBUFFER_VERSION, 1, NULL};
  SecBufferDesc outputs = {SECBUFFER_VERSION, 1, NULL};
  TimeStamp expiry;
  SECURITY_STATUS status;
  inputs.pBuffers = &input;
  outputs.pBuffers = token;
  if (from_server != NULL) {
    input.cbBuffer = from_server->size;
    input.pvBuffer = from_server->bytes;
  }
  status = InitializeSecurityContext(self->credentials, self->has_context ? self->context : NULL, self->target,
                                     REQUIREMENTS, 0, SECURITY_NATIVE_DREP, from_server != NULL ? &inputs : NULL, 0,
                                     self->context, &outputs, &self->attributes, &expiry);
  if (status < 0) {
    report_status("InitializeSecurityContext", status);
    return status;
  }
  self->has_context = 1;
  if (status != SEC_I_COMPLETE_NEEDED && status != SEC_I_COMPLETE_AND_CONTINUE) return status;
  /* The package wants to see the whole token once more before it is sent. */
  {
    const SECURITY_STATUS completed = CompleteAuthToken(self->context, &outputs);
    if (completed < 0) {
      report_status("CompleteAuthToken", completed);
      return completed;
    }
  }
  return status == SEC_I_COMPLETE_NEEDED ? SEC_E_OK : SEC_I_CONTINUE_NEEDED;
}

/* A leg, and its token to the server. */
static SECURITY_STATUS run_leg(struct initiator *self, struct frame *from_server) {
  SecBuffer token = {0, SECBUFFER_TOKEN, NULL};
  SECURITY_STATUS status = one_leg(self, from_server, &token);
  if (status >= 0 && token.cbBuffer != 0 &&
      !frame_send(self->connection, FRAME_TOKEN, token.pvBuffer, token.cbBuffer))
    status = SEC_E_INTERNAL_ERROR;
  if (token.pvBuffer != NULL) FreeContextBuffer(token.pvBuffer);
  return status;
}

static int all_legs(struct initiator *self) {
  SECURITY_STATUS status = run_leg(self, NULL);
  while (status == SEC_I_CONTINUE_NEEDED) {
    struct frame from_server;
    status = SEC_E_INTERNAL_ERROR;
    if (frame_receive(self->connection, FRAME_TOKEN, &from_server)) status = run_leg(self, &from_server);
    frame_free(&from_server);
  }
  if (status != SEC_E_OK) return 0;
  if ((self->attributes & ISC_RET_CONFIDENTIALITY) != 0 && (self->attributes & ISC_RET_INTEGRITY) != 0) return 1;
  report("the context cannot sign and seal; the package granted 0x%08x.", (unsigned)self->attributes);
  return 0;
}

int initiate(network_socket connection, PCredHandle credentials, TCHAR *target, PCtxtHandle context) {
  struct initiator self = {0};
  self.connection = connection;
  self.credentials = credentials;
  self.target = target;
  self.context = context;
  if (all_legs(&self)) return 1;
  if (self.has_context) DeleteSecurityContext(context);
  frame_send(connection, FRAME_FAILURE, "", 0);
  return 0;
}
