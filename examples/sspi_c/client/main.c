/* sspi-c-client: a context with sspi-c-server, then a signed and a sealed message, and what it answered. */
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>

#include "client/handshake.h"
#include "client/options.h"
#include "common/attributes.h"
#include "common/frames.h"
#include "common/messages.h"
#include "common/package.h"
#include "common/report.h"

static int exchange(struct message_channel *channel, char kind, const char *name, const char *text) {
  char *answer;
  if (!message_send(channel, kind, text) || !message_receive(channel, kind, &answer)) return 0;
  printf("Answer, %s: %s\n", name, answer);
  free(answer);
  return 1;
}

static int converse(network_socket connection, PCredHandle credentials, const struct options *options) {
  struct message_channel channel;
  CtxtHandle context;
  int done;
  if (!initiate(connection, credentials, options->target, &context)) return 0;
  print_attributes(&context);
  done = messages_begin(&channel, connection, &context) &&
         exchange(&channel, FRAME_SIGNED, "signed", options->message) &&
         exchange(&channel, FRAME_SEALED, "sealed", options->message);
  DeleteSecurityContext(&context);
  return done;
}

static int run(const struct options *options) {
  SEC_WINNT_AUTH_IDENTITY identity = {0};
  CredHandle credentials;
  network_socket connection;
  int done = 0;
  if (options->list) return print_packages();
  if (!acquire_credentials(options->package, SECPKG_CRED_OUTBOUND, account_identity(&options->account, &identity), &credentials))
    return 0;
  connection = network_connect(options->port);
  if (connection != NO_SOCKET) done = converse(connection, &credentials, options);
  network_close(connection);
  FreeCredentialsHandle(&credentials);
  return done;
}

int main(int count, char **arguments) {
  struct options options = {0};
  int code;
  program_name = "sspi-c-client";
  setlocale(LC_ALL, "");
  options.message = "hello";
  code = read_options(count, arguments, &options);
  if (code < 0) {
    code = network_start() && run(&options) ? 0 : 1;
    network_stop();
  }
  free_options(&options);
  return code;
}
