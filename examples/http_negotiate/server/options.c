#include "server/options.h"

#include <stdio.h>
#include <string.h>

#include "common/arguments.h"
#include "common/report.h"

static const char help[] =
    "Usage: http-negotiate-server [--scheme NAME] [--port N] [--count N]\n"
    "\n"
    "Answers GET and HEAD on a port of 127.0.0.1, one connection after the other, with the name of the user that the\n"
    "client has proven to be: by Negotiate (RFC 4559) or NTLM, with the security packages of these names.\n"
    "\n"
    "  --scheme NAME   offer this one alone, Negotiate or NTLM\n"
    "  --port N        the port; without it the system picks one, which the first line of output names\n"
    "  --count N       end after that many connections\n"
    "\n"
    "Try it with: curl --ntlm -u USER http://127.0.0.1:PORT/\n"
    "The exit code is 0 at the end, 1 when the server cannot work and 2 for a wrong command line.\n";

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
    if (take_option(count, arguments, &i, "--scheme", &value))
      taken = (options->scheme = value) != NULL;
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
  return -1;
}
