#include "common/base64.h"

static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

size_t base64_encoded_length(size_t size) { return (size + 2) / 3 * 4; }

size_t base64_decoded_size(size_t length) { return length / 4 * 3; }

void base64_encode(char *text, const unsigned char *bytes, size_t size) {
  while (size != 0) {
    const unsigned second = size > 1 ? bytes[1] : 0, third = size > 2 ? bytes[2] : 0;
    const unsigned group = (unsigned)bytes[0] << 16 | second << 8 | third;
    const size_t taken = size < 3 ? size : 3;
    text[0] = alphabet[group >> 18];
    text[1] = alphabet[group >> 12 & 63];
    text[2] = taken > 1 ? alphabet[group >> 6 & 63] : '=';
    text[3] = taken > 2 ? alphabet[group & 63] : '=';
    text += 4;
    bytes += taken;
    size -= taken;
  }
  *text = 0;
}

static int value_of(char letter) {
  int i;
  for (i = 0; i < 64; ++i)
    if (alphabet[i] == letter) return i;
  return -1;
}

int base64_decode(const char *text, size_t length, unsigned char *bytes, size_t *size) {
  size_t at, padding = 0;
  *size = 0;
  if (length == 0 || length % 4 != 0) return 0;
  if (text[length - 1] == '=') padding = text[length - 2] == '=' ? 2 : 1;
  for (at = 0; at < length; at += 4) {
    const size_t letters = at + 4 == length ? 4 - padding : 4;
    unsigned group = 0;
    size_t i;
    for (i = 0; i < 4; ++i) {
      const int value = i < letters ? value_of(text[at + i]) : 0;
      if (value < 0) return 0;
      group = group << 6 | (unsigned)value;
    }
    if ((letters == 2 && (group & 0xffff) != 0) || (letters == 3 && (group & 0xff) != 0)) return 0;
    for (i = 0; i + 1 < letters; ++i) bytes[(*size)++] = (unsigned char)(group >> (16 - 8 * i));
  }
  return 1;
}
