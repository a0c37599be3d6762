// MD4, MD5, HMAC-MD5 and CRC-32 against the published vectors, and against OpenSSL where it has them.
#include <gtest/gtest.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <random>

#include "crypto/crc32.hpp"
#include "crypto/hex.hpp"
#include "crypto/hmac_md5.hpp"
#include "crypto/md4.hpp"

namespace openlsa::crypto {
namespace {

using test::bytes;
using test::hex;

constexpr std::string_view digits = "12345678901234567890123456789012345678901234567890123456789012345678901234567890";
constexpr std::string_view letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

struct Vector {
  std::string_view message, digest;
};

TEST(Md4, GivesTheDigestsOfRfc1320) {
  const Vector vectors[] = {{"", "31d6cfe0d16ae931b73c59d7e0c089c0"},
                            {"a", "bde52cb31de33e46245e05fbdbd6fb24"},
                            {"abc", "a448017aaf21d8525fc10ae87aa6729d"},
                            {"message digest", "d9130a8164549fe818874806e1c7014b"},
                            {"abcdefghijklmnopqrstuvwxyz", "d79e1c308aa5bbcdeea8ed63df412da9"},
                            {letters, "043f8582f241db351ce627e153e7f0e4"},
                            {digits, "e33b4ddc9c38f2199c3e7b164fcc0536"}};
  for (const Vector& v : vectors) EXPECT_EQ(hex(Md4::of(bytes(v.message))), v.digest) << v.message;
}

TEST(Md5, GivesTheDigestsOfRfc1321) {
  const Vector vectors[] = {{"", "d41d8cd98f00b204e9800998ecf8427e"},
                            {"a", "0cc175b9c0f1b6a831c399e269772661"},
                            {"abc", "900150983cd24fb0d6963f7d28e17f72"},
                            {"message digest", "f96b697d7cb7938d525a2f31aaf161d0"},
                            {"abcdefghijklmnopqrstuvwxyz", "c3fcd3d76192e4007dfb496cca67e13b"},
                            {letters, "d174ab98d277d9f5a5611c2c9f419d9f"},
                            {digits, "57edf4a22be3c955ac49da2e2107b67a"}};
  for (const Vector& v : vectors) EXPECT_EQ(hex(Md5::of(bytes(v.message))), v.digest) << v.message;
}

TEST(HmacMd5, GivesTheDigestsOfRfc2202) {
  struct {
    test::Bytes key, data;
    std::string_view digest;
  } const vectors[] = {
      {test::Bytes(16, 0x0b), bytes("Hi There"), "9294727a3638bb1c13f48ef8158bfc9d"},
      {bytes("Jefe"), bytes("what do ya want for nothing?"), "750c783e6ab0b503eaa86e310a5db738"},
      {test::Bytes(16, 0xaa), test::Bytes(50, 0xdd), "56be34521d144c88dbb8c733f0e8b3f6"},
      {hex("0102030405060708090a0b0c0d0e0f10111213141516171819"), test::Bytes(50, 0xcd),
       "697eaf0aca3a3aea3a75164746ffaa79"},
      {test::Bytes(16, 0x0c), bytes("Test With Truncation"), "56461ef2342edc00f9bab995690efd4c"},
      {test::Bytes(80, 0xaa), bytes("Test Using Larger Than Block-Size Key - Hash Key First"),
       "6b1ab7fe4bd7bf8f0b62e6ce61b9d0cd"},
      {test::Bytes(80, 0xaa), bytes("Test Using Larger Than Block-Size Key and Larger Than One Block-Size Data"),
       "6f630fad67cda0ee1fb1f562db3aa53e"}};
  for (const auto& v : vectors) EXPECT_EQ(hex(hmac_md5(v.key, {v.data})), v.digest);
}

// A key that was taken in once serves message after message.
TEST(HmacMd5, AKeyIsNotUsedUp) {
  const HmacMd5Key key(bytes("Jefe"));
  for (int i = 0; i < 3; ++i) {
    Md5 inner = key.begin();
    inner.update(bytes("what do ya want "));
    inner.update(bytes("for nothing?"));
    EXPECT_EQ(hex(key.finish(inner)), "750c783e6ab0b503eaa86e310a5db738");
  }
}

TEST(Crc32, GivesTheCheckValue) {
  Crc32 crc;
  crc.update(bytes("12345"));
  crc.update(bytes("6789"));
  EXPECT_EQ(crc.value(), 0xcbf43926u);  // the customary check of this polynomial
  EXPECT_EQ(Crc32().value(), 0u);
}

// Every length around the blocks, in one piece and in pieces of every size.
TEST(Md5, AgreesWithOpenSslAtEachLength) {
  std::mt19937 random(1);
  test::Bytes message(300);
  for (auto& byte : message) byte = static_cast<std::uint8_t>(random());
  for (std::size_t size = 0; size <= message.size(); ++size) {
    const ByteView part = ByteView(message).first(size);
    Digest expected{};
    ASSERT_EQ(EVP_Digest(part.data(), part.size(), expected.data(), nullptr, EVP_md5(), nullptr), 1);
    ASSERT_EQ(Md5::of(part), expected) << size;
    const std::size_t piece = 1 + random() % 70;
    Md5 hash;
    for (std::size_t at = 0; at < size; at += piece) hash.update(part.subspan(at, std::min(piece, size - at)));
    ASSERT_EQ(hash.finish(), expected) << size << " in pieces of " << piece;
    Digest mac{};
    unsigned mac_bytes = 0;
    ASSERT_NE(HMAC(EVP_md5(), message.data(), static_cast<int>(size), part.data(), size, mac.data(), &mac_bytes),
              nullptr);
    ASSERT_EQ(hmac_md5(part, {part}), mac) << size;
  }
}

}  // namespace
}  // namespace openlsa::crypto
