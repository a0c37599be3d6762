// The 64 steps of MD5 (RFC 1321 3.4) as one macro, for the loops that do MD5 alone and together with RC4.
//
// Macros, since each step must stay straight-line code over eight registers: OPENLSA_MD5_STEPS(word, between) expands
// to the steps on variables a, b, c, d; word(i) is the i-th word of the block, and between(i) stands after step i.
#pragma once

#include <bit>

#define OPENLSA_MD5_F(x, y, z) ((z) ^ ((x) & ((y) ^ (z))))
// The two halves of (x & z) | (y & ~z) have no bit in common, so that they may be added one after the other: the one
// that does not wait for x is off the critical path.
#define OPENLSA_MD5_G(x, y, z) (((x) & (z)) + ((y) & ~(z)))
#define OPENLSA_MD5_H(x, y, z) ((x) ^ (y) ^ (z))
#define OPENLSA_MD5_I(x, y, z) ((y) ^ ((x) | ~(z)))

#define OPENLSA_MD5_STEP(f, a, b, c, d, input, shift, constant) \
  a += (input) + constant##u;                                   \
  a += f(b, c, d);                                              \
  a = std::rotl(a, shift) + b;

#define OPENLSA_MD5_FOUR(f, n, w, x, y, z, s, t, u, v, k, l, m, o, word, between)              \
  OPENLSA_MD5_STEP(f, a, b, c, d, word(w), s, k)                                               \
  between(n) OPENLSA_MD5_STEP(f, d, a, b, c, word(x), t, l) between((n) + 1) OPENLSA_MD5_STEP( \
      f, c, d, a, b, word(y), u, m) between((n) + 2) OPENLSA_MD5_STEP(f, b, c, d, a, word(z), v, o) between((n) + 3)

// clang-format off
#define OPENLSA_MD5_STEPS(word, between) \
  OPENLSA_MD5_FOUR(OPENLSA_MD5_F,  0,  0,  1,  2,  3, 7, 12, 17, 22, 0xd76aa478, 0xe8c7b756, 0x242070db, 0xc1bdceee, word, between) \
  OPENLSA_MD5_FOUR(OPENLSA_MD5_F,  4,  4,  5,  6,  7, 7, 12, 17, 22, 0xf57c0faf, 0x4787c62a, 0xa8304613, 0xfd469501, word, between) \
  OPENLSA_MD5_FOUR(OPENLSA_MD5_F,  8,  8,  9, 10, 11, 7, 12, 17, 22, 0x698098d8, 0x8b44f7af, 0xffff5bb1, 0x895cd7be, word, between) \
  OPENLSA_MD5_FOUR(OPENLSA_MD5_F, 12, 12, 13, 14, 15, 7, 12, 17, 22, 0x6b901122, 0xfd987193, 0xa679438e, 0x49b40821, word, between) \
  OPENLSA_MD5_FOUR(OPENLSA_MD5_G, 16,  1,  6, 11,  0, 5,  9, 14, 20, 0xf61e2562, 0xc040b340, 0x265e5a51, 0xe9b6c7aa, word, between) \
  OPENLSA_MD5_FOUR(OPENLSA_MD5_G, 20,  5, 10, 15,  4, 5,  9, 14, 20, 0xd62f105d, 0x02441453, 0xd8a1e681, 0xe7d3fbc8, word, between) \
  OPENLSA_MD5_FOUR(OPENLSA_MD5_G, 24,  9, 14,  3,  8, 5,  9, 14, 20, 0x21e1cde6, 0xc33707d6, 0xf4d50d87, 0x455a14ed, word, between) \
  OPENLSA_MD5_FOUR(OPENLSA_MD5_G, 28, 13,  2,  7, 12, 5,  9, 14, 20, 0xa9e3e905, 0xfcefa3f8, 0x676f02d9, 0x8d2a4c8a, word, between) \
  OPENLSA_MD5_FOUR(OPENLSA_MD5_H, 32,  5,  8, 11, 14, 4, 11, 16, 23, 0xfffa3942, 0x8771f681, 0x6d9d6122, 0xfde5380c, word, between) \
  OPENLSA_MD5_FOUR(OPENLSA_MD5_H, 36,  1,  4,  7, 10, 4, 11, 16, 23, 0xa4beea44, 0x4bdecfa9, 0xf6bb4b60, 0xbebfbc70, word, between) \
  OPENLSA_MD5_FOUR(OPENLSA_MD5_H, 40, 13,  0,  3,  6, 4, 11, 16, 23, 0x289b7ec6, 0xeaa127fa, 0xd4ef3085, 0x04881d05, word, between) \
  OPENLSA_MD5_FOUR(OPENLSA_MD5_H, 44,  9, 12, 15,  2, 4, 11, 16, 23, 0xd9d4d039, 0xe6db99e5, 0x1fa27cf8, 0xc4ac5665, word, between) \
  OPENLSA_MD5_FOUR(OPENLSA_MD5_I, 48,  0,  7, 14,  5, 6, 10, 15, 21, 0xf4292244, 0x432aff97, 0xab9423a7, 0xfc93a039, word, between) \
  OPENLSA_MD5_FOUR(OPENLSA_MD5_I, 52, 12,  3, 10,  1, 6, 10, 15, 21, 0x655b59c3, 0x8f0ccc92, 0xffeff47d, 0x85845dd1, word, between) \
  OPENLSA_MD5_FOUR(OPENLSA_MD5_I, 56,  8, 15,  6, 13, 6, 10, 15, 21, 0x6fa87e4f, 0xfe2ce6e0, 0xa3014314, 0x4e0811a1, word, between) \
  OPENLSA_MD5_FOUR(OPENLSA_MD5_I, 60,  4, 11,  2,  9, 6, 10, 15, 21, 0xf7537e82, 0xbd3af235, 0x2ad7d2bb, 0xeb86d391, word, between)
// clang-format on
