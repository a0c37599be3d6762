#include "server/options.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/arguments.h"
#include "common/report.h"

static const char help[] =
    "Usage: sspi-c-server --package NAME [--port N] [--count N]\n"
    "\n"
    "Accepts security contexts on a port of 127.0.0.1, one connection after the other, acts as each client for a\n"
    "moment, and answers its messages.\n"
    "\n"
    "  --package NAME   the security package, for example Negotiate\n"
    "  --port N         the port; without it the system picks one, which the first line of output names\n"
    "  --count N        end after that many connections\n"
    "\n"
    "The exit code is 0 when every conversation came to its end, 1 when something failed and 2 for a wrong command\n"
    "line.\n";

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
    if (take_option(count, arguments, &i, "--package", &value))
      taken = take_text(value, &options->package);
    else if (take_option(count, arguments, &i, "--port", &value))
      taken = take_number(value, &options->port);
    else if (take_option(count, arguments, &i, "--count", &value))
      taken = take_number(value, &options->count);
    else {
      report("\"%s\" is no option.", arguments[i]);
      taken = 0;
    }
    if (!taken) return wrong();
  }
  if (options->package != NULL) return -1;
  report("--package is needed.");
  return wrong();
}

void free_options(struct options *options) { free(options->package); }
