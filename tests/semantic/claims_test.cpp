// LSA_TOKEN_INFORMATION_V3: what a package claims of a user and a device is in the token.
#include <gtest/gtest.h>
#include <openlsa/ntstatus.h>
#include <openlsa/winerror.h>

#include "support/authority_environment.hpp"
#include "support/child.hpp"
#include "support/lsa_client.hpp"
#include "support/tokens.hpp"

namespace openlsa::test {
namespace {

LogonResult logon(const std::string& script) { return Connection::trusted().logon("Probe", script); }

const CLAIM_SECURITY_ATTRIBUTES_INFORMATION* claims_in(const std::vector<UCHAR>& bytes) {
  return reinterpret_cast<const CLAIM_SECURITY_ATTRIBUTES_INFORMATION*>(bytes.data());
}

TEST(Claims, AreInTheTokenAsThePackageSaidThem) {
  const LogonResult result = logon("user=alice\ntype=v3");
  ASSERT_STATUS(STATUS_SUCCESS, result.status);
  EXPECT_EQ(token_user(result.token.get()), alice().sid);
  const std::vector<UCHAR> bytes = token_information(result.token.get(), TokenUserClaimAttributes);
  ASSERT_GE(bytes.size(), sizeof(CLAIM_SECURITY_ATTRIBUTES_INFORMATION));
  const auto* claims = claims_in(bytes);
  ASSERT_EQ(claims->AttributeCount, 7u);
  const CLAIM_SECURITY_ATTRIBUTE_V1* claim = claims->Attribute.pAttributeV1;
  EXPECT_EQ(narrow(claim[0].Name), "title");
  EXPECT_EQ(claim[0].Flags, DWORD{CLAIM_SECURITY_ATTRIBUTE_MANDATORY});
  ASSERT_EQ(claim[0].ValueCount, 2u);
  EXPECT_EQ(narrow(claim[0].Values.ppString[1]), "cook");
  EXPECT_EQ(claim[1].Values.pInt64[0], -7);
  EXPECT_EQ(claim[2].Values.pUint64[0], 0xffffffffffffffffu);
  EXPECT_EQ(claim[3].ValueType, CLAIM_SECURITY_ATTRIBUTE_TYPE_BOOLEAN);
  EXPECT_EQ(claim[3].Values.pUint64[0], 1u);
  EXPECT_EQ(claim[4].Values.pFqbn[0].Version, 0x1000200030004u);
  EXPECT_EQ(narrow(claim[4].Values.pFqbn[0].Name), "O=probe");
  EXPECT_EQ(sid_text(claim[5].Values.pOctetString[0].pValue), "S-1-1-0");
  EXPECT_EQ(claim[6].Values.pOctetString[0].ValueLength, 3u);

  const std::vector<UCHAR> device = token_information(result.token.get(), TokenDeviceClaimAttributes);
  ASSERT_EQ(claims_in(device)->AttributeCount, 1u);
  EXPECT_EQ(narrow(claims_in(device)->Attribute.pAttributeV1[0].Name), "zone");
  const std::vector<UCHAR> groups = token_information(result.token.get(), TokenDeviceGroups);
  const auto* device_groups = reinterpret_cast<const TOKEN_GROUPS*>(groups.data());
  ASSERT_EQ(device_groups->GroupCount, 1u);
  EXPECT_EQ(sid_text(device_groups->Groups[0].Sid), "S-1-5-32-579");
  EXPECT_FALSE(token_groups(result.token.get()).contains("S-1-5-32-579")) << "the device's groups are not the user's";
}

TEST(Claims, StayInADuplicate) {
  const LogonResult result = logon("user=alice\ntype=v3");
  HANDLE copy = nullptr;
  ASSERT_TRUE(DuplicateToken(result.token.get(), SecurityImpersonation, &copy));
  EXPECT_EQ(claims_in(token_information(copy, TokenUserClaimAttributes))->AttributeCount, 7u);
  CloseHandle(copy);
}

TEST(Claims, ATokenOfV1HasNone) {
  const LogonResult result = logon("user=alice\ntype=v1");
  ASSERT_STATUS(STATUS_SUCCESS, result.status);
  EXPECT_EQ(claims_in(token_information(result.token.get(), TokenUserClaimAttributes))->AttributeCount, 0u);
  const std::vector<UCHAR> groups = token_information(result.token.get(), TokenDeviceGroups);
  EXPECT_EQ(reinterpret_cast<const TOKEN_GROUPS*>(groups.data())->GroupCount, 0u);
}

TEST(Claims, WhatIsNotSoundEndsTheLogon) {
  for (const char* wrong : {"wild", "count", "type", "flags", "boolean"}) {
    const LogWatch log("probe");
    const LogonResult result = logon(std::string("user=alice\ntype=v3\nclaims=") + wrong);
    EXPECT_FALSE(NT_SUCCESS(result.status)) << wrong;
    EXPECT_FALSE(result.token) << wrong;
    EXPECT_EQ(result.luid, 0u) << wrong;
    EXPECT_TRUE(log.wait({"LogonTerminated", "0"})) << wrong << ": the package had reported success";
    EXPECT_EQ(log.count({"AcceptCredentials", "0"}), 0) << wrong;
  }
  EXPECT_STATUS(STATUS_SUCCESS, logon("user=alice\ntype=v3").status);
}

TEST(Claims, SurrogatesSeeThemToo) {
  const LogWatch witness("witness");
  ASSERT_STATUS(STATUS_SUCCESS, logon("user=alice\ntype=v3").status);
  const std::string line = witness.find({"AfterLogon", "0"});
  EXPECT_NE(line.find(":7:title=chief,cook:1"), std::string::npos) << line;
}

}  // namespace
}  // namespace openlsa::test
