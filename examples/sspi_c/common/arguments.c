#include "common/arguments.h"

#include <stdlib.h>
#include <string.h>

#include "common/report.h"
#include "common/text.h"

int take_option(int count, char **arguments, int *index, const char *option, const char **value) {
  if (strcmp(arguments[*index], option) != 0) return 0;
  if (*index + 1 < count) {
    *value = arguments[++*index];
  } else {
    *value = NULL;
    report("%s needs a value.", option);
  }
  return 1;
}

int take_text(const char *value, TCHAR **text) {
  if (value == NULL) return 0;
  free(*text);
  *text = text_from_locale(value);
  if (*text != NULL) return 1;
  report("\"%s\" is no valid text in the encoding of this locale.", value);
  return 0;
}

int take_number(const char *value, unsigned short *number) {
  char *end = NULL;
  unsigned long whole;
  if (value == NULL) return 0;
  whole = strtoul(value, &end, 10);
  if (end == value || *end != 0 || whole > 65535) {
    report("\"%s\" is no number up to 65535.", value);
    return 0;
  }
  *number = (unsigned short)whole;
  return 1;
}
