/* http-negotiate-client: gets a page as a user whom the server knows. */
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>

#include "client/authentication.h"
#include "client/options.h"
#include "common/report.h"

static int print_response(const struct exchange *exchange) {
  printf("Status: %u\n%s", exchange->status, exchange->content);
  return exchange->status == 200;
}

static int ask(struct exchange *exchange, const struct options *options) {
  unsigned asked;
  if (!ask_authenticated(exchange, options) || !print_response(exchange)) return 0;
  for (asked = 1; asked < options->requests; ++asked)
    if (!exchange_run(exchange, NULL) || !print_response(exchange)) return 0;
  return 1;
}

static int run(const struct options *options) {
  struct exchange exchange = {0};
  struct http_stream *stream = calloc(1, sizeof *stream);
  int done = 0;
  if (stream == NULL) {
    report("there is no memory for a connection.");
    return 0;
  }
  stream->connection = network_connect(options->port);
  exchange.stream = stream;
  exchange.host = options->host;
  exchange.path = options->path;
  if (stream->connection != NO_SOCKET) done = ask(&exchange, options);
  network_close(stream->connection);
  exchange_free(&exchange);
  free(stream);
  return done;
}

int main(int count, char **arguments) {
  struct options options = {0};
  int code;
  program_name = "http-negotiate-client";
  setlocale(LC_ALL, "");
  code = read_options(count, arguments, &options);
  if (code < 0) {
    code = network_start() && run(&options) ? 0 : 1;
    network_stop();
  }
  free_options(&options);
  return code;
}
