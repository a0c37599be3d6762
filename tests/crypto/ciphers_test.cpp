// RC4 and DES against the published vectors, and DES against OpenSSL's triple DES with one key three times.
#include <gtest/gtest.h>
#include <openssl/evp.h>

#include <random>

#include "crypto/des.hpp"
#include "crypto/hex.hpp"
#include "crypto/rc4_md5.hpp"

namespace openlsa::crypto {
namespace {

using test::hex;

std::string stream_at(std::string_view key, std::size_t offset) {
  Rc4 cipher(hex(key));
  test::Bytes skipped(offset), stream(16);
  cipher.apply(skipped);
  cipher.apply(stream);
  return hex(stream);
}

// RFC 6229 section 2: keys of 40, 56, 64, 128 and 256 bits, at the beginning and far on.
TEST(Rc4, GivesTheStreamsOfRfc6229) {
  EXPECT_EQ(stream_at("0102030405", 0), "b2396305f03dc027ccc3524a0a1118a8");
  EXPECT_EQ(stream_at("0102030405", 16), "6982944f18fc82d589c403a47a0d0919");
  EXPECT_EQ(stream_at("0102030405", 240), "28cb1132c96ce286421dcaadb8b69eae");
  EXPECT_EQ(stream_at("0102030405", 4096), "ff25b58995996707e51fbdf08b34d875");
  EXPECT_EQ(stream_at("01020304050607", 0), "293f02d47f37c9b633f2af5285feb46b");
  EXPECT_EQ(stream_at("0102030405060708", 0), "97ab8a1bf0afb96132f2f67258da15a8");
  EXPECT_EQ(stream_at("0102030405060708090a0b0c0d0e0f10", 0), "9ac7cc9a609d1ef7b2932899cde41b97");
  EXPECT_EQ(stream_at("0102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f20", 0),
            "eaa6bd25880bf93d3f5d1e4ca2611d91");
}

TEST(Rc4, APackedStreamGoesOnWhereItWas) {
  Rc4 cipher(hex("0102030405"));
  test::Bytes skipped(16);
  cipher.apply(skipped);
  std::array<std::uint8_t, Rc4::packed_bytes> packed;
  cipher.pack(packed);
  Rc4 other;
  ASSERT_TRUE(other.unpack(packed));
  test::Bytes stream(16);
  other.apply(stream);
  EXPECT_EQ(hex(stream), "6982944f18fc82d589c403a47a0d0919");
  packed[7] = packed[8];  // twice the same: no permutation
  EXPECT_FALSE(other.unpack(packed));
}

std::string des(std::string_view key, std::string_view block) {
  return hex(des_of_7_bytes(test::array<7>(key), test::array<8>(block)));
}

// NIST SP 800-17, tables A.1 (variable plaintext), A.2 (variable key) and A.4 (substitution tables); the keys of 64
// bits are given without their parity.
TEST(Des, GivesTheVectorsOfSp80017) {
  EXPECT_EQ(des("00000000000000", "8000000000000000"), "95f8a5e5dd31d900");
  EXPECT_EQ(des("00000000000000", "0000000000000001"), "166b40b44aba4bd6");
  EXPECT_EQ(des("80000000000000", "0000000000000000"), "95a8d72813daa94d");
}

test::Bytes with_parity_room(const std::array<std::uint8_t, 7>& key) {
  test::Bytes wide(8);
  for (unsigned bit = 0; bit < 56; ++bit)
    if ((key[bit / 8] >> (7 - bit % 8) & 1) != 0) wide[bit / 7] |= static_cast<std::uint8_t>(0x80 >> bit % 7);
  return wide;
}

TEST(Des, AgreesWithOpenSsl) {
  std::mt19937 random(2);
  for (int round = 0; round < 2000; ++round) {
    std::array<std::uint8_t, 7> key;
    DesBlock block, expected{};
    for (auto& byte : key) byte = static_cast<std::uint8_t>(random());
    for (auto& byte : block) byte = static_cast<std::uint8_t>(random());
    const test::Bytes wide = with_parity_room(key);
    test::Bytes three(wide);
    three.insert(three.end(), wide.begin(), wide.end());
    three.insert(three.end(), wide.begin(), wide.end());
    EVP_CIPHER_CTX* const context = EVP_CIPHER_CTX_new();
    int size = 0;
    ASSERT_EQ(EVP_EncryptInit_ex(context, EVP_des_ede3_ecb(), nullptr, three.data(), nullptr), 1);
    ASSERT_EQ(EVP_CIPHER_CTX_set_padding(context, 0), 1);
    ASSERT_EQ(EVP_EncryptUpdate(context, expected.data(), &size, block.data(), 8), 1);
    EVP_CIPHER_CTX_free(context);
    ASSERT_EQ(des_of_7_bytes(key, block), expected);
  }
}

// One pass over the bytes is the same as two, wherever the hash stands and however many blocks there are.
TEST(Rc4AndMd5, OnePassIsTheSameAsTwo) {
  std::mt19937 random(4);
  for (const std::size_t held : {0, 4, 63})
    for (std::size_t size = 0; size < 400; ++size) {
      test::Bytes before(held), clear(size);
      for (auto& byte : before) byte = static_cast<std::uint8_t>(random());
      for (auto& byte : clear) byte = static_cast<std::uint8_t>(random());
      Md5 hash, expected_hash;
      hash.update(before);
      expected_hash.update(before);
      expected_hash.update(clear);
      Rc4 cipher(hex("0102030405")), expected_cipher(hex("0102030405"));
      test::Bytes data = clear, expected = clear;
      expected_cipher.apply(expected);
      Md5 back = hash;
      Rc4 back_cipher = cipher;
      hash_and_encrypt(hash, cipher, data);
      ASSERT_EQ(hex(data), hex(expected)) << held << " " << size;
      decrypt_and_hash(back, back_cipher, data);
      ASSERT_EQ(hex(data), hex(clear)) << held << " " << size;
      const Digest digest = expected_hash.finish();
      ASSERT_EQ(hex(hash.finish()), hex(digest)) << held << " " << size;
      ASSERT_EQ(hex(back.finish()), hex(digest)) << held << " " << size;
      test::Bytes next(16), expected_next(16), back_next(16);  // the streams stand at the same place
      cipher.apply(next);
      back_cipher.apply(back_next);
      expected_cipher.apply(expected_next);
      ASSERT_EQ(hex(next), hex(expected_next));
      ASSERT_EQ(hex(back_next), hex(expected_next));
    }
}

// Whatever was applied before, and whatever waits in the ring.
TEST(Rc4, TakesBackWhatItApplied) {
  for (const std::size_t before : {0, 1, 63, 64, 65, 200})
    for (std::size_t size = 0; size < 400; ++size) {
      Rc4 cipher(hex("0102030405"));
      test::Bytes skipped(before), data(size, 0x5a);
      cipher.apply(skipped);
      Rc4 untouched = cipher;
      cipher.apply(data);
      cipher.take_back(data);
      ASSERT_EQ(data, test::Bytes(size, 0x5a)) << before << " " << size;
      std::array<std::uint8_t, Rc4::packed_bytes> packed, expected;
      cipher.pack(packed);
      untouched.pack(expected);
      ASSERT_EQ(packed, expected) << before << " " << size;
      test::Bytes next(70), expected_next(70);
      cipher.apply(next);
      untouched.apply(expected_next);
      ASSERT_EQ(hex(next), hex(expected_next)) << before << " " << size;
    }
}

TEST(Comparison, SeesEachBit) {
  const test::Bytes a = hex("00112233445566778899aabbccddeeff");
  EXPECT_TRUE(equal_constant_time(a, a));
  EXPECT_TRUE(equal_constant_time({}, {}));
  EXPECT_FALSE(equal_constant_time(a, ByteView(a).first(15)));
  for (std::size_t bit = 0; bit < 128; ++bit) {
    test::Bytes b = a;
    b[bit / 8] ^= static_cast<std::uint8_t>(1 << bit % 8);
    EXPECT_FALSE(equal_constant_time(a, b)) << bit;
  }
}

}  // namespace
}  // namespace openlsa::crypto
