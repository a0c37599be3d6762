#include <gtest/gtest.h>

#include "core/wire.hpp"
#include "support.hpp"

namespace sshkey {
namespace {

class SshsigTest : public ::testing::Test {
 protected:
  test::SoftKey key_;
  Bytes message_ = encode(test::test_statement(key_, make_ed25519().public_key));
  SshsigError error_of(View sshsig) {
    const auto result = sshsig_verify(sshsig, key_.public_key(), message_);
    EXPECT_FALSE(result);
    return result ? SshsigError::malformed : result.error();
  }
};

TEST_F(SshsigTest, OurOwnSignatureVerifies) {
  EXPECT_TRUE(sshsig_verify(key_.sshsig(message_), key_.public_key(), message_));
}

TEST_F(SshsigTest, TheSameBytesUnderAnotherNamespaceAreRefused) {
  EXPECT_EQ(error_of(key_.sshsig(message_, "file")), SshsigError::wrong_namespace);
  EXPECT_EQ(error_of(key_.sshsig(message_, "git")), SshsigError::wrong_namespace);
}

TEST_F(SshsigTest, ASignatureForAnotherNamespaceInsideOurFrameIsRefused) {
  const Bytes frame = sshsig_encode(key_.blob(), logon_namespace, key_.sign_raw(sshsig_to_be_signed("file", message_)));
  EXPECT_EQ(error_of(frame), SshsigError::bad_signature);
}

TEST_F(SshsigTest, ARawSignatureInOurFrameIsRefused) {
  EXPECT_EQ(error_of(sshsig_encode(key_.blob(), logon_namespace, key_.sign_raw(message_))), SshsigError::bad_signature);
  EXPECT_EQ(error_of(key_.sign_raw(message_)), SshsigError::malformed);
}

TEST_F(SshsigTest, AnotherKeyIsRefused) {
  EXPECT_EQ(error_of(test::SoftKey().sshsig(message_)), SshsigError::wrong_key);
}

TEST_F(SshsigTest, AnotherHashIsRefused) {
  const Bytes blob = Writer()
                         .raw("SSHSIG")
                         .u32(1)
                         .string(key_.blob())
                         .string(logon_namespace)
                         .string(View{})
                         .string("sha256")
                         .string(key_.sign_raw(message_))
                         .take();
  EXPECT_EQ(error_of(blob), SshsigError::wrong_hash);
}

TEST_F(SshsigTest, EveryTruncationAndATrailingByteAreRefused) {
  Bytes sshsig = key_.sshsig(message_);
  for (std::size_t size = 0; size < sshsig.size(); ++size)
    EXPECT_FALSE(sshsig_verify(View(sshsig).first(size), key_.public_key(), message_)) << size;
  sshsig.push_back(0);
  EXPECT_EQ(error_of(sshsig), SshsigError::malformed);
}

TEST_F(SshsigTest, EveryFlippedByteIsRefused) {
  const Bytes sshsig = key_.sshsig(message_);
  for (std::size_t i = 0; i < sshsig.size(); ++i) {
    Bytes changed = sshsig;
    changed[i] ^= 1;
    EXPECT_FALSE(sshsig_verify(changed, key_.public_key(), message_)) << i;
  }
}

}  // namespace
}  // namespace sshkey
