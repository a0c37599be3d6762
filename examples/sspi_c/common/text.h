/* Text of the command line and of the terminal, in the locale's encoding, against TCHAR text of the interface. */
#ifndef SSPI_C_TEXT_H
#define SSPI_C_TEXT_H

#include <stdio.h>

#include "common/sspi.h"

/* To be freed with free. NULL: no valid text in the locale's encoding, or no memory. */
TCHAR *text_from_locale(const char *bytes);

/* What the locale cannot show becomes a question mark. NULL prints as (none). */
void print_text(FILE *file, const TCHAR *text);

/* The same into a buffer: always ended, cut where it is full. */
void text_to_locale(char *buffer, size_t size, const TCHAR *text);

#endif
