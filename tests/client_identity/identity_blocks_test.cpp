// Copies, bytes for elsewhere, zeros, and the end.
#include <algorithm>

#include "client/memory/client_buffers.hpp"
#include "client_identity/identities.hpp"
#include "support/ownership.hpp"

namespace openlsa::client {
namespace {

bool all_zero(base::ByteView bytes) {
  return std::ranges::all_of(bytes, [](std::uint8_t byte) { return byte == 0; });
}

TEST(IdentityCopy, IsABlockOfItsOwn) {
  const Encoded encoded(u"alice", u"LAB", u"secret");
  Opaque made = nullptr;
  ASSERT_EQ(SspiCopyAuthIdentity(encoded.get(), &made), SEC_E_OK);
  const Encoded copy(made);
  EXPECT_NE(copy.get(), encoded.get());
  EXPECT_EQ(copy.bytes(), encoded.bytes());
  SspiZeroAuthIdentity(encoded.get());
  EXPECT_EQ(Strings(copy.get()).credentials, u"secret");
}

TEST(IdentityCopy, OfAFormWithPointersIsOneBlock) {
  WideIdentity original;
  original.identity.Flags |= SEC_WINNT_AUTH_IDENTITY_ONLY;
  Opaque made = nullptr;
  ASSERT_EQ(SspiCopyAuthIdentity(&original.identity, &made), SEC_E_OK);
  const Encoded copy(made);
  EXPECT_EQ(copy.header().Version, ULONG{SEC_WINNT_AUTH_IDENTITY_VERSION_2});
  EXPECT_NE(copy.header().Flags & SEC_WINNT_AUTH_IDENTITY_ONLY, 0u);
  std::ranges::fill(original.password, u'x');
  EXPECT_EQ(Strings(copy.get()).user, u"alice");
  EXPECT_EQ(Strings(copy.get()).credentials, u"secret");
}

TEST(IdentityCopy, GivesRoomForEncryptionToABlockWithout) {
  const AtEndOfPage tight(block_by_hand(u"alice", u"LAB", password_by_hand(u"secret")));
  Opaque made = nullptr;
  ASSERT_EQ(SspiCopyAuthIdentity(tight.get(), &made), SEC_E_OK);
  const Encoded copy(made);
  EXPECT_NE(copy.header().Flags & SEC_WINNT_AUTH_IDENTITY_FLAGS_RESERVED, 0u);
  EXPECT_EQ(SspiEncryptAuthIdentity(copy.get()), SEC_E_OK);
}

TEST(IdentityCopy, OfNothingIsRefused) {
  Opaque made = nullptr;
  EXPECT_EQ(SspiCopyAuthIdentity(nullptr, &made), SEC_E_INVALID_PARAMETER);
  const Encoded encoded(u"alice", nullptr, nullptr);
  EXPECT_EQ(SspiCopyAuthIdentity(encoded.get(), nullptr), SEC_E_INVALID_PARAMETER);
  encoded.header().UserLength = 0xfffe;
  EXPECT_EQ(SspiCopyAuthIdentity(encoded.get(), &made), SEC_E_INVALID_TOKEN);
  EXPECT_EQ(made, nullptr);
}

TEST(IdentityMarshalling, GivesBytesThatMakeTheIdentityElsewhere) {
  const Encoded encoded(u"alice", u"LAB", u"secret");
  ULONG length = 0;
  char* bytes = nullptr;
  ASSERT_EQ(SspiMarshalAuthIdentity(encoded.get(), &length, &bytes), SEC_E_OK);
  const base::Bytes travelled = base::to_bytes(base::as_bytes(bytes, length));
  SspiLocalFree(bytes);
  const AtEndOfPage arrived(travelled);
  Opaque made = nullptr;
  ASSERT_EQ(SspiUnmarshalAuthIdentity(length, static_cast<char*>(arrived.get()), &made), SEC_E_OK);
  const Encoded back(made);
  EXPECT_EQ(back.bytes(), encoded.bytes());
}

TEST(IdentityMarshalling, TakesEveryForm) {
  const WideIdentity original;
  ULONG length = 0;
  char* bytes = nullptr;
  ASSERT_EQ(SspiMarshalAuthIdentity(const_cast<SEC_WINNT_AUTH_IDENTITY_W*>(&original.identity), &length, &bytes),
            SEC_E_OK);
  Opaque made = nullptr;
  ASSERT_EQ(SspiUnmarshalAuthIdentity(length, bytes, &made), SEC_E_OK);
  SspiLocalFree(bytes);
  const Encoded back(made);
  EXPECT_EQ(Strings(back.get()).domain, u"LAB");
}

TEST(IdentityMarshalling, MakesNoIdentityOfPointers) {
  WideIdentity original;
  Opaque made = nullptr;
  // The bytes of a structure with pointers mean nothing elsewhere.
  EXPECT_EQ(SspiUnmarshalAuthIdentity(sizeof original.identity, reinterpret_cast<char*>(&original.identity), &made),
            SEC_E_INVALID_TOKEN);
  EXPECT_EQ(SspiUnmarshalAuthIdentity(0, nullptr, &made), SEC_E_INVALID_PARAMETER);
  EXPECT_EQ(SspiUnmarshalAuthIdentity(16, reinterpret_cast<char*>(&original.identity), nullptr),
            SEC_E_INVALID_PARAMETER);
  EXPECT_EQ(made, nullptr);
  ULONG length = 7;
  char* bytes = nullptr;
  EXPECT_EQ(SspiMarshalAuthIdentity(nullptr, &length, &bytes), SEC_E_INVALID_PARAMETER);
  EXPECT_EQ(SspiMarshalAuthIdentity(&original.identity, nullptr, &bytes), SEC_E_INVALID_PARAMETER);
  EXPECT_EQ(SspiMarshalAuthIdentity(&original.identity, &length, nullptr), SEC_E_INVALID_PARAMETER);
  original.identity.Flags = 0;
  EXPECT_EQ(SspiMarshalAuthIdentity(&original.identity, &length, &bytes), SEC_E_INVALID_TOKEN);
  EXPECT_EQ(length, 7u);
  EXPECT_EQ(bytes, nullptr);
}

TEST(IdentityZero, LeavesNothingOfABlock) {
  const Encoded encoded(u"alice", u"LAB", u"secret");
  const std::size_t size = encoded.block().size();
  SspiZeroAuthIdentity(encoded.get());
  EXPECT_TRUE(all_zero({static_cast<std::uint8_t*>(encoded.get()), size}));
  EXPECT_EQ(SspiValidateAuthIdentity(encoded.get()), SEC_E_INVALID_TOKEN);
  EXPECT_EQ(buffer_size(encoded.get()), size) << "and it can still be freed";
  SspiZeroAuthIdentity(nullptr);
}

TEST(IdentityZero, EndsWithABlockOfTheApplication) {
  base::Bytes block = block_by_hand(u"alice", u"LAB", password_by_hand(u"secret"));
  const std::size_t size = block.size();
  block.resize(size + 8, 0xee);
  const AtEndOfPage memory(block);
  SspiZeroAuthIdentity(memory.get());
  EXPECT_TRUE(all_zero(base::ByteView(memory.bytes()).first(size)));
  EXPECT_EQ(memory.bytes()[size], 0xee);

  // What is no identity has no size either.
  block.resize(size);
  poke(block, offsetof(SEC_WINNT_AUTH_IDENTITY_EX2, cbStructureLength), 0xffffffffu);
  const AtEndOfPage broken(block);
  SspiZeroAuthIdentity(broken.get());
  EXPECT_EQ(broken.bytes(), block);
}

TEST(IdentityZero, TakesThePasswordAndTheStructureOfAFormWithPointers) {
  WideIdentity identity;
  SspiZeroAuthIdentity(&identity.identity);
  EXPECT_EQ(identity.password, std::u16string(6, u'\0'));
  EXPECT_TRUE(all_zero(base::as_bytes(&identity.identity, sizeof identity.identity)));
  EXPECT_EQ(identity.user, u"alice") << "names may be constants of the program";
}

TEST(IdentityFree, FreesWhatTheLibraryMadeOnce) {
  Opaque identity = nullptr;
  ASSERT_EQ(SspiEncodeStringsAsAuthIdentity(wide(u"alice"), nullptr, nullptr, &identity), SEC_E_OK);
  SspiFreeAuthIdentity(identity);
  EXPECT_FALSE(buffer_size(identity).has_value());
  openlsa::test::expect_wrong_frees("refused_frees");
  SspiFreeAuthIdentity(identity);
  SspiFreeAuthIdentity(nullptr);
  SspiLocalFree(nullptr);
  WideIdentity original;
  SspiFreeAuthIdentity(&original.identity);
  SspiLocalFree(&original.identity);
  EXPECT_EQ(Strings(&original.identity).user, u"alice") << "the application's own";
}

}  // namespace
}  // namespace openlsa::client
