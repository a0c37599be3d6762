// Credential handles: their life, identities that travel whole, A and W.
#include <gtest/gtest.h>
#include <openlsa/ntsecpkg.h>
#include <openlsa/ntstatus.h>
#include <openlsa/winerror.h>

#include <cstring>

#include "support/authority_environment.hpp"
#include "support/child.hpp"
#include "support/composition.hpp"
#include "support/lsa_client.hpp"
#include "support/sspi_client.hpp"
#include "support/tokens.hpp"

namespace openlsa::test {
namespace {

TEST(SspiCredentials, ComeWithTheirExpiryAndGoOnce) {
  const LogWatch log("probe");
  Credential credential("Probe", SECPKG_CRED_OUTBOUND, "someone");
  ASSERT_STATUS(SEC_E_OK, credential.status());
  EXPECT_EQ(credential.expiry().QuadPart, 0x0123456789abcdef);
  EXPECT_EQ(log.count({"AcquireCredentialsHandle", "principal=someone", "use=2"}), 1);
  CredHandle copy = *credential.get();
  EXPECT_STATUS(SEC_E_OK, credential.free());
  EXPECT_TRUE(log.wait({"FreeCredentialsHandle", "principal=someone"}));
  EXPECT_STATUS(SEC_E_INVALID_HANDLE, FreeCredentialsHandle(&copy));
  EXPECT_EQ(log.count({"FreeCredentialsHandle", "principal=someone"}), 1);
}

TEST(SspiCredentials, AnAnsiCallerIsSeenAsOne) {
  const LogWatch log("probe");
  Credential ansi = Credential::by_ansi("Probe", SECPKG_CRED_INBOUND, "ansi-one");
  Credential wide_one("Probe", SECPKG_CRED_INBOUND, "wide-one");
  ASSERT_STATUS(SEC_E_OK, ansi.status());
  const auto attributes = [&log](const char* principal) {
    const std::string line = log.find({std::string("principal=") + principal});
    const std::size_t at = line.find("attributes=");
    return at == std::string::npos ? 0xffff : std::stoul(line.substr(at + 11), nullptr, 16);
  };
  EXPECT_EQ(attributes("ansi-one") & SECPKG_CALL_ANSI, ULONG{SECPKG_CALL_ANSI});
  EXPECT_EQ(attributes("wide-one") & SECPKG_CALL_ANSI, 0u);
}

TEST(SspiCredentials, Failures) {
  EXPECT_STATUS(SEC_E_NO_CREDENTIALS, Credential("Probe", SECPKG_CRED_OUTBOUND, "nobody").status());
  EXPECT_STATUS(SEC_E_SECPKG_NOT_FOUND, Credential("No Such Package", SECPKG_CRED_OUTBOUND).status());
  // A package without the SSP half.
  EXPECT_LT(Credential("ClassicProbe", SECPKG_CRED_OUTBOUND).status(), 0);
  CredHandle zero{};
  EXPECT_STATUS(SEC_E_INVALID_HANDLE, FreeCredentialsHandle(&zero));
  EXPECT_STATUS(SEC_E_INVALID_HANDLE, FreeCredentialsHandle(nullptr));
}

// The credentials of a package that got the identity in clear, whatever the process keeps.
std::string seen_by_package(PSEC_WINNT_AUTH_IDENTITY_OPAQUE identity) {
  Credential credential("Probe", SECPKG_CRED_OUTBOUND, nullptr, identity);
  if (credential.status() != SEC_E_OK) return "refused";
  SecPkgCredentials_NamesW names{};
  if (QueryCredentialsAttributesW(credential.get(), SECPKG_CRED_ATTR_NAMES, &names) != SEC_E_OK) return "no names";
  std::string text = narrow(names.sUserName);
  FreeContextBuffer(names.sUserName);
  return text;
}

TEST(SspiCredentials, AnIdentityOfThreeStringsReachesThePackageEncryptedOrNot) {
  PSEC_WINNT_AUTH_IDENTITY_OPAQUE identity = nullptr;
  ASSERT_STATUS(SEC_E_OK, SspiEncodeStringsAsAuthIdentity(u"PROBE\\alice", nullptr, u"pass", &identity));
  EXPECT_EQ(seen_by_package(identity), "alice/PROBE/pass");
  ASSERT_STATUS(SEC_E_OK, SspiEncryptAuthIdentity(identity));
  EXPECT_EQ(seen_by_package(identity), "alice/PROBE/pass");
  EXPECT_TRUE(SspiIsAuthIdentityEncrypted(identity));
  static_cast<SEC_WINNT_AUTH_IDENTITY_EX2*>(identity)->UserLength -= 2;
  EXPECT_EQ(seen_by_package(identity), "refused");
  SspiFreeAuthIdentity(identity);
}

TEST(SspiCredentials, AnIdentityReachesThePackageWhole) {
  std::u16string user = u"alice", domain = u"PROBE", password = u"pass";
  SEC_WINNT_AUTH_IDENTITY_W identity{};
  identity.User = reinterpret_cast<USHORT*>(user.data());
  identity.UserLength = 5;
  identity.Domain = reinterpret_cast<USHORT*>(domain.data());
  identity.DomainLength = 5;
  identity.Password = reinterpret_cast<USHORT*>(password.data());
  identity.PasswordLength = 4;
  identity.Flags = SEC_WINNT_AUTH_IDENTITY_UNICODE;
  Credential credential("Probe", SECPKG_CRED_OUTBOUND, nullptr, &identity);
  ASSERT_STATUS(SEC_E_OK, credential.status());
  SecPkgCredentials_NamesW names{};
  ASSERT_STATUS(SEC_E_OK, QueryCredentialsAttributesW(credential.get(), SECPKG_CRED_ATTR_NAMES, &names));
  EXPECT_EQ(narrow(names.sUserName), "alice/PROBE/pass");
  EXPECT_STATUS(SEC_E_OK, FreeContextBuffer(names.sUserName));

  char ansi_user[] = "bob", ansi_password[] = "word";
  SEC_WINNT_AUTH_IDENTITY_A ansi{};
  ansi.User = reinterpret_cast<UCHAR*>(ansi_user);
  ansi.UserLength = 3;
  ansi.Password = reinterpret_cast<UCHAR*>(ansi_password);
  ansi.PasswordLength = 4;
  ansi.Flags = SEC_WINNT_AUTH_IDENTITY_ANSI;
  Credential other = Credential::by_ansi("Probe", SECPKG_CRED_OUTBOUND, nullptr, &ansi);
  ASSERT_STATUS(SEC_E_OK, other.status());
  SecPkgCredentials_NamesA ansi_names{};
  ASSERT_STATUS(SEC_E_OK, QueryCredentialsAttributesA(other.get(), SECPKG_CRED_ATTR_NAMES, &ansi_names));
  EXPECT_STREQ(ansi_names.sUserName, "bob//word");
  FreeContextBuffer(ansi_names.sUserName);

  identity.Flags = 0;  // neither ANSI nor UNICODE: no documented structure
  EXPECT_STATUS(SEC_E_UNKNOWN_CREDENTIALS, Credential("Probe", SECPKG_CRED_OUTBOUND, nullptr, &identity).status());
  identity.Flags = SEC_WINNT_AUTH_IDENTITY_UNICODE;
  identity.UserLength = 0x80000000u;
  EXPECT_STATUS(SEC_E_UNKNOWN_CREDENTIALS, Credential("Probe", SECPKG_CRED_OUTBOUND, nullptr, &identity).status());
}

}  // namespace
}  // namespace openlsa::test
