#include "served.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { longest_message = 65536 };

const char *failed(const char *function, unsigned long status) {
  static char text[128];
  snprintf(text, sizeof text, "%s: 0x%08lx", function, status & 0xffffffffUL);
  return text;
}

static long long processor_time(void) {
  struct timespec now;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return now.tv_sec * 1000000000LL + now.tv_nsec;
}

static const char *repeat(const struct operations *operations, const char *what, unsigned size, long count) {
  static unsigned char message[longest_message];
  if (size > sizeof message) return "the message is longer than this program's room";
  memset(message, 0x5a, size);
  for (long i = 0; i < count; ++i) {
    const char *error = strcmp(what, "handshake") == 0 ? operations->handshake()
                        : strcmp(what, "seal") == 0    ? operations->seal(message, size)
                        : strcmp(what, "sign") == 0    ? operations->sign(message, size)
                                                       : "no such operation";
    if (error != NULL) return error;
  }
  return NULL;
}

int serve(const struct operations *operations) {
  char line[128], what[32];
  const char *error = operations->prepare();
  puts(error == NULL ? "ready" : error);
  fflush(stdout);
  if (error != NULL) return 1;
  while (fgets(line, sizeof line, stdin) != NULL) {
    unsigned size = 0;
    long count = 0;
    if (sscanf(line, "%31s %u %ld", what, &size, &count) != 3) return 2;
    const long long before = processor_time();
    error = repeat(operations, what, size, count);
    if (error == NULL)
      printf("%lld\n", processor_time() - before);
    else
      printf("error %s\n", error);
    fflush(stdout);
  }
  return 0;
}
