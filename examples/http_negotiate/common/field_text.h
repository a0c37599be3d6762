/* What stands in the fields of HTTP (RFC 9110 5.5 and 5.6). */
#ifndef HTTP_NEGOTIATE_FIELD_TEXT_H
#define HTTP_NEGOTIATE_FIELD_TEXT_H

#include <stddef.h>

/* A letter of a token; a byte of a field's value or of a start line. */
int is_token_letter(char letter);
int is_field_text(char letter);

/* Whether a list of tokens with commas between them has the token (RFC 9110 5.6.1). */
int list_has(const char *list, const char *token);

/* Without regard to the case of ASCII letters. */
int same_text(const char *a, const char *b);
/* What follows the prefix in `text`, or NULL when it does not begin with it. */
const char *after_prefix(const char *text, const char *prefix);

/* A decimal number that is not above `most`. 1: it is one. */
int whole_number(const char *text, size_t most, size_t *number);

#endif
