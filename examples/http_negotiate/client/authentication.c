#include "client/authentication.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/base64.h"
#include "common/field_text.h"
#include "common/package.h"
#include "common/report.h"
#include "common/status.h"
#include "common/text.h"

#define MOST_LEGS 8

struct initiator {
  const char *scheme;
  CredHandle credentials;
  TCHAR *target;
  CtxtHandle context;
  int has_context;
  SECURITY_STATUS status;
  char *authorization; /* the field's value for the next request; NULL: the package has nothing to say */
};

/* What the server says to the scheme: NULL when nothing, "" when it only offers it, or a token. Each scheme has a field of
   its own here, as servers send it. */
static const char *challenge_of(const struct message_head *head, const char *scheme) {
  unsigned i;
  for (i = 0; i < head->count; ++i) {
    const char *rest;
    if (!same_text(head->fields[i].name, "WWW-Authenticate")) continue;
    rest = after_prefix(head->fields[i].value, scheme);
    if (rest != NULL && (*rest == 0 || *rest == ' ')) return rest + strspn(rest, " ");
  }
  return NULL;
}

static int keep_token(struct initiator *self, const SecBuffer *token) {
  const size_t name = strlen(self->scheme);
  free(self->authorization);
  self->authorization = NULL;
  if (token->cbBuffer == 0) return 1;
  self->authorization = malloc(name + 1 + base64_encoded_length(token->cbBuffer) + 1);
  if (self->authorization == NULL) return 0;
  memcpy(self->authorization, self->scheme, name);
  self->authorization[name] = ' ';
  base64_encode(self->authorization + name + 1, token->pvBuffer, token->cbBuffer);
  return 1;
}

static SECURITY_STATUS call_package(struct initiator *self, void *bytes, size_t size, SecBuffer *token) {
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
  status = InitializeSecurityContext(&self->credentials, self->has_context ? &self->context : NULL, self->target,
                                     ISC_REQ_CONNECTION | ISC_REQ_ALLOCATE_MEMORY, 0, SECURITY_NATIVE_DREP,
                                     size != 0 ? &inputs : NULL, 0, &self->context, &outputs, &attributes, &expiry);
  if (status < 0) return status;
  self->has_context = 1;
  if (status != SEC_I_COMPLETE_NEEDED && status != SEC_I_COMPLETE_AND_CONTINUE) return status;
  {
    const SECURITY_STATUS completed = CompleteAuthToken(&self->context, &outputs);
    if (completed < 0) return completed;
  }
  return status == SEC_I_COMPLETE_NEEDED ? SEC_E_OK : SEC_I_CONTINUE_NEEDED;
}

/* A leg with the server's token in Base64, which is empty in the first. */
static int run_leg(struct initiator *self, const char *text) {
  SecBuffer token = {0, SECBUFFER_TOKEN, NULL};
  size_t size = 0;
  unsigned char *bytes = malloc(base64_decoded_size(strlen(text)) + 1);
  int done = 0;
  if (bytes != NULL && *text != 0 && !base64_decode(text, strlen(text), bytes, &size)) {
    report("the server's token is no Base64.");
  } else if (bytes != NULL) {
    self->status = call_package(self, bytes, size, &token);
    done = self->status >= 0 && keep_token(self, &token);
    if (!done) report_status("InitializeSecurityContext", self->status);
  }
  if (token.pvBuffer != NULL) FreeContextBuffer(token.pvBuffer);
  free(bytes);
  return done;
}

/* The server has let us in: with the last token the package judges whether it may. */
static int finish(struct initiator *self, const struct exchange *exchange) {
  const char *token = challenge_of(&exchange->head, self->scheme);
  if (self->status == SEC_I_CONTINUE_NEEDED && token != NULL && *token != 0 && !run_leg(self, token)) return 0;
  if (self->status == SEC_E_OK) return 1;
  report("the server answers %u, but has not brought the authentication to its end.", exchange->status);
  return 0;
}

static int all_legs(struct initiator *self, struct exchange *exchange) {
  const char *token = "";
  int legs;
  for (legs = 0; legs < MOST_LEGS; ++legs) {
    /* What a server sends with a refusal may be no token to go on with: its 401 is the answer then. */
    if (!run_leg(self, token)) return legs != 0;
    if (self->authorization == NULL) break;
    if (!exchange_run(exchange, self->authorization)) return 0;
    if (exchange->status != 401) return finish(self, exchange);
    token = challenge_of(&exchange->head, self->scheme);
    /* 401 without a token, or with one that nobody waits for: the server does not let us in. */
    if (token == NULL || *token == 0 || self->status == SEC_E_OK) return 1;
    if (exchange->ends) break;
  }
  report("the authentication stopped in the middle, after %d legs.", legs + 1);
  return 0;
}

static int begin(struct initiator *self, const struct options *options) {
  SEC_WINNT_AUTH_IDENTITY identity = {0};
  char target[512];
  TCHAR *package = text_from_locale(self->scheme);
  int done;
  snprintf(target, sizeof target, "HTTP/%s", options->host);
  self->target = text_from_locale(target);
  done = package != NULL && self->target != NULL &&
         acquire_credentials(package, SECPKG_CRED_OUTBOUND, account_identity(&options->account, &identity),
                             &self->credentials);
  free(package);
  return done;
}

int ask_authenticated(struct exchange *exchange, const struct options *options) {
  struct initiator self = {0};
  int done = 0;
  if (!exchange_run(exchange, NULL)) return 0;
  if (exchange->status != 401) return 1;
  self.scheme = options->scheme;
  if (challenge_of(&exchange->head, self.scheme) == NULL || exchange->ends) {
    report("the server offers no %s on this connection.", self.scheme);
    return 0;
  }
  if (begin(&self, options)) {
    done = all_legs(&self, exchange);
    FreeCredentialsHandle(&self.credentials);
  }
  if (self.has_context) DeleteSecurityContext(&self.context);
  free(self.authorization);
  free(self.target);
  return done;
}
