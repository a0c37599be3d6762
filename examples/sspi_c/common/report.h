/* What went wrong, in words, on standard error. */
#ifndef SSPI_C_REPORT_H
#define SSPI_C_REPORT_H

/* Every report begins with it. */
extern const char *program_name;

/* A sentence, with printf's arguments. */
#if defined(__GNUC__)
__attribute__((format(printf, 1, 2)))
#endif
void report(const char *format, ...);

#endif
