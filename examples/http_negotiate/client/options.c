#include "client/options.h"

#include <stdio.h>
#include <string.h>

#include "common/arguments.h"
#include "common/field_text.h"
#include "common/report.h"

static const char help[] =
    "Usage: http-negotiate-client --port N [--path PATH] [--scheme NAME] [--host NAME] [--user NAME [--domain NAME]]\n"
    "                             [--requests N]\n"
    "\n"
    "Gets a page from an HTTP server on 127.0.0.1 that wants to know who asks, and prints it.\n"
    "\n"
    "  --port N         the port of 127.0.0.1\n"
    "  --path PATH      what to get (\"/\")\n"
    "  --scheme NAME    Negotiate (the default) or NTLM, with the security package of the name\n"
    "  --host NAME      the server's name, in the request and as the target HTTP/NAME (\"localhost\")\n"
    "  --user NAME      be that account instead of your own; its password is read from standard input, one line\n"
    "  --domain NAME    where the account of --user is\n"
    "  --requests N     ask N times on the connection, the first time with authentication (1)\n"
    "\n"
    "The exit code is 0 when every answer was 200 and the authentication had come to its end, 1 when not, and 2 for a\n"
    "wrong command line.\n";

static int wrong(void) {
  report("see --help.");
  return 2;
}

/* What stands in a request must not be able to make another one of it. */
static int take_visible(const char *value, const char **text) {
  const char *at;
  if (value == NULL) return 0;
  for (at = value; *at > ' ' && *at < 0x7f; ++at) continue;
  if (at != value && *at == 0) {
    *text = value;
    return 1;
  }
  report("\"%s\" has characters that a request cannot have.", value);
  return 0;
}

static int take_scheme(const char *value, const char **scheme) {
  if (value == NULL) return 0;
  *scheme = value;
  if (same_text(value, "Negotiate") || same_text(value, "NTLM")) return 1;
  report("\"%s\" is no scheme of this client; it has Negotiate and NTLM.", value);
  return 0;
}

static int take_one(int count, char **arguments, int *i, struct options *options) {
  const char *value = NULL;
  if (take_option(count, arguments, i, "--port", &value)) return take_number(value, &options->port);
  if (take_option(count, arguments, i, "--requests", &value)) return take_number(value, &options->requests);
  if (take_option(count, arguments, i, "--path", &value)) return take_visible(value, &options->path);
  if (take_option(count, arguments, i, "--host", &value)) return take_visible(value, &options->host);
  if (take_option(count, arguments, i, "--scheme", &value)) return take_scheme(value, &options->scheme);
  if (take_option(count, arguments, i, "--user", &value)) return take_text(value, &options->account.user);
  if (take_option(count, arguments, i, "--domain", &value)) return take_text(value, &options->account.domain);
  report("\"%s\" is no option.", arguments[*i]);
  return 0;
}

int read_options(int count, char **arguments, struct options *options) {
  int i;
  options->scheme = "Negotiate";
  options->host = "localhost";
  options->path = "/";
  options->requests = 1;
  for (i = 1; i < count; ++i) {
    if (strcmp(arguments[i], "--help") == 0) {
      fputs(help, stdout);
      return 0;
    }
    if (!take_one(count, arguments, &i, options)) return wrong();
  }
  if (options->port == 0) {
    report("--port is needed.");
    return wrong();
  }
  return options->account.user == NULL || account_read_password(&options->account) ? -1 : wrong();
}

void free_options(struct options *options) { account_free(&options->account); }
