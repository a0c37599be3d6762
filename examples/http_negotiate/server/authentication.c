#include "server/authentication.h"

#include <stdlib.h>
#include <string.h>

#include "common/base64.h"
#include "common/field_text.h"
#include "common/status.h"
#include "common/text.h"

#define MOST_LEGS 8

void authentication_end(struct authentication *self) {
  if (self->has_context) DeleteSecurityContext(&self->context);
  free(self->reply);
  memset(self, 0, sizeof *self);
}

/* The scheme that the field begins with; *token is what stands behind it. */
static struct scheme *find_scheme(struct schemes *schemes, const char *authorization, const char **token) {
  int i;
  for (i = 0; i < SCHEMES; ++i) {
    const char *rest = after_prefix(authorization, schemes->each[i].name);
    if (!schemes->each[i].offered || rest == NULL || (*rest != 0 && *rest != ' ')) continue;
    *token = rest + strspn(rest, " ");
    return &schemes->each[i];
  }
  return NULL;
}

static int keep_reply(struct authentication *self, const SecBuffer *token) {
  if (token->cbBuffer == 0) return 1;
  self->reply = malloc(base64_encoded_length(token->cbBuffer) + 1);
  if (self->reply != NULL) base64_encode(self->reply, token->pvBuffer, token->cbBuffer);
  return self->reply != NULL;
}

static SECURITY_STATUS call_package(struct authentication *self, void *bytes, size_t size, SecBuffer *token) {
  SecBuffer input = {0, SECBUFFER_TOKEN, NULL};
  SecBufferDesc inputs = {SECBUFFER_VERSION, 1, NULL};
  SecBufferDesc outputs = {SECBUFFER_VERSION, 1, NULL};
  ULONG attributes;
  TimeStamp expiry;
  SECURITY_STATUS status;
  input.cbBuffer = (ULONG)size;
  input.pvBuffer = bytes;
  inputs.pBuffers = &input;
  outputs.pBuffers = token;
  status = AcceptSecurityContext(&self->scheme->credentials, self->has_context ? &self->context : NULL, &inputs,
                                 ASC_REQ_CONNECTION, SECURITY_NATIVE_DREP, &self->context, &outputs, &attributes, &expiry);
  if (status < 0) return status;
  self->has_context = 1;
  if (status == SEC_I_COMPLETE_NEEDED || status == SEC_I_COMPLETE_AND_CONTINUE) {
    const SECURITY_STATUS completed = CompleteAuthToken(&self->context, &outputs);
    if (completed < 0) return completed;
    status = status == SEC_I_COMPLETE_NEEDED ? SEC_E_OK : SEC_I_CONTINUE_NEEDED;
  }
  return keep_reply(self, token) ? status : SEC_E_INSUFFICIENT_MEMORY;
}

/* A context whose client has no name is none of ours. */
static SECURITY_STATUS ask_name(struct authentication *self) {
  SecPkgContext_Names names;
  const SECURITY_STATUS status = QueryContextAttributes(&self->context, SECPKG_ATTR_NAMES, &names);
  if (status != SEC_E_OK) return status;
  text_to_locale(self->user, sizeof self->user, names.sUserName);
  FreeContextBuffer(names.sUserName);
  return self->user[0] != 0 ? SEC_E_OK : SEC_E_NO_CREDENTIALS;
}

static SECURITY_STATUS run_leg(struct authentication *self, void *bytes, size_t size) {
  SecBuffer token = {0, SECBUFFER_TOKEN, NULL};
  SECURITY_STATUS status;
  if (++self->legs > MOST_LEGS) return SEC_E_INVALID_TOKEN;
  token.cbBuffer = self->scheme->longest_token;
  token.pvBuffer = malloc(token.cbBuffer);
  if (token.pvBuffer == NULL) return SEC_E_INSUFFICIENT_MEMORY;
  {
    void *const room = token.pvBuffer;
    status = call_package(self, bytes, size, &token);
    free(room);
  }
  return status == SEC_E_OK ? ask_name(self) : status;
}

static enum verdict judge(struct authentication *self, SECURITY_STATUS status) {
  if (status == SEC_E_OK) return CLIENT_KNOWN;
  if (status == SEC_I_CONTINUE_NEEDED && self->reply != NULL) return CLIENT_CONTINUES;
  report_status("AcceptSecurityContext", status);
  authentication_end(self);
  return CLIENT_UNKNOWN;
}

enum verdict authenticate(struct authentication *self, struct schemes *schemes, const char *authorization) {
  const char *text = NULL;
  struct scheme *scheme;
  unsigned char *bytes;
  size_t size;
  enum verdict verdict = CLIENT_BROKEN;
  free(self->reply);
  self->reply = NULL;
  if (authorization == NULL) {
    if (self->user[0] != 0) return CLIENT_KNOWN;
    authentication_end(self);
    return CLIENT_UNKNOWN;
  }
  scheme = find_scheme(schemes, authorization, &text);
  /* Another scheme, and every first token, begins anew: nobody is the client any more. */
  if (scheme == NULL || scheme != self->scheme || self->user[0] != 0) authentication_end(self);
  if (scheme == NULL) return CLIENT_UNKNOWN;
  self->scheme = scheme;
  bytes = malloc(base64_decoded_size(strlen(text)) + 1);
  if (bytes != NULL && base64_decode(text, strlen(text), bytes, &size)) verdict = judge(self, run_leg(self, bytes, size));
  free(bytes);
  if (verdict == CLIENT_BROKEN) authentication_end(self);
  return verdict;
}
