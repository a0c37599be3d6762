#include <gtest/gtest.h>

#include "core/wire.hpp"
#include "support.hpp"

namespace sshkey {
namespace {

TEST(PublicKey, AnEd25519KeyVerifiesItsOwnSignatureOnly) {
  const test::SoftKey key, other;
  const Bytes message{1, 2, 3};
  const Bytes signature = key.sign_raw(message);
  EXPECT_TRUE(key.public_key().verify(message, signature));
  EXPECT_FALSE(other.public_key().verify(message, signature));
  EXPECT_FALSE(key.public_key().verify(Bytes{1, 2, 4}, signature));
}

TEST(PublicKey, ASignatureUnderAnotherAlgorithmNameIsRefused) {
  const test::SoftKey key;
  const Bytes message{1};
  const Bytes renamed = Writer().string("ssh-rsa").string(*ed25519_sign(key.pair.private_key, message)).take();
  EXPECT_FALSE(key.public_key().verify(message, renamed));
}

TEST(PublicKey, RsaIsRefusedByName) {
  const Bytes blob = Writer().string("ssh-rsa").string(Bytes{1, 0, 1}).string(Bytes(256, 0x11)).take();
  const auto key = PublicKey::parse(blob);
  ASSERT_FALSE(key);
  EXPECT_NE(key.error().find("RSA"), std::string::npos);
}

TEST(PublicKey, CertificatesAreRefusedByName) {
  const auto key = PublicKey::parse(Writer().string("ssh-ed25519-cert-v01@openssh.com").string("x").take());
  ASSERT_FALSE(key);
  EXPECT_NE(key.error().find("certificate"), std::string::npos);
}

TEST(PublicKey, SecurityKeysAndOtherCurvesAreRefused) {
  EXPECT_FALSE(
      PublicKey::parse(Writer().string("sk-ssh-ed25519@openssh.com").string(Bytes(32, 1)).string("ssh:").take()));
  EXPECT_FALSE(PublicKey::parse(Writer().string("ecdsa-sha2-nistp384").string("nistp384").string(Bytes(97, 4)).take()));
}

TEST(PublicKey, APointThatIsNotOnTheCurveIsRefused) {
  Bytes point(65, 0x5a);
  point[0] = 4;
  EXPECT_FALSE(PublicKey::parse(Writer().string("ecdsa-sha2-nistp256").string("nistp256").string(point).take()));
}

TEST(PublicKey, TrailingBytesAndShortKeysAreRefused) {
  Bytes blob = test::SoftKey().blob();
  blob.push_back(0);
  EXPECT_FALSE(PublicKey::parse(blob));
  EXPECT_FALSE(PublicKey::parse(Writer().string("ssh-ed25519").string(Bytes(31, 1)).take()));
  EXPECT_FALSE(PublicKey::parse(View{}));
}

TEST(Base64, RoundTripsEveryLength) {
  for (std::size_t size = 0; size < 50; ++size) {
    Bytes bytes(size);
    fill_random(bytes);
    EXPECT_EQ(base64_decode(base64_encode(bytes)), bytes);
  }
}

TEST(Base64, IsStrict) {
  EXPECT_FALSE(base64_decode("AAA"));
  EXPECT_FALSE(base64_decode("AA=A"));
  EXPECT_FALSE(base64_decode("A A="));
  EXPECT_FALSE(base64_decode("AB=="));  // unused bits set
  EXPECT_FALSE(base64_decode("===="));
  EXPECT_FALSE(base64_decode("AA==AAAA"));
}

}  // namespace
}  // namespace sshkey
