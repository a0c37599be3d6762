// Which packages are candidates, in what order, and what an identity's package list leaves of them.
#include "client/negotiate/candidates.hpp"

#include <gtest/gtest.h>
#include <openlsa/sspi.h>

#include "client/negotiate/package_list.hpp"
#include "client_negotiate/hex.hpp"

namespace openlsa::client::negotiate {
namespace {

seam::PackageInfo package(const char16_t* name, std::string_view oid, std::uint32_t more = SECPKG_FLAG_NEGOTIABLE) {
  seam::PackageInfo info;
  info.name = name;
  info.capabilities = more;
  info.max_token = 1000;
  info.supports_sspi = true;
  info.extended.gss_oid = hex(oid);
  return info;
}

std::u16string names(const std::vector<Candidate>& candidates) {
  std::u16string text;
  for (const Candidate& candidate : candidates) text += candidate.package.name + u' ';
  return text;
}

TEST(Candidates, AreNegotiableAndHaveAnIdentifier) {
  EXPECT_EQ(names(candidates_among({package(u"NTLM", ""), package(u"Own", "06 02 2a 03"), package(u"Bare", "2a 04"),
                                    package(u"Kerberos", ""), package(u"Nameless", ""), package(u"Wrong", "06 05 2a"),
                                    package(u"Shy", "2a 05", 0), package(u"Loop", "2b 06 01 05 05 02")})),
            u"Kerberos Own Bare NTLM ");
}

TEST(Candidates, KerberosHasTwoNames) {
  const auto candidates = candidates_among({package(u"Kerberos", "")});
  ASSERT_EQ(candidates.size(), 1u);
  ASSERT_EQ(candidates[0].identifiers.size(), 2u);
  EXPECT_EQ(candidates[0].identifiers[0], hex("2a 86 48 82 f7 12 01 02 02")) << "as Windows sends it first";
}

TEST(Candidates, AnIdentifierIsTheFirstPackages) {
  EXPECT_EQ(names(candidates_among({package(u"First", "2a 03"), package(u"Second", "06 02 2a 03"),
                                    package(u"Thief", "2b 06 01 04 01 82 37 02 02 0a"), package(u"NTLM", "")})),
            u"First NTLM ");
}

TEST(Candidates, AreWhatNegotiateIsMadeOf) {
  EXPECT_FALSE(package_info({package(u"Shy", "2a 05", 0)}));
  const auto info = package_info({package(u"Own", "2a 03", SECPKG_FLAG_NEGOTIABLE | SECPKG_FLAG_PRIVACY)});
  ASSERT_TRUE(info);
  EXPECT_EQ(info->name, u"Negotiate");
  EXPECT_EQ(info->rpc_id, 9u);
  EXPECT_GE(info->max_token, 1000u + 100u);
  EXPECT_EQ(info->capabilities & (SECPKG_FLAG_PRIVACY | SECPKG_FLAG_INTEGRITY), std::uint32_t{SECPKG_FLAG_PRIVACY});
}

TEST(PackageList, AllowsOrExcludes) {
  EXPECT_TRUE(PackageList(u"").allows(u"NTLM"));
  const PackageList only(u"NTLM, Own");
  EXPECT_TRUE(only.allows(u"ntlm"));
  EXPECT_TRUE(only.allows(u"Own"));
  EXPECT_FALSE(only.allows(u"Kerberos"));
  const PackageList without(u"!ntlm");
  EXPECT_FALSE(without.allows(u"NTLM"));
  EXPECT_TRUE(without.allows(u"Kerberos"));
  EXPECT_FALSE(PackageList(u"NTLM,!NTLM").allows(u"NTLM"));
}

TEST(PackageList, IsReadFromAnIdentity) {
  char list[] = "NTLM,!Kerberos";
  SEC_WINNT_AUTH_IDENTITY_EXA identity{};
  identity.Version = SEC_WINNT_AUTH_IDENTITY_VERSION;
  identity.Length = sizeof identity;
  identity.Flags = SEC_WINNT_AUTH_IDENTITY_ANSI;
  identity.PackageList = reinterpret_cast<unsigned char*>(list);
  identity.PackageListLength = sizeof list - 1;
  PackageList read;
  ASSERT_EQ(read_package_list(&identity, read), SEC_E_OK);
  EXPECT_TRUE(read.allows(u"NTLM"));
  EXPECT_FALSE(read.allows(u"Kerberos"));
  EXPECT_FALSE(read.allows(u"Own"));
  EXPECT_EQ(read_package_list(nullptr, read), SEC_E_OK);
}

}  // namespace
}  // namespace openlsa::client::negotiate
