/* Base64 as HTTP's authentication has it: RFC 4648 section 4, padded, on one line. */
#ifndef HTTP_NEGOTIATE_BASE64_H
#define HTTP_NEGOTIATE_BASE64_H

#include <stddef.h>

/* How many characters `size` bytes become, and how many bytes `length` characters are at most. */
size_t base64_encoded_length(size_t size);
size_t base64_decoded_size(size_t length);

/* Writes base64_encoded_length(size) characters and a zero. */
void base64_encode(char *text, const unsigned char *bytes, size_t size);

/* 1: all of it was Base64. 0: something was not, nothing else is taken: no space, no other alphabet, no bits left over. */
int base64_decode(const char *text, size_t length, unsigned char *bytes, size_t *size);

#endif
