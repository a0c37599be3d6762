/* What the options of both programs have in common. All but take_option return 1 when it is done, and otherwise 0, having
   reported why. */
#ifndef SSPI_C_ARGUMENTS_H
#define SSPI_C_ARGUMENTS_H

#include "common/sspi.h"

/* Whether the argument at *index is the option; its value follows it, and *index moves there. A value that is missing is
   reported, and *value is then NULL. */
int take_option(int count, char **arguments, int *index, const char *option, const char **value);

int take_text(const char *value, TCHAR **text);
int take_number(const char *value, unsigned short *number);

#endif
