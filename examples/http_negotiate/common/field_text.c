#include "common/field_text.h"

#include <string.h>

int is_token_letter(char letter) {
  return (letter >= '0' && letter <= '9') || (letter >= 'A' && letter <= 'Z') || (letter >= 'a' && letter <= 'z') ||
         (letter != 0 && strchr("!#$%&'*+-.^_`|~", letter) != NULL);
}

int is_field_text(char letter) {
  const unsigned char byte = (unsigned char)letter;
  return (byte >= ' ' && byte != 0x7f) || byte == '\t';
}

static char lower(char letter) { return letter >= 'A' && letter <= 'Z' ? (char)(letter - 'A' + 'a') : letter; }

int same_text(const char *a, const char *b) {
  while (*a != 0 && lower(*a) == lower(*b)) ++a, ++b;
  return lower(*a) == lower(*b);
}

const char *after_prefix(const char *text, const char *prefix) {
  while (*prefix != 0) {
    if (lower(*text) != lower(*prefix)) return NULL;
    ++text;
    ++prefix;
  }
  return text;
}

int list_has(const char *list, const char *token) {
  while (*list != 0) {
    const char *end;
    list += strspn(list, " \t,");
    end = after_prefix(list, token);
    if (end != NULL && end[strspn(end, " \t")] != 0 && end[strspn(end, " \t")] != ',') end = NULL;
    if (end != NULL) return 1;
    list += strcspn(list, ",");
  }
  return 0;
}

int whole_number(const char *text, size_t most, size_t *number) {
  size_t value = 0;
  if (*text == 0) return 0;
  for (; *text != 0; ++text) {
    if (*text < '0' || *text > '9') return 0;
    value = value * 10 + (size_t)(*text - '0');
    if (value > most) return 0;
  }
  *number = value;
  return 1;
}
