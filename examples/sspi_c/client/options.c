#include "client/options.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/arguments.h"
#include "common/report.h"

static const char help[] =
    "Usage: sspi-c-client --package NAME --port N [--target NAME] [--message TEXT] [--user NAME [--domain NAME]]\n"
    "       sspi-c-client --list\n"
    "\n"
    "Makes a security context with sspi-c-server on this machine, then sends it a signed message and a sealed one.\n"
    "\n"
    "  --package NAME   the security package, for example Negotiate\n"
    "  --port N         the port of 127.0.0.1 that the server printed\n"
    "  --target NAME    whom the server must prove to be, in the package's own form\n"
    "  --message TEXT   what to send (\"hello\")\n"
    "  --user NAME      be that account instead of your own; its password is read from standard input, one line\n"
    "  --domain NAME    where the account of --user is\n"
    "  --list           print the security packages: name, capabilities, longest token, comment\n"
    "\n"
    "The exit code is 0 when all of it was done, 1 when something failed and 2 for a wrong command line.\n";

static int wrong(void) {
  report("see --help.");
  return 2;
}

int read_options(int count, char **arguments, struct options *options) {
  const char *value = NULL;
  int i;
  for (i = 1; i < count; ++i) {
    int taken = 1;
    if (strcmp(arguments[i], "--help") == 0) {
      fputs(help, stdout);
      return 0;
    }
    if (strcmp(arguments[i], "--list") == 0)
      options->list = 1;
    else if (take_option(count, arguments, &i, "--package", &value))
      taken = take_text(value, &options->package);
    else if (take_option(count, arguments, &i, "--target", &value))
      taken = take_text(value, &options->target);
    else if (take_option(count, arguments, &i, "--user", &value))
      taken = take_text(value, &options->account.user);
    else if (take_option(count, arguments, &i, "--domain", &value))
      taken = take_text(value, &options->account.domain);
    else if (take_option(count, arguments, &i, "--port", &value))
      taken = take_number(value, &options->port);
    else if (take_option(count, arguments, &i, "--message", &value))
      taken = (options->message = value) != NULL;
    else {
      report("\"%s\" is no option.", arguments[i]);
      taken = 0;
    }
    if (!taken) return wrong();
  }
  if (options->list) return -1;
  if (options->package == NULL || options->port == 0) {
    report("--package and --port are needed.");
    return wrong();
  }
  return options->account.user == NULL || account_read_password(&options->account) ? -1 : wrong();
}

void free_options(struct options *options) {
  free(options->package);
  free(options->target);
  account_free(&options->account);
}
