// What a package must keep to be registered beside others.
#include "authority/packages/registration.hpp"

#include <gtest/gtest.h>
#include <openlsa/ntstatus.h>
#include <openlsa/sspi.h>

namespace openlsa::authority {
namespace {

seam::PackageInfo package(const char16_t* name, std::uint32_t capabilities = 0) {
  seam::PackageInfo info;
  info.name = name;
  info.capabilities = capabilities;
  return info;
}

const std::string other_file = "other";

TEST(Registration, NamesOfBuiltInPackagesAreTaken) {
  for (const char16_t* name : {u"NTLM", u"kerberos", u"NEGOTIATE", u"Microsoft Unified Security Protocol Provider",
                               u"MICROSOFT_AUTHENTICATION_PACKAGE_V1_0"}) {
    const std::optional<Objection> objection = objection_to(package(name), {});
    ASSERT_TRUE(objection);
    EXPECT_EQ(objection->status, STATUS_OBJECT_NAME_COLLISION);
    EXPECT_NE(objection->reason.find("built-in"), std::string::npos) << objection->reason;
  }
  for (const char16_t* name : {u"Kerberos2", u"NTL", u"Negotiate ", u"SshKey"})
    EXPECT_FALSE(objection_to(package(name), {}));
}

TEST(Registration, ANameHasOnePackage) {
  const seam::PackageInfo here = package(u"SshKey");
  const std::optional<Objection> objection = objection_to(package(u"SSHKEY"), {{here, other_file}});
  ASSERT_TRUE(objection);
  EXPECT_EQ(objection->status, STATUS_OBJECT_NAME_COLLISION);
  EXPECT_NE(objection->reason.find("'other'"), std::string::npos) << objection->reason;
  EXPECT_FALSE(objection_to(package(u"SshKey2"), {{here, other_file}}));
}

TEST(Registration, OnePackageExtendsNegotiate) {
  const seam::PackageInfo here = package(u"One", SECPKG_FLAG_NEGO_EXTENDER), plain = package(u"Plain");
  const seam::PackageInfo second = package(u"Two", SECPKG_FLAG_NEGO_EXTENDER | SECPKG_FLAG_PRIVACY);
  EXPECT_TRUE(objection_to(second, {{plain, other_file}, {here, other_file}}));
  EXPECT_FALSE(objection_to(second, {{plain, other_file}})) << "the first one may";
  EXPECT_FALSE(objection_to(package(u"Three", SECPKG_FLAG_NEGOTIABLE2), {{here, other_file}}))
      << "those that it negotiates may be many";
}

}  // namespace
}  // namespace openlsa::authority
