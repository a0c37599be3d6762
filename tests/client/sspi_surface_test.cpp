// Identities, lists of packages, the function tables.
#include <cstring>

#include "client/identity/submit_identity.hpp"
#include "client/sspi_fixture.hpp"

namespace openlsa::client {
namespace {

const seam::ClientMemory* piece_at(const std::vector<seam::ClientMemory>& pieces, const void* address) {
  for (const auto& piece : pieces)
    if (piece.address == reinterpret_cast<std::uintptr_t>(address)) return &piece;
  return nullptr;
}

TEST(Identity, StringsTravelWhole) {
  char16_t user[] = u"alice", password[] = u"pass\0word", packages[] = u"half";
  SEC_WINNT_AUTH_IDENTITY_W plain{};
  plain.User = reinterpret_cast<USHORT*>(user);
  plain.UserLength = 5;
  plain.Password = reinterpret_cast<USHORT*>(password);
  plain.PasswordLength = 9;
  plain.Flags = SEC_WINNT_AUTH_IDENTITY_UNICODE;
  std::vector<seam::ClientMemory> pieces;
  ASSERT_EQ(submit_identity(&plain, pieces), SEC_E_OK);
  ASSERT_EQ(pieces.size(), 3u);
  EXPECT_EQ(piece_at(pieces, &plain)->bytes.size(), 48u);
  EXPECT_EQ(piece_at(pieces, user)->bytes.size(), 10u);
  EXPECT_EQ(piece_at(pieces, password)->bytes.size(), 18u);

  SEC_WINNT_AUTH_IDENTITY_EXW ex{};
  ex.Version = SEC_WINNT_AUTH_IDENTITY_VERSION;
  ex.Length = sizeof ex;
  ex.User = plain.User;
  ex.UserLength = 5;
  ex.PackageList = reinterpret_cast<USHORT*>(packages);
  ex.PackageListLength = 4;
  ex.Flags = SEC_WINNT_AUTH_IDENTITY_UNICODE;
  pieces.clear();
  ASSERT_EQ(submit_identity(&ex, pieces), SEC_E_OK);
  EXPECT_EQ(piece_at(pieces, &ex)->bytes.size(), sizeof ex);
  EXPECT_EQ(piece_at(pieces, packages)->bytes.size(), 8u);

  struct {
    SEC_WINNT_AUTH_IDENTITY_EX2 head{};
    char16_t user[5] = {u'a', u'l', u'i', u'c', u'e'};
  } ex2;
  ex2.head.Version = SEC_WINNT_AUTH_IDENTITY_VERSION_2;
  ex2.head.cbHeaderLength = sizeof ex2.head;
  ex2.head.cbStructureLength = sizeof ex2.head + 10;
  ex2.head.UserOffset = sizeof ex2.head;
  ex2.head.UserLength = 10;
  pieces.clear();
  ASSERT_EQ(submit_identity(&ex2, pieces), SEC_E_OK);
  ASSERT_EQ(pieces.size(), 1u);
  EXPECT_EQ(pieces[0].bytes.size(), sizeof ex2.head + 10);
  ex2.head.UserLength = 12;  // beyond its structure
  EXPECT_EQ(submit_identity(&ex2, pieces), SEC_E_UNKNOWN_CREDENTIALS);
}

TEST(Identity, WhatIsNotDocumentedIsRefused) {
  char user[] = "alice";
  SEC_WINNT_AUTH_IDENTITY_A identity{};
  identity.User = reinterpret_cast<UCHAR*>(user);
  identity.UserLength = 5;
  std::vector<seam::ClientMemory> pieces;
  for (const ULONG flags : {0u, 3u, 0x11u, 0x101u, 0x10001u}) {
    identity.Flags = flags;
    EXPECT_EQ(submit_identity(&identity, pieces), SEC_E_UNKNOWN_CREDENTIALS) << flags;
    EXPECT_TRUE(pieces.empty());
  }
  identity.Flags = SEC_WINNT_AUTH_IDENTITY_ANSI;
  EXPECT_EQ(submit_identity(&identity, pieces), SEC_E_OK);
  identity.DomainLength = 1;  // NULL with a length
  pieces.clear();
  EXPECT_EQ(submit_identity(&identity, pieces), SEC_E_UNKNOWN_CREDENTIALS);
  identity.DomainLength = 0;
  identity.UserLength = 0x10000;
  EXPECT_EQ(submit_identity(&identity, pieces), SEC_E_UNKNOWN_CREDENTIALS);
  EXPECT_TRUE(pieces.empty());
}

TEST_F(Sspi, AnIdentityReachesThePackageAtItsAddresses) {
  seam::AcquireCredentialsRequest seen;
  host_.on_acquire = [&](seam::AcquireCredentialsRequest& request) { seen = std::move(request); };
  char user[] = "alice";
  SEC_WINNT_AUTH_IDENTITY_A identity{};
  identity.User = reinterpret_cast<UCHAR*>(user);
  identity.UserLength = 5;
  identity.Flags = SEC_WINNT_AUTH_IDENTITY_ANSI;
  LUID luid{7, 1};
  CredHandle credential{};
  TimeStamp expiry{};
  ASSERT_EQ(AcquireCredentialsHandleA(const_cast<char*>("me"), const_cast<char*>("Half"), SECPKG_CRED_OUTBOUND, &luid,
                                      &identity, nullptr, nullptr, &credential, &expiry),
            SEC_E_OK);
  EXPECT_EQ(expiry.QuadPart, 77);
  EXPECT_EQ(seen.principal, u"me");
  EXPECT_EQ(seen.logon_id, nt::Luid::from_parts(7, 1));
  EXPECT_EQ(seen.authorization_data, reinterpret_cast<std::uintptr_t>(&identity));
  ASSERT_NE(piece_at(seen.submitted, user), nullptr);
  EXPECT_EQ(piece_at(seen.submitted, user)->bytes, base::to_bytes(base::as_bytes("alice")));
  EXPECT_EQ(FreeCredentialsHandle(&credential), SEC_E_OK);
}

TEST_F(Sspi, PackagesAreListedInOneBlock) {
  seam::PackageInfo logon_only;
  logon_only.name = u"logon";
  authority_.packages = {host_.package, logon_only, host_.package};
  authority_.packages[2].name = u"third";
  ULONG count = 0;
  PSecPkgInfoA ansi = nullptr;
  ASSERT_EQ(EnumerateSecurityPackagesA(&count, &ansi), SEC_E_OK);
  ASSERT_EQ(count, 2u);
  EXPECT_STREQ(ansi[0].Name, "half");
  EXPECT_STREQ(ansi[1].Name, "third");
  EXPECT_STREQ(ansi[1].Comment, "a test");
  EXPECT_EQ(ansi[0].cbMaxToken, 500u);
  EXPECT_EQ(FreeContextBuffer(ansi), SEC_E_OK);
  PSecPkgInfoW wide = nullptr;
  char16_t name[] = u"THIRD";
  ASSERT_EQ(QuerySecurityPackageInfoW(reinterpret_cast<SEC_WCHAR*>(name), &wide), SEC_E_OK);
  EXPECT_EQ(std::u16string_view(reinterpret_cast<char16_t*>(wide->Name)), u"third");
  EXPECT_EQ(FreeContextBuffer(wide), SEC_E_OK);
  SecPkgInfoA untouched{};
  ansi = &untouched;
  EXPECT_EQ(QuerySecurityPackageInfoA(const_cast<char*>("logon"), &ansi), SEC_E_SECPKG_NOT_FOUND);
  EXPECT_EQ(ansi, &untouched) << "a failure leaves it alone";
  EXPECT_EQ(QuerySecurityPackageInfoA(nullptr, &ansi), SEC_E_SECPKG_NOT_FOUND);
  EXPECT_EQ(EnumerateSecurityPackagesA(nullptr, &ansi), SEC_E_INVALID_PARAMETER);
}

TEST(FunctionTable, IsCompleteToTheNewestSlot) {
  const PSecurityFunctionTableW table = InitSecurityInterfaceW();
  ASSERT_EQ(table, InitSecurityInterfaceW());
  EXPECT_EQ(table->dwVersion, ULONG{SECURITY_SUPPORT_PROVIDER_INTERFACE_VERSION_5});
  void* slots[sizeof(SecurityFunctionTableW) / sizeof(void*)];
  for (const void* form : {static_cast<const void*>(table), static_cast<const void*>(InitSecurityInterfaceA())}) {
    std::memcpy(slots, form, sizeof slots);
    for (std::size_t i = 1; i < std::size(slots); ++i)
      EXPECT_EQ(slots[i] == nullptr, i == 5 || i == 23) << i;  // Reserved2, Reserved8
  }
  EXPECT_EQ(table->ExportSecurityContext(nullptr, 0, nullptr, nullptr), SEC_E_INVALID_PARAMETER);
  EXPECT_EQ(table->Reserved3, reinterpret_cast<void*>(table->EncryptMessage));
}

}  // namespace
}  // namespace openlsa::client
