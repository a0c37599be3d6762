// QueryContextAttributes: what user mode answers, and the context thunks of LSA mode.
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

TEST(SspiAttributes, UserModeAnswersItsOwnAndLsaModeTheThunks) {
  const LogWatch log("probe");
  Conversation talk("a-user=alice");
  ASSERT_TRUE(talk.complete());
  SecPkgContext_Sizes sizes{};
  ASSERT_STATUS(SEC_E_OK, QueryContextAttributesW(talk.acceptor.get(), SECPKG_ATTR_SIZES, &sizes));
  EXPECT_EQ(sizes.cbMaxSignature, 16u);
  SecPkgContext_Flags flags{};
  ASSERT_STATUS(SEC_E_OK, QueryContextAttributesA(talk.initiator.get(), SECPKG_ATTR_FLAGS, &flags));
  EXPECT_EQ(flags.Flags, 1u);
  SecPkgContext_NamesW names{};
  ASSERT_STATUS(SEC_E_OK, QueryContextAttributesW(talk.acceptor.get(), SECPKG_ATTR_NAMES, &names));
  EXPECT_EQ(narrow(names.sUserName), "alice");
  EXPECT_STATUS(SEC_E_OK, FreeContextBuffer(names.sUserName));
  EXPECT_EQ(log.count({"QueryContextAttributes"}), 0) << "nothing of that crossed to LSA mode";

  SecPkgContext_NativeNamesW native{};
  ASSERT_STATUS(SEC_E_OK, QueryContextAttributesW(talk.acceptor.get(), SECPKG_ATTR_NATIVE_NAMES, &native));
  EXPECT_EQ(narrow(native.sClientName), "client of alice");
  EXPECT_EQ(narrow(native.sServerName), "server");
  EXPECT_STATUS(SEC_E_OK, FreeContextBuffer(native.sClientName));
  EXPECT_STATUS(SEC_E_OK, FreeContextBuffer(native.sServerName));
  SecPkgContext_NativeNamesA ansi{};
  ASSERT_STATUS(SEC_E_OK, QueryContextAttributesA(talk.acceptor.get(), SECPKG_ATTR_NATIVE_NAMES, &ansi));
  EXPECT_STREQ(ansi.sClientName, "client of alice");
  FreeContextBuffer(ansi.sClientName);
  FreeContextBuffer(ansi.sServerName);
  SecPkgContext_Lifespan span{};
  ASSERT_STATUS(SEC_E_OK, QueryContextAttributesW(talk.initiator.get(), SECPKG_ATTR_LIFESPAN, &span));
  EXPECT_EQ(span.tsStart.QuadPart, 11);
  EXPECT_EQ(span.tsExpiry.QuadPart, 22);
  EXPECT_EQ(log.count({"QueryContextAttributes", std::to_string(SECPKG_ATTR_NATIVE_NAMES)}), 2);
  EXPECT_EQ(log.count({"QueryContextAttributes", std::to_string(SECPKG_ATTR_LIFESPAN)}), 1);
}

TEST(SspiAttributes, WhatNobodyAnswers) {
  Conversation talk("a-user=alice");
  ASSERT_TRUE(talk.complete());
  SecPkgContext_KeyInfoW key{};
  EXPECT_STATUS(SEC_E_UNSUPPORTED_FUNCTION, QueryContextAttributesW(talk.acceptor.get(), SECPKG_ATTR_KEY_INFO, &key));
  EXPECT_LT(QueryContextAttributesW(talk.acceptor.get(), SECPKG_ATTR_SIZES, nullptr), 0);
  UCHAR unknown[64] = {};
  EXPECT_LT(QueryContextAttributesW(talk.acceptor.get(), 0x7fff, unknown), 0);
  for (const UCHAR byte : unknown) EXPECT_EQ(byte, 0);
}

TEST(SspiAttributes, PackageInfoComesInBothForms) {
  Conversation talk("a-user=alice");
  ASSERT_TRUE(talk.complete());
  SecPkgContext_PackageInfoW wide_info{};
  ASSERT_STATUS(SEC_E_OK, QueryContextAttributesW(talk.initiator.get(), SECPKG_ATTR_PACKAGE_INFO, &wide_info));
  EXPECT_EQ(narrow(wide_info.PackageInfo->Comment), "from user mode");
  FreeContextBuffer(wide_info.PackageInfo);
  SecPkgContext_PackageInfoA info{};
  ASSERT_STATUS(SEC_E_OK, QueryContextAttributesA(talk.initiator.get(), SECPKG_ATTR_PACKAGE_INFO, &info));
  EXPECT_STREQ(info.PackageInfo->Name, "Probe");
  EXPECT_STREQ(info.PackageInfo->Comment, "from user mode");
  EXPECT_EQ(info.PackageInfo->cbMaxToken, 16384u);
  EXPECT_STATUS(SEC_E_OK, FreeContextBuffer(info.PackageInfo));
}

}  // namespace
}  // namespace openlsa::test
