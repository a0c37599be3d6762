#include "common/text.h"

#include <stdlib.h>
#include <string.h>
#include <uchar.h>

#ifdef UNICODE

/* C11's conversions to and from UTF-16, which both C libraries have (7.28). */
TCHAR *text_from_locale(const char *bytes) {
  const size_t size = strlen(bytes) + 1;
  /* No encoding has more UTF-16 units than bytes. */
  TCHAR *text = calloc(size, sizeof *text);
  mbstate_t state;
  size_t at = 0, units = 0;
  memset(&state, 0, sizeof state);
  while (text != NULL) {
    char16_t unit = 0;
    const size_t read = mbrtoc16(&unit, bytes + at, size - at, &state);
    if (read == 0) return text; /* the end was converted */
    if (read == (size_t)-1 || read == (size_t)-2 || units + 1 >= size) break;
    text[units++] = unit;
    if (read != (size_t)-3) at += read; /* -3: the second half of a pair, which took no byte */
  }
  free(text);
  return NULL;
}

void text_to_locale(char *buffer, size_t size, const TCHAR *text) {
  mbstate_t state;
  size_t used = 0;
  memset(&state, 0, sizeof state);
  for (; *text != 0; ++text) {
    char bytes[16]; /* MB_LEN_MAX is 16 in one library and 5 in the other */
    size_t count = c16rtomb(bytes, *text, &state);
    if (count == (size_t)-1) {
      memset(&state, 0, sizeof state);
      bytes[0] = '?';
      count = 1;
    }
    if (used + count >= size) break;
    memcpy(buffer + used, bytes, count);
    used += count;
  }
  buffer[used] = 0;
}

#else

TCHAR *text_from_locale(const char *bytes) {
  const size_t size = strlen(bytes) + 1;
  TCHAR *text = malloc(size);
  if (text != NULL) memcpy(text, bytes, size);
  return text;
}

void text_to_locale(char *buffer, size_t size, const TCHAR *text) {
  const size_t length = strlen(text);
  const size_t copied = length < size ? length : size - 1;
  memcpy(buffer, text, copied);
  buffer[copied] = 0;
}

#endif

void print_text(FILE *file, const TCHAR *text) {
  char bytes[1024];
  if (text == NULL) {
    fputs("(none)", file);
    return;
  }
  text_to_locale(bytes, sizeof bytes, text);
  fputs(bytes, file);
}
