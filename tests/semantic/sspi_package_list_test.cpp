// AddSecurityPackage and DeleteSecurityPackage of packages that the authority hosts.
#include <gtest/gtest.h>
#include <openlsa/sspi.h>
#include <openlsa/winerror.h>

#include "support/authority_environment.hpp"
#include "support/child.hpp"
#include "support/composition.hpp"
#include "support/sspi_client.hpp"
#include "support/text.hpp"

namespace openlsa::test {
namespace {

SECURITY_STATUS add(std::string name, ULONG flags) {
  SECURITY_PACKAGE_OPTIONS options{sizeof options, SECPKG_OPTIONS_TYPE_LSA, flags, 0, nullptr};
  return AddSecurityPackageA(name.data(), &options);
}

// As in the value Security Packages: without the ending.
std::string late() {
  const std::string file = package_file("late_package");
  return file.substr(0, file.size() - 3);
}

TEST(SspiPackageList, AnAdministratorAddsAndDeletes) {
  ASSERT_STATUS(SEC_E_OK, add(late(), SECPKG_OPTIONS_PERMANENT));
  EXPECT_STATUS(SEC_E_OK, Credential("Late", SECPKG_CRED_OUTBOUND).status());
  EXPECT_STATUS(SEC_E_CANNOT_INSTALL, add(late(), SECPKG_OPTIONS_PERMANENT)) << "it is there";
  std::string name = late(), file = name + ".so", other = name + ".1";
  EXPECT_STATUS(SEC_E_SECPKG_NOT_FOUND, DeleteSecurityPackageA(file.data())) << "a bare SSP's, which there is none of";
  EXPECT_STATUS(SEC_E_SECPKG_NOT_FOUND, DeleteSecurityPackageA(other.data()));
  EXPECT_STATUS(SEC_E_OK, Credential("Late", SECPKG_CRED_OUTBOUND).status()) << "it is still there";
  EXPECT_STATUS(SEC_E_OK, DeleteSecurityPackageA(name.data()));
  EXPECT_STATUS(SEC_E_SECPKG_NOT_FOUND, Credential("Late", SECPKG_CRED_OUTBOUND).status());
  EXPECT_STATUS(SEC_E_SECPKG_NOT_FOUND, DeleteSecurityPackageA(name.data()));
}

TEST(SspiPackageList, WhatCannotBeAddedIsNot) {
  EXPECT_STATUS(SEC_E_UNSUPPORTED_FUNCTION, add(late(), 0)) << "for good, or not at all";
  EXPECT_STATUS(SEC_E_SECPKG_NOT_FOUND, add("/tmp/there-is-no-such-package", SECPKG_OPTIONS_PERMANENT));
  EXPECT_STATUS(SEC_E_CANNOT_INSTALL, add(package_file("bare_provider"), SECPKG_OPTIONS_PERMANENT)) << "a bare SSP";
  EXPECT_STATUS(SEC_E_SECPKG_NOT_FOUND, Credential("Late", SECPKG_CRED_OUTBOUND).status());
}

TEST(SspiPackageList, OthersAreRefusedAndStayConnected) {
  OPENLSA_NEEDS_ROOT();
  OPENLSA_NEEDS_DAEMON();
  const std::string said = in_child(
      [] {
        Credential before("Probe", SECPKG_CRED_OUTBOUND);
        std::string text = status_text(add(late(), SECPKG_OPTIONS_PERMANENT));
        text += " " + status_text(DeleteSecurityPackageA(const_cast<char*>("Probe")));
        text += " " + status_text(DeleteSecurityPackageA(const_cast<char*>("Nobody")));
        return text + " " + status_text(before.free());
      },
      Identity{alice().uid, alice().gid});
  EXPECT_EQ(said, status_text(SEC_E_NOT_OWNER) + " " + status_text(SEC_E_NOT_OWNER) + " " +
                      status_text(SEC_E_SECPKG_NOT_FOUND) + " " + status_text(SEC_E_OK));
}

}  // namespace
}  // namespace openlsa::test
