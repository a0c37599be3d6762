// The step of RC4 in two forms, and what is made of it: 64 bytes of the key stream at once, alone or between the steps
// of MD5.
//
// 64 steps begin where the index is a multiple of 64, so that all places but the last are constants. Either of the two
// chains of dependent steps (MD5's a, b, c, d; RC4's j) leaves most of the processor idle, so that both together take
// hardly longer than MD5 alone.
#pragma once

#include <bit>
#include <cstddef>
#include <cstring>
#ifdef __x86_64__
#include <emmintrin.h>
#endif

#include "crypto/md5_steps.hpp"
#include "crypto/rc4.hpp"

namespace openlsa::crypto {

// For every processor: eight bytes of the stream in a word.
class PortableForm {
 public:
  explicit PortableForm(std::uint8_t* out) : out_(out) {}
  static void add(std::uint64_t& sum, std::uint64_t value) { sum = (sum + value) & 0xff; }
  template <int n>
  void put(const std::uint32_t& byte) {
    word_ |= std::uint64_t{byte} << 8 * (n % 8);
    if constexpr (n % 8 == 7) {
      store_le32(out_ + n - 7, static_cast<std::uint32_t>(word_));
      store_le32(out_ + n - 3, static_cast<std::uint32_t>(word_ >> 32));
      word_ = 0;
    }
  }

 private:
  std::uint8_t* out_;
  std::uint64_t word_ = 0;
};

#ifdef __x86_64__
// Sums of bytes as one instruction, which C++ cannot say, and the stream collected by SSE2: the units for integers have
// enough to do. Measured on an AMD EPYC of the Zen 3 class: 600 MB/s with MD5 beside it, the portable form 400.
class Sse2Form {
 public:
  explicit Sse2Form(std::uint8_t* out) : out_(out) {}
  static void add(std::uint64_t& sum, std::uint64_t value) { asm("addb %b1, %b0" : "+q"(sum) : "q"(value) : "cc"); }
  template <int n>
  void put(const std::uint32_t& byte) {
    std::uint16_t low;
    std::memcpy(&low, &byte, sizeof low);
    constexpr int place = n % 16;
    if constexpr (place == 0) even_ = _mm_cvtsi32_si128(static_cast<int>(byte));
    if constexpr (place == 1) odd_ = _mm_cvtsi32_si128(static_cast<int>(byte));
    if constexpr (place > 1 && place % 2 == 0) even_ = _mm_insert_epi16(even_, low, place / 2);
    if constexpr (place > 1 && place % 2 == 1) odd_ = _mm_insert_epi16(odd_, low, place / 2);
    if constexpr (place == 15)
      _mm_storeu_si128(reinterpret_cast<__m128i*>(out_ + n - 15), _mm_xor_si128(even_, _mm_slli_epi64(odd_, 8)));
  }

 private:
  std::uint8_t* out_;
  __m128i even_{}, odd_{};
};
using FastForm = Sse2Form;
#else
using FastForm = PortableForm;
#endif

// Needs `table`, `first` (the cell before the first of this chunk), `last` (the cell of the last step), `j`, `stream`.
#define OPENLSA_RC4_STEP(n)                                         \
  {                                                                 \
    std::uint32_t* const cell = (n) == 63 ? last : first + (n) + 1; \
    std::uint64_t x = *cell;                                        \
    Form::add(j, x);                                                \
    const std::uint64_t y = table[j];                               \
    *cell = static_cast<std::uint32_t>(y);                          \
    table[j] = static_cast<std::uint32_t>(x);                       \
    Form::add(x, y);                                                \
    stream.template put<(n)>(table[x]);                             \
  }
#define OPENLSA_RC4_BEGIN                                               \
  std::uint32_t* const table = cipher.table.data();                     \
  std::uint32_t* const first = table + cipher.i;                        \
  std::uint32_t* const last = table + ((cipher.i + chunk_bytes) % 256); \
  std::uint64_t j = cipher.j;                                           \
  Form stream(out);
#define OPENLSA_RC4_END                      \
  cipher.i = (cipher.i + chunk_bytes) % 256; \
  cipher.j = static_cast<std::uint32_t>(j);

// The next 64 bytes of the stream.
template <class Form>
void rc4_chunk(Rc4::State& cipher, std::uint8_t* out) {
  constexpr std::uint32_t chunk_bytes = Rc4::chunk_bytes;
  OPENLSA_RC4_BEGIN
#define OPENLSA_RC4_4(n) \
  OPENLSA_RC4_STEP(n) OPENLSA_RC4_STEP((n) + 1) OPENLSA_RC4_STEP((n) + 2) OPENLSA_RC4_STEP((n) + 3)
#define OPENLSA_RC4_16(n) OPENLSA_RC4_4(n) OPENLSA_RC4_4((n) + 4) OPENLSA_RC4_4((n) + 8) OPENLSA_RC4_4((n) + 12)
  OPENLSA_RC4_16(0)
  OPENLSA_RC4_16(16)
  OPENLSA_RC4_16(32)
  OPENLSA_RC4_16(48)
#undef OPENLSA_RC4_16
#undef OPENLSA_RC4_4
  OPENLSA_RC4_END
}

// The same, and the block into the hash: a step of the one after each step of the other.
template <class Form>
void rc4_chunk_and_md5_block(Rc4::State& cipher, std::uint8_t* out, std::array<std::uint32_t, 4>& hash,
                             const std::uint8_t* block) {
  constexpr std::uint32_t chunk_bytes = Rc4::chunk_bytes;
  std::uint32_t a = hash[0], b = hash[1], c = hash[2], d = hash[3];
  OPENLSA_RC4_BEGIN
#define OPENLSA_WORD(n) load_le32(block + 4 * (n))
  OPENLSA_MD5_STEPS(OPENLSA_WORD, OPENLSA_RC4_STEP)
#undef OPENLSA_WORD
  OPENLSA_RC4_END
  hash[0] += a, hash[1] += b, hash[2] += c, hash[3] += d;
}

#undef OPENLSA_RC4_END
#undef OPENLSA_RC4_BEGIN
#undef OPENLSA_RC4_STEP

}  // namespace openlsa::crypto
