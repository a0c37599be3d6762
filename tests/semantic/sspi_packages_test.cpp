// EnumerateSecurityPackages, QuerySecurityPackageInfo, InitSecurityInterface, in A and W.
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

TEST(SspiPackages, AreListedInBothForms) {
  ULONG count = 0, ansi_count = 0;
  PSecPkgInfoW wide_list = nullptr;
  PSecPkgInfoA ansi_list = nullptr;
  ASSERT_STATUS(SEC_E_OK, EnumerateSecurityPackagesW(&count, &wide_list));
  ASSERT_STATUS(SEC_E_OK, EnumerateSecurityPackagesA(&ansi_count, &ansi_list));
  ASSERT_EQ(count, ansi_count);
  bool found = false;
  for (ULONG i = 0; i < count; ++i) {
    EXPECT_EQ(narrow(wide_list[i].Name), ansi_list[i].Name);
    if (std::strcmp(ansi_list[i].Name, "Probe") != 0) continue;
    found = true;
    EXPECT_EQ(narrow(wide_list[i].Comment), "does what its input tells it to do");
    EXPECT_EQ(ansi_list[i].cbMaxToken, 16384u);
    EXPECT_EQ(wide_list[i].wRPCID, SECPKG_ID_NONE);
    EXPECT_NE(wide_list[i].fCapabilities & SECPKG_FLAG_PRIVACY, 0u);
  }
  EXPECT_TRUE(found);
  EXPECT_STATUS(SEC_E_OK, FreeContextBuffer(wide_list));
  EXPECT_STATUS(SEC_E_OK, FreeContextBuffer(ansi_list));
}

TEST(SspiPackages, AreFoundByName) {
  PSecPkgInfoA info = nullptr;
  char name[] = "probe2", missing[] = "No Such Package";
  ASSERT_STATUS(SEC_E_OK, QuerySecurityPackageInfoA(name, &info));
  EXPECT_STREQ(info->Name, "Probe2");
  EXPECT_STREQ(info->Comment, "the second package of the file");
  FreeContextBuffer(info);
  info = nullptr;
  EXPECT_STATUS(SEC_E_SECPKG_NOT_FOUND, QuerySecurityPackageInfoA(missing, &info));
  EXPECT_EQ(info, nullptr);
  PSecPkgInfoW wide_info = nullptr;
  auto wide_name = wide("Probe");
  ASSERT_STATUS(SEC_E_OK, QuerySecurityPackageInfoW(wide_name.data(), &wide_info));
  EXPECT_EQ(narrow(wide_info->Name), "Probe");
  FreeContextBuffer(wide_info);
}

TEST(SspiPackages, TheTablesNameTheFunctions) {
  const PSecurityFunctionTableW wide_table = InitSecurityInterfaceW();
  const PSecurityFunctionTableA ansi_table = InitSecurityInterfaceA();
  ASSERT_NE(wide_table, nullptr);
  ASSERT_NE(ansi_table, nullptr);
  EXPECT_GE(wide_table->dwVersion, 1u);
  EXPECT_EQ(wide_table->AcquireCredentialsHandleW, AcquireCredentialsHandleW);
  EXPECT_EQ(ansi_table->AcquireCredentialsHandleA, AcquireCredentialsHandleA);
  EXPECT_EQ(wide_table->EncryptMessage, EncryptMessage);
  EXPECT_EQ(ansi_table->AcceptSecurityContext, AcceptSecurityContext);
  EXPECT_EQ(wide_table->Reserved2, nullptr);
}

}  // namespace
}  // namespace openlsa::test
