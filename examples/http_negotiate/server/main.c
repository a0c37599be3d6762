/* http-negotiate-server: tells each client who it is, once it has proven that with NTLM or Negotiate. */
#include <locale.h>
#include <stdio.h>

#include "common/report.h"
#include "server/connection.h"
#include "server/options.h"

/* One connection after the other; what goes wrong with one ends neither the others nor the server. */
static int serve(network_socket listener, struct schemes *schemes, unsigned count) {
  unsigned served;
  for (served = 0; count == 0 || served < count; ++served) {
    const network_socket connection = network_accept(listener);
    if (connection == NO_SOCKET) return 0;
    serve_connection(connection, schemes);
    network_close(connection);
  }
  return 1;
}

static int run(const struct options *options) {
  struct schemes schemes;
  unsigned short port = options->port;
  network_socket listener = NO_SOCKET;
  int done = schemes_begin(&schemes, options->scheme);
  if (done) listener = network_listen(&port);
  if (listener != NO_SOCKET) {
    printf("Listening on port %u of 127.0.0.1\n", port);
    fflush(stdout);
    done = serve(listener, &schemes, options->count);
  } else {
    done = 0;
  }
  network_close(listener);
  schemes_end(&schemes);
  return done;
}

int main(int count, char **arguments) {
  struct options options = {0};
  int code;
  program_name = "http-negotiate-server";
  setlocale(LC_ALL, "");
  code = read_options(count, arguments, &options);
  if (code < 0) {
    code = network_start() && run(&options) ? 0 : 1;
    network_stop();
  }
  return code;
}
