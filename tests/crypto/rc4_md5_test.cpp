// RC4 and MD5 in one pass: the form for this processor against the one for all, and both against OpenSSL, whose RC4 is
// in its legacy provider.
#include <gtest/gtest.h>
#include <openssl/evp.h>
#include <openssl/provider.h>

#include <memory>
#include <random>

#include "crypto/hex.hpp"
#include "crypto/rc4_chunk.hpp"
#include "crypto/rc4_md5.hpp"

namespace openlsa::crypto {
namespace {

using test::hex;

const test::Bytes key = hex("0102030405060708090a0b0c0d0e0f10");

test::Bytes random_bytes(std::mt19937& random, std::size_t size) {
  test::Bytes bytes(size);
  for (auto& byte : bytes) byte = static_cast<std::uint8_t>(random());
  return bytes;
}

TEST(Rc4Forms, GiveTheSameStreamAndHash) {
  std::mt19937 random(5);
  Rc4::State fast, portable;
  for (std::uint32_t i = 0; i < 256; ++i) fast.table[i] = i;
  for (std::uint32_t i = 0; i < 256; ++i) std::swap(fast.table[i], fast.table[random() % 256]);
  portable = fast;
  HashState fast_hash = hash_start, portable_hash = hash_start;
  for (int round = 0; round < 200; ++round) {
    std::array<std::uint8_t, 64> fast_out{}, portable_out{};
    if (round % 3 == 0) {
      rc4_chunk<FastForm>(fast, fast_out.data());
      rc4_chunk<PortableForm>(portable, portable_out.data());
    } else {
      const test::Bytes block = random_bytes(random, 64);
      rc4_chunk_and_md5_block<FastForm>(fast, fast_out.data(), fast_hash, block.data());
      rc4_chunk_and_md5_block<PortableForm>(portable, portable_out.data(), portable_hash, block.data());
    }
    ASSERT_EQ(fast_out, portable_out) << round;
    ASSERT_EQ(fast_hash, portable_hash) << round;
    ASSERT_EQ(fast.table, portable.table) << round;
    ASSERT_EQ(fast.i, portable.i) << round;
    ASSERT_EQ(fast.j, portable.j) << round;
  }
}

// A library context of its own, so that no other test meets the legacy provider.
class OpenSslRc4 {
 public:
  OpenSslRc4() : library_(OSSL_LIB_CTX_new()), legacy_(OSSL_PROVIDER_load(library_, "legacy")) {
    if (legacy_ == nullptr) return;
    EVP_CIPHER* const cipher = EVP_CIPHER_fetch(library_, "RC4", nullptr);
    context_ = EVP_CIPHER_CTX_new();
    good_ = EVP_EncryptInit_ex(context_, cipher, nullptr, key.data(), nullptr) == 1;
    EVP_CIPHER_free(cipher);
  }
  ~OpenSslRc4() {
    EVP_CIPHER_CTX_free(context_);
    if (legacy_ != nullptr) OSSL_PROVIDER_unload(legacy_);
    OSSL_LIB_CTX_free(library_);
  }
  OpenSslRc4(const OpenSslRc4&) = delete;
  OpenSslRc4& operator=(const OpenSslRc4&) = delete;
  bool is_there() const { return good_; }
  void apply(test::Bytes& data) {
    int size = 0;
    ASSERT_EQ(EVP_EncryptUpdate(context_, data.data(), &size, data.data(), static_cast<int>(data.size())), 1);
  }

 private:
  OSSL_LIB_CTX* library_;
  OSSL_PROVIDER* legacy_;
  EVP_CIPHER_CTX* context_ = nullptr;
  bool good_ = false;
};

Digest openssl_md5(const test::Bytes& before, const test::Bytes& data) {
  test::Bytes all = before;
  all.insert(all.end(), data.begin(), data.end());
  Digest digest{};
  EXPECT_EQ(EVP_Digest(all.data(), all.size(), digest.data(), nullptr, EVP_md5(), nullptr), 1);
  return digest;
}

// Every length to beyond the ring of the key stream, one after the other under one key, so that hash and cipher stand
// at ever other places; what the hash holds before (NTLM: 4 bytes) differs, too.
void agrees_at_each_length(std::size_t held) {
  std::mt19937 random(6);
  OpenSslRc4 reference;
  if (!reference.is_there()) GTEST_SKIP() << "not run: this machine's OpenSSL has no legacy provider, which has RC4";
  Rc4 sender{ByteView(key)}, receiver{ByteView(key)};
  for (std::size_t size = 0; size <= 640; ++size) {
    const test::Bytes before = random_bytes(random, held), clear = random_bytes(random, size);
    test::Bytes data = clear, expected = clear;
    Md5 hash, back;
    hash.update(before);
    back.update(before);
    hash_and_encrypt(hash, sender, data);
    reference.apply(expected);
    ASSERT_EQ(hex(data), hex(expected)) << size;
    decrypt_and_hash(back, receiver, data);
    ASSERT_EQ(hex(data), hex(clear)) << size;
    ASSERT_EQ(hash.finish(Md5RoundsBeside(sender)), openssl_md5(before, clear)) << size;
    ASSERT_EQ(back.finish(Md5RoundsBeside(receiver)), openssl_md5(before, clear)) << size;
    test::Bytes signature(8, 0x17), expected_signature = signature;
    sender.apply(signature);
    reference.apply(expected_signature);
    ASSERT_EQ(hex(signature), hex(expected_signature)) << size;
    receiver.apply(signature);
    ASSERT_EQ(signature, test::Bytes(8, 0x17)) << size;
  }
}

TEST(Rc4AndMd5, AgreeWithOpenSslAtEachLength) { agrees_at_each_length(4); }
TEST(Rc4AndMd5, AgreeWithOpenSslWhereverTheHashStands) {
  for (const std::size_t held : {0, 1, 60, 63}) agrees_at_each_length(held);
}

}  // namespace
}  // namespace openlsa::crypto
