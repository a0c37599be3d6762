// What AcquireCredentialsHandle sends of an identity (the forms with pointers: tests/client/sspi_surface_test.cpp).
#include "client/identity/submit_identity.hpp"
#include "client_identity/identities.hpp"

namespace openlsa::client {
namespace {

TEST(IdentitySubmission, SendsABlockWithItsPadding) {
  const Encoded encoded(u"alice", u"LAB", u"secret");
  std::vector<seam::ClientMemory> pieces;
  ASSERT_EQ(submit_identity(encoded.get(), pieces), SEC_E_OK);
  ASSERT_EQ(pieces.size(), 1u);
  EXPECT_EQ(pieces[0].address, reinterpret_cast<std::uintptr_t>(encoded.get()));
  EXPECT_EQ(pieces[0].bytes, encoded.bytes());
}

TEST(IdentitySubmission, OpensWhatThisProcessEncrypted) {
  const Encoded encoded(u"alice", u"LAB", u"secret");
  const base::Bytes clear = encoded.bytes();
  ASSERT_EQ(SspiEncryptAuthIdentity(encoded.get()), SEC_E_OK);
  const base::Bytes encrypted = encoded.bytes();
  std::vector<seam::ClientMemory> pieces;
  ASSERT_EQ(submit_identity(encoded.get(), pieces), SEC_E_OK);
  ASSERT_EQ(pieces.size(), 1u);
  EXPECT_EQ(pieces[0].bytes, clear);
  EXPECT_EQ(encoded.bytes(), encrypted) << "in the copy only";
}

TEST(IdentitySubmission, RefusesWhatItCannotOpen) {
  std::vector<seam::ClientMemory> pieces;
  const Encoded encoded(u"alice", u"LAB", u"secret");
  ASSERT_EQ(SspiEncryptAuthIdentity(encoded.get()), SEC_E_OK);
  encoded.block().back() ^= 1;
  EXPECT_EQ(submit_identity(encoded.get(), pieces), SEC_E_UNKNOWN_CREDENTIALS);
  EXPECT_TRUE(pieces.empty());
  const Encoded protected_one(u"alice", u"LAB", u"secret");
  protected_one.header().Flags |= SEC_WINNT_AUTH_IDENTITY_FLAGS_USER_PROTECTED;
  EXPECT_EQ(submit_identity(protected_one.get(), pieces), SEC_E_UNKNOWN_CREDENTIALS);
  EXPECT_TRUE(pieces.empty());
  SspiZeroAuthIdentity(protected_one.get());
  EXPECT_EQ(submit_identity(protected_one.get(), pieces), SEC_E_UNKNOWN_CREDENTIALS);
  EXPECT_TRUE(pieces.empty());
  EXPECT_EQ(submit_identity(nullptr, pieces), SEC_E_OK);
  EXPECT_TRUE(pieces.empty());
}

TEST(IdentitySubmission, LeavesTheInsideOfPackedCredentialsToThePackage) {
  const AtEndOfPage block(block_by_hand(u"alice", {}, base::Bytes(3, 'x')));
  std::vector<seam::ClientMemory> pieces;
  EXPECT_EQ(submit_identity(block.get(), pieces), SEC_E_OK);
  EXPECT_EQ(SspiValidateAuthIdentity(block.get()), SEC_E_INVALID_TOKEN);
}

}  // namespace
}  // namespace openlsa::client
