#include "common/report.h"

#include <stdarg.h>
#include <stdio.h>

const char *program_name = "sspi-c";

void report(const char *format, ...) {
  va_list arguments;
  fflush(stdout);
  fprintf(stderr, "%s: ", program_name);
  va_start(arguments, format);
  vfprintf(stderr, format, arguments);
  va_end(arguments);
  fputc('\n', stderr);
}
