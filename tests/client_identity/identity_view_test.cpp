// What is an identity and what is not: every length, offset and flag of a block that an attacker wrote.
#include <functional>

#include "client/identity/identity_view.hpp"
#include "client_identity/identities.hpp"

namespace openlsa::client {
namespace {

base::Bytes good_block() { return block_by_hand(u"alice", u"LAB", password_by_hand(u"secret"), u"Kerberos"); }

SECURITY_STATUS validate(const base::Bytes& bytes) {
  const AtEndOfPage memory(bytes);
  return SspiValidateAuthIdentity(memory.get());
}

// Every helper that looks into an identity; none may do more than refuse it.
void ask_everything(Opaque identity) {
  SspiValidateAuthIdentity(identity);
  SspiIsAuthIdentityEncrypted(identity);
  const Strings strings(identity);
  Opaque made = nullptr;
  if (SspiCopyAuthIdentity(identity, &made) == SEC_E_OK) {
    EXPECT_EQ(SspiValidateAuthIdentity(made), SspiValidateAuthIdentity(identity));
    SspiFreeAuthIdentity(made);
  }
  if (SspiExcludePackage(identity, wide(u"NTLM"), &made) == SEC_E_OK) {
    EXPECT_EQ(SspiValidateAuthIdentity(made), SEC_E_OK);
    SspiFreeAuthIdentity(made);
  }
  BOOLEAN user = FALSE, same = FALSE;
  if (SspiCompareAuthIdentities(identity, identity, &user, &same) == SEC_E_OK) {
    EXPECT_TRUE(user && same);
  }
  ULONG type = 0, size = 0;
  PCWSTR target = nullptr, name = nullptr;
  PUCHAR blob = nullptr;
  if (SspiPrepareForCredWrite(identity, wide(u"target"), &type, &target, &name, &blob, &size) == SEC_E_OK) {
    SspiLocalFree(const_cast<WCHAR*>(target));
    SspiLocalFree(const_cast<WCHAR*>(name));
    SspiLocalFree(blob);
  }
  char* bytes = nullptr;
  if (SspiMarshalAuthIdentity(identity, &size, &bytes) == SEC_E_OK) {
    if (SspiUnmarshalAuthIdentity(size, bytes, &made) == SEC_E_OK) SspiFreeAuthIdentity(made);
    SspiLocalFree(bytes);
  }
}

TEST(IdentityBlock, IsTakenFromMemoryThatEndsWithIt) {
  EXPECT_EQ(validate(good_block()), SEC_E_OK);
  EXPECT_EQ(validate(block_by_hand({}, {}, {})), SEC_E_OK);
  EXPECT_EQ(SspiValidateAuthIdentity(nullptr), SEC_E_INVALID_PARAMETER);
}

TEST(IdentityBlock, IsRefusedAtEveryTruncation) {
  base::Bytes block = good_block();
  const Encoded encoded(u"alice", u"LAB", u"secret");
  for (const base::Bytes& whole : {block, encoded.bytes()}) {
    for (std::size_t size = 0; size <= whole.size(); ++size) {
      const AtEndOfPage memory(base::ByteView(whole).first(size));
      Opaque made = nullptr;
      const SECURITY_STATUS status =
          SspiUnmarshalAuthIdentity(static_cast<ULONG>(size), static_cast<char*>(memory.get()), &made);
      EXPECT_EQ(status, size == whole.size() ? SEC_E_OK : SEC_E_INVALID_TOKEN) << size;
      EXPECT_EQ(made != nullptr, size == whole.size()) << size;
      SspiFreeAuthIdentity(made);
    }
  }
}

TEST(IdentityBlock, WithAnyByteChangedHarmsNobody) {
  const base::Bytes block = good_block();
  for (std::size_t at = 0; at < block.size(); ++at) {
    for (const unsigned change : {0x01u, 0x80u, 0xffu}) {
      base::Bytes changed = block;
      changed[at] = static_cast<std::uint8_t>(changed[at] ^ change);
      const AtEndOfPage memory(changed);
      Opaque made = nullptr;
      const auto size = static_cast<ULONG>(changed.size());
      if (SspiUnmarshalAuthIdentity(size, static_cast<char*>(memory.get()), &made) == SEC_E_OK) ask_everything(made);
      SspiFreeAuthIdentity(made);
      // Where no length is given, the block is taken at its word: about its layout, and about its size up to that of
      // the largest identity (the page SEC_WINNT_AUTH_IDENTITY_EX2 warns of this).
      if (at < sizeof(ULONG)) continue;
      changed.resize(sizeof(SEC_WINNT_AUTH_IDENTITY_EX2) + 4 * 0x10000 + 8);
      const AtEndOfPage roomy(changed);
      ask_everything(roomy.get());
    }
  }
}

TEST(IdentityBlock, OfTheLibraryItselfMayHaveAnyByteChanged) {
  const Encoded encoded(u"alice", u"LAB", u"secret");
  const base::Bytes before = encoded.bytes();
  for (std::size_t at = 0; at < before.size(); ++at) {
    for (const unsigned change : {0x01u, 0x80u, 0xffu}) {
      std::memcpy(encoded.get(), before.data(), before.size());
      static_cast<std::uint8_t*>(encoded.get())[at] ^= static_cast<std::uint8_t>(change);
      ask_everything(encoded.get());
      if (at < sizeof(ULONG)) {
        EXPECT_EQ(SspiValidateAuthIdentity(encoded.get()), SEC_E_INVALID_TOKEN) << at;
      }
    }
  }
  std::memcpy(encoded.get(), before.data(), before.size());
  EXPECT_EQ(SspiValidateAuthIdentity(encoded.get()), SEC_E_OK);
}

TEST(IdentityBlock, OfTheLibraryItselfCannotSayItIsLonger) {
  const Encoded encoded(u"alice", u"LAB", u"secret");
  encoded.header().cbStructureLength += 2;
  EXPECT_EQ(SspiValidateAuthIdentity(encoded.get()), SEC_E_INVALID_TOKEN);
  encoded.header().cbStructureLength -= 2;
  EXPECT_EQ(SspiValidateAuthIdentity(encoded.get()), SEC_E_OK);
}

struct Damage {
  const char* what;
  std::function<void(SEC_WINNT_AUTH_IDENTITY_EX2&)> damage;
};

TEST(IdentityBlock, IsRefusedWhenItsHeaderLies) {
  using Header = SEC_WINNT_AUTH_IDENTITY_EX2;
  const Damage damages[] = {
      {"a shorter header", [](Header& h) { h.cbHeaderLength -= 4; }},
      {"a longer header", [](Header& h) { h.cbHeaderLength += 4; }},
      {"no room for the header", [](Header& h) { h.cbStructureLength = sizeof h - 1; }},
      {"larger than any identity", [](Header& h) { h.cbStructureLength = sizeof h + 4 * 0x10000 + 1; }},
      {"the largest number", [](Header& h) { h.cbStructureLength = 0xffffffff; }},
      {"a user in the header", [](Header& h) { h.UserOffset = sizeof h - 2; }},
      {"a user at the start", [](Header& h) { h.UserOffset = 0; }},
      {"a user behind the end", [](Header& h) { h.UserOffset = h.cbStructureLength; }},
      {"an offset that wraps", [](Header& h) { h.UserOffset = 0xfffffff8; }},
      {"a user longer than the rest", [](Header& h) { h.UserLength = 0xfffe; }},
      {"half a character", [](Header& h) { h.UserLength -= 1; }},
      {"a domain behind the end", [](Header& h) { h.DomainOffset = h.cbStructureLength - 2; }},
      {"half a character of the domain", [](Header& h) { h.DomainLength -= 1; }},
      {"credentials in the header", [](Header& h) { h.PackedCredentialsOffset = 4; }},
      {"credentials behind the end", [](Header& h) { h.PackedCredentialsOffset = h.cbStructureLength; }},
      {"a list behind the end", [](Header& h) { h.PackageListLength += 2; }},
      {"half a character of the list", [](Header& h) { h.PackageListLength -= 1; }},
      {"a domain in the user", [](Header& h) { h.DomainOffset = h.UserOffset; }},
      {"credentials that begin in the domain", [](Header& h) { h.PackedCredentialsOffset = h.DomainOffset + 2; }},
      {"a list that is the credentials", [](Header& h) { h.PackageListOffset = h.PackedCredentialsOffset; }},
      {"ANSI", [](Header& h) { h.Flags |= SEC_WINNT_AUTH_IDENTITY_ANSI; }},
      {"a flag that is none", [](Header& h) { h.Flags |= 0x100; }},
      {"a user that a flag denies", [](Header& h) { h.Flags |= SEC_WINNT_AUTH_IDENTITY_FLAGS_NULL_USER; }},
      {"a domain that a flag denies", [](Header& h) { h.Flags |= SEC_WINNT_AUTH_IDENTITY_FLAGS_NULL_DOMAIN; }},
      {"protected without padding", [](Header& h) { h.Flags |= SEC_WINNT_AUTH_IDENTITY_FLAGS_PROCESS_ENCRYPTED; }},
      {"protected twice", [](Header& h) { h.Flags |= SEC_WINNT_AUTH_IDENTITY_FLAGS_RESERVED | 0x30; }},
  };
  for (const Damage& damage : damages) {
    base::Bytes block = good_block();
    block.resize(block.size() + 8);  // padding, for those that say they have it
    SEC_WINNT_AUTH_IDENTITY_EX2 header;
    std::memcpy(&header, block.data(), sizeof header);
    damage.damage(header);
    std::memcpy(block.data(), &header, sizeof header);
    EXPECT_EQ(validate(block), SEC_E_INVALID_TOKEN) << damage.what;
  }
  // The same offsets are nobody's business where there is no part.
  base::Bytes block = block_by_hand(u"alice", {}, {});
  poke(block, offsetof(SEC_WINNT_AUTH_IDENTITY_EX2, DomainOffset), 0xffffffffu);
  poke(block, offsetof(SEC_WINNT_AUTH_IDENTITY_EX2, PackageListOffset), 0u);
  EXPECT_EQ(validate(block), SEC_E_OK);
}

TEST(IdentityBlock, IsRefusedWhenItsPackedCredentialsLie) {
  using Packed = SEC_WINNT_AUTH_PACKED_CREDENTIALS;
  const base::Bytes good = password_by_hand(u"secret");
  const auto with = [&](std::size_t offset, auto value) {
    base::Bytes packed = good;
    poke(packed, offset, value);
    return validate(block_by_hand(u"alice", {}, packed));
  };
  const std::size_t data = offsetof(Packed, AuthData) + offsetof(SEC_WINNT_AUTH_DATA, CredData);
  EXPECT_EQ(with(offsetof(Packed, cbHeaderLength), USHORT{24}), SEC_E_INVALID_TOKEN);
  EXPECT_EQ(with(offsetof(Packed, cbStructureLength), USHORT{27}), SEC_E_INVALID_TOKEN);
  EXPECT_EQ(with(offsetof(Packed, cbStructureLength), static_cast<USHORT>(good.size() + 1)), SEC_E_INVALID_TOKEN);
  EXPECT_EQ(with(data, ULONG{4}), SEC_E_INVALID_TOKEN) << "in the header";
  EXPECT_EQ(with(data, ULONG{30}), SEC_E_INVALID_TOKEN) << "behind the end";
  EXPECT_EQ(with(data, ULONG{0xfffffffe}), SEC_E_INVALID_TOKEN) << "wraps";
  EXPECT_EQ(with(data + 4, USHORT{11}), SEC_E_INVALID_TOKEN) << "half a character";
  EXPECT_EQ(with(data + 4, USHORT{10}), SEC_E_OK) << "a shorter password";
  for (std::size_t size = 1; size < good.size(); ++size)
    EXPECT_EQ(validate(block_by_hand(u"alice", {}, base::ByteView(good).first(size))), SEC_E_INVALID_TOKEN) << size;
}

TEST(IdentityWithPointers, IsTakenWithOneCharacterSetAndKnownFlags) {
  WideIdentity wide_identity;
  EXPECT_EQ(SspiValidateAuthIdentity(&wide_identity.identity), SEC_E_OK);
  for (const ULONG flags : {0u, 3u, 0x12u, 0x102u, 0x10002u, 0x20002u, 0x40002u}) {
    wide_identity.identity.Flags = flags;
    EXPECT_EQ(SspiValidateAuthIdentity(&wide_identity.identity), SEC_E_INVALID_TOKEN) << flags;
  }
  for (const ULONG flags : {0x2u, 0x6u, 0xau, 0x80002u, 0xf0000002u}) {
    wide_identity.identity.Flags = flags;
    EXPECT_EQ(SspiValidateAuthIdentity(&wide_identity.identity), SEC_E_OK) << flags;
  }
}

TEST(IdentityWithPointers, IsRefusedWithLengthsThatNoNameHas) {
  WideIdentity wide_identity;
  wide_identity.identity.UserLength = 0x10000;
  EXPECT_EQ(SspiValidateAuthIdentity(&wide_identity.identity), SEC_E_INVALID_TOKEN);
  wide_identity.identity.UserLength = 5;
  wide_identity.identity.Domain = nullptr;
  EXPECT_EQ(SspiValidateAuthIdentity(&wide_identity.identity), SEC_E_INVALID_TOKEN) << "NULL with a length";
  wide_identity.identity.DomainLength = 0;
  EXPECT_EQ(SspiValidateAuthIdentity(&wide_identity.identity), SEC_E_OK);
}

TEST(IdentityWithPointers, OfTheExFormHasItsSize) {
  const WideIdentity plain;
  SEC_WINNT_AUTH_IDENTITY_EXW ex{};
  ex.Version = SEC_WINNT_AUTH_IDENTITY_VERSION;
  ex.Length = sizeof ex;
  ex.User = plain.identity.User;
  ex.UserLength = plain.identity.UserLength;
  ex.Flags = SEC_WINNT_AUTH_IDENTITY_UNICODE;
  EXPECT_EQ(SspiValidateAuthIdentity(&ex), SEC_E_OK);
  ex.Length = sizeof ex - 4;
  EXPECT_EQ(SspiValidateAuthIdentity(&ex), SEC_E_INVALID_TOKEN);
  ex.Length = sizeof ex;
  ex.PackageListLength = 4;  // of NULL
  EXPECT_EQ(SspiValidateAuthIdentity(&ex), SEC_E_INVALID_TOKEN);
}

}  // namespace
}  // namespace openlsa::client
