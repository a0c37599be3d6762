/* What the references for NTLM have in common: a process that reads lines "handshake 0 COUNT", "seal SIZE COUNT", "sign
 * SIZE COUNT" from standard input and answers each with the processor time that it took, in nanoseconds, or with
 * "error WORDS". A process of its own for each: libwinpr2 exports the names of our library, and gss-ntlmssp gets an
 * environment of its own. */
#pragma once

/* One operation each. They return a text that says what failed, or NULL. */
struct operations {
  const char *(*prepare)(void);
  const char *(*handshake)(void);
  /* A finished context is there. */
  const char *(*seal)(unsigned char *message, unsigned size);
  const char *(*sign)(unsigned char *message, unsigned size);
};

int serve(const struct operations *operations);
/* "FUNCTION: 0x80090308", in a static place. */
const char *failed(const char *function, unsigned long status);
