/* sspi-c-server: accepts contexts, one connection after the other, and answers under them. */
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>

#include "common/attributes.h"
#include "common/frames.h"
#include "common/messages.h"
#include "common/package.h"
#include "common/report.h"
#include "server/handshake.h"
#include "server/impersonation.h"
#include "server/options.h"

struct server {
  CredHandle credentials;
  ULONG longest_token;
};

/* Takes a message of the kind and answers with one of the same kind. */
static int answer(struct message_channel *channel, char kind, const char *name, const char *reply) {
  char *text;
  if (!message_receive(channel, kind, &text)) return 0;
  printf("Message, %s: %s\n", name, text);
  free(text);
  return message_send(channel, kind, reply);
}

static int converse_under(PCtxtHandle context, network_socket connection) {
  struct message_channel channel;
  char name[600], reply[700];
  print_attributes(context);
  if (!name_of_client(context, name, sizeof name)) exit(1);
  printf("Acting as the client: %s\n", name);
  snprintf(reply, sizeof reply, "you are %s", name);
  return messages_begin(&channel, connection, context) &&
         answer(&channel, FRAME_SIGNED, "signed", "your signature is good") &&
         answer(&channel, FRAME_SEALED, "sealed", reply);
}

static int converse(struct server *server, network_socket connection) {
  CtxtHandle context;
  int done;
  if (!accept_context(connection, &server->credentials, server->longest_token, &context)) return 0;
  done = converse_under(&context, connection);
  DeleteSecurityContext(&context);
  return done;
}

/* One conversation that fails ends neither the others nor the server. */
static int serve(struct server *server, network_socket listener, unsigned count) {
  unsigned served;
  int all_good = 1;
  for (served = 0; count == 0 || served < count; ++served) {
    const network_socket connection = network_accept(listener);
    if (connection == NO_SOCKET) return 0;
    if (!converse(server, connection)) all_good = 0;
    network_close(connection);
    fflush(stdout);
  }
  return all_good;
}

static int run(const struct options *options) {
  struct server server;
  unsigned short port = options->port;
  network_socket listener;
  int done = 0;
  server.longest_token = longest_token(options->package);
  if (server.longest_token == 0 ||
      !acquire_credentials(options->package, SECPKG_CRED_INBOUND, NULL, &server.credentials))
    return 0;
  listener = network_listen(&port);
  if (listener != NO_SOCKET) {
    printf("Listening on port %u of 127.0.0.1\n", port);
    fflush(stdout);
    done = serve(&server, listener, options->count);
  }
  network_close(listener);
  FreeCredentialsHandle(&server.credentials);
  return done;
}

int main(int count, char **arguments) {
  struct options options = {0};
  int code;
  program_name = "sspi-c-server";
  setlocale(LC_ALL, "");
  code = read_options(count, arguments, &options);
  if (code < 0) {
    code = network_start() && run(&options) ? 0 : 1;
    network_stop();
  }
  free_options(&options);
  return code;
}
