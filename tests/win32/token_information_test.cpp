// GetTokenInformation, against its documentation.
#include <gtest/gtest.h>
#include <openlsa/windows.h>

#include <cstring>
#include <vector>

#include "fake_backend.hpp"
#include "nt/sid.hpp"

namespace openlsa::win32_tests {
namespace {

class TokenInformationTest : public testing::Test {
 protected:
  void SetUp() override { backend.reset(); }
  HANDLE token(nt::TokenData data = sample_token()) {
    return reinterpret_cast<HANDLE>(std::uintptr_t{backend.add(std::move(data))});
  }
  // The two calls of the documentation's example: the size, then the information.
  template <class T>
  T* query(HANDLE handle, TOKEN_INFORMATION_CLASS information_class) {
    DWORD size = 0;
    EXPECT_FALSE(GetTokenInformation(handle, information_class, nullptr, 0, &size));
    EXPECT_EQ(GetLastError(), static_cast<DWORD>(ERROR_INSUFFICIENT_BUFFER));
    buffer.assign(size / 8 + 1, 0xeeeeeeeeeeeeeeee);
    DWORD written = 0;
    if (!GetTokenInformation(handle, information_class, buffer.data(), size, &written)) return nullptr;
    EXPECT_EQ(written, size);
    size_bytes = size;
    return reinterpret_cast<T*>(buffer.data());
  }
  template <class T>
  T fixed(HANDLE handle, TOKEN_INFORMATION_CLASS information_class) {
    T value{};
    DWORD size = 0;
    EXPECT_TRUE(GetTokenInformation(handle, information_class, &value, sizeof value, &size));
    EXPECT_EQ(size, sizeof value);
    return value;
  }
  bool inside(const void* pointer, std::size_t count) const {
    const auto at = reinterpret_cast<std::uintptr_t>(pointer);
    const auto begin = reinterpret_cast<std::uintptr_t>(buffer.data());
    return at >= begin && at + count <= begin + size_bytes;
  }
  // A SID that lies wholly in the buffer.
  nt::Sid sid_at(PSID sid) const {
    EXPECT_TRUE(inside(sid, 8));
    EXPECT_TRUE(inside(sid, GetLengthSid(sid)));
    return nt::Sid::from_bytes(base::as_bytes(sid, GetLengthSid(sid))).value_or(nt::Sid{});
  }
  FakeBackend& backend = FakeBackend::installed();
  std::vector<std::uint64_t> buffer;
  std::size_t size_bytes = 0;
};

TEST_F(TokenInformationTest, UserIsSelfContained) {
  const auto* user = query<TOKEN_USER>(token(), TokenUser);
  ASSERT_NE(user, nullptr);
  EXPECT_EQ(sid_at(user->User.Sid), sample_token().information.user.sid);
  EXPECT_EQ(user->User.Attributes, 0u);
}

TEST_F(TokenInformationTest, NullInformationIsTheAnonymousUser) {
  nt::TokenData data = sample_token();
  data.information.user = {};
  EXPECT_EQ(sid_at(query<TOKEN_USER>(token(data), TokenUser)->User.Sid), nt::well_known::anonymous);
}

TEST_F(TokenInformationTest, GroupsInOrder) {
  const auto* groups = query<TOKEN_GROUPS>(token(), TokenGroups);
  ASSERT_NE(groups, nullptr);
  ASSERT_EQ(groups->GroupCount, 2u);
  EXPECT_EQ(sid_at(groups->Groups[0].Sid), nt::well_known::world);
  EXPECT_EQ(sid_at(groups->Groups[1].Sid), nt::well_known::users);
  EXPECT_EQ(groups->Groups[1].Attributes, 7u);
}

TEST_F(TokenInformationTest, NoGroupsIsACountOfZero) {
  nt::TokenData data = sample_token();
  data.information.groups.clear();
  EXPECT_EQ(query<TOKEN_GROUPS>(token(data), TokenGroups)->GroupCount, 0u);
}

TEST_F(TokenInformationTest, Privileges) {
  const auto* privileges = query<TOKEN_PRIVILEGES>(token(), TokenPrivileges);
  ASSERT_NE(privileges, nullptr);
  ASSERT_EQ(privileges->PrivilegeCount, 2u);
  EXPECT_EQ(privileges->Privileges[0].Luid.LowPart, 23u);
  EXPECT_EQ(privileges->Privileges[0].Attributes, 3u);
  EXPECT_EQ(privileges->Privileges[1].Luid.LowPart, 20u);
}

TEST_F(TokenInformationTest, OwnerFallsBackToTheUser) {
  nt::TokenData data = sample_token();
  EXPECT_EQ(sid_at(query<TOKEN_OWNER>(token(data), TokenOwner)->Owner), data.information.user.sid);
  data.information.owner = nt::well_known::administrators;
  EXPECT_EQ(sid_at(query<TOKEN_OWNER>(token(data), TokenOwner)->Owner), nt::well_known::administrators);
  EXPECT_EQ(sid_at(query<TOKEN_PRIMARY_GROUP>(token(data), TokenPrimaryGroup)->PrimaryGroup),
            data.information.primary_group);
}

TEST_F(TokenInformationTest, DefaultDaclOrNull) {
  nt::TokenData data = sample_token();
  const auto* dacl = query<TOKEN_DEFAULT_DACL>(token(data), TokenDefaultDacl);
  ASSERT_TRUE(inside(dacl->DefaultDacl, data.information.default_dacl.size()));
  EXPECT_EQ(std::memcmp(dacl->DefaultDacl, data.information.default_dacl.data(), 8), 0);
  data.information.default_dacl.clear();
  EXPECT_EQ(query<TOKEN_DEFAULT_DACL>(token(data), TokenDefaultDacl)->DefaultDacl, nullptr);
}

TEST_F(TokenInformationTest, GroupsAndPrivilegesBeginWithTheUser) {
  const auto* all = query<TOKEN_GROUPS_AND_PRIVILEGES>(token(), TokenGroupsAndPrivileges);
  ASSERT_NE(all, nullptr);
  ASSERT_EQ(all->SidCount, 3u);
  EXPECT_EQ(sid_at(all->Sids[0].Sid), sample_token().information.user.sid);
  EXPECT_EQ(sid_at(all->Sids[2].Sid), nt::well_known::users);
  EXPECT_EQ(all->SidLength, 3 * sizeof(SID_AND_ATTRIBUTES) + 28 + 12 + 16);
  EXPECT_EQ(all->RestrictedSidCount, 0u);
  EXPECT_EQ(all->RestrictedSids, nullptr);
  ASSERT_EQ(all->PrivilegeCount, 2u);
  ASSERT_TRUE(inside(all->Privileges, all->PrivilegeLength));
  EXPECT_EQ(all->Privileges[1].Luid.LowPart, 20u);
  EXPECT_EQ(all->AuthenticationId.LowPart, 0x2002u);
  EXPECT_EQ(all->AuthenticationId.HighPart, 1);
}

TEST_F(TokenInformationTest, FixedClasses) {
  const HANDLE handle = token();
  const auto statistics = fixed<TOKEN_STATISTICS>(handle, TokenStatistics);
  EXPECT_EQ(statistics.TokenId.LowPart, 0x1001u);
  EXPECT_EQ(statistics.AuthenticationId.LowPart, 0x2002u);
  EXPECT_EQ(statistics.ModifiedId.LowPart, 0x3003u);
  EXPECT_EQ(statistics.ExpirationTime.QuadPart, MAXLONGLONG);
  EXPECT_EQ(statistics.TokenType, TokenImpersonation);
  EXPECT_EQ(statistics.ImpersonationLevel, SecurityImpersonation);
  EXPECT_EQ(statistics.GroupCount, 2u);
  EXPECT_EQ(statistics.PrivilegeCount, 2u);
  const auto source = fixed<TOKEN_SOURCE>(handle, TokenSource);
  EXPECT_EQ(std::memcmp(source.SourceName, "FakeTest", 8), 0);
  EXPECT_EQ(source.SourceIdentifier.LowPart, 0x77u);
  EXPECT_EQ(fixed<TOKEN_TYPE>(handle, TokenType), TokenImpersonation);
  EXPECT_EQ(fixed<SECURITY_IMPERSONATION_LEVEL>(handle, TokenImpersonationLevel), SecurityImpersonation);
  EXPECT_EQ(fixed<DWORD>(handle, TokenSessionId), 0u);
  EXPECT_EQ(fixed<TOKEN_ORIGIN>(handle, TokenOrigin).OriginatingLogonSession.LowPart, 0u);
}

// "The ID of the logon session that created it", for a logon with explicit credentials (TOKEN_ORIGIN).
TEST_F(TokenInformationTest, OriginOfAnExplicitLogon) {
  nt::TokenData data = sample_token();
  data.origin = nt::Luid::from_parts(0x1234, 7);
  const TOKEN_ORIGIN origin = fixed<TOKEN_ORIGIN>(token(data), TokenOrigin);
  EXPECT_EQ(origin.OriginatingLogonSession.LowPart, 0x1234u);
  EXPECT_EQ(origin.OriginatingLogonSession.HighPart, 7);
}

TEST_F(TokenInformationTest, ClaimsOfEachType) {
  nt::TokenData data = sample_token();
  const base::Bytes sid = nt::well_known::world.to_bytes();
  data.information.user_claims = {
      {u"int", CLAIM_SECURITY_ATTRIBUTE_TYPE_INT64, CLAIM_SECURITY_ATTRIBUTE_MANDATORY, {~0ull, 2}, {}, {}},
      {u"text", CLAIM_SECURITY_ATTRIBUTE_TYPE_STRING, 0, {}, {u"one", u"", u"three"}, {}},
      {u"fqbn", CLAIM_SECURITY_ATTRIBUTE_TYPE_FQBN, 0, {5, 6}, {u"O=x", u"O=y"}, {}},
      {u"sid", CLAIM_SECURITY_ATTRIBUTE_TYPE_SID, 0, {}, {}, {sid}},
      {u"octets", CLAIM_SECURITY_ATTRIBUTE_TYPE_OCTET_STRING, 0, {}, {}, {{1, 2, 3}, {}}},
      {u"bool", CLAIM_SECURITY_ATTRIBUTE_TYPE_BOOLEAN, 0, {1}, {}, {}},
      {u"none", CLAIM_SECURITY_ATTRIBUTE_TYPE_UINT64, 0, {}, {}, {}}};
  const auto* claims = query<CLAIM_SECURITY_ATTRIBUTES_INFORMATION>(token(data), TokenUserClaimAttributes);
  ASSERT_NE(claims, nullptr);
  EXPECT_EQ(claims->Version, CLAIM_SECURITY_ATTRIBUTES_INFORMATION_VERSION);
  ASSERT_EQ(claims->AttributeCount, 7u);
  const CLAIM_SECURITY_ATTRIBUTE_V1* attributes = claims->Attribute.pAttributeV1;
  ASSERT_TRUE(inside(attributes, 7 * sizeof *attributes));
  const auto text = [&](const WCHAR* at, std::u16string_view expected) {
    return inside(at, (expected.size() + 1) * 2) &&
           std::u16string_view(reinterpret_cast<const char16_t*>(at)) == expected;
  };
  for (DWORD i = 0; i < 7; ++i) {
    EXPECT_TRUE(text(attributes[i].Name, data.information.user_claims[i].name)) << i;
    EXPECT_EQ(attributes[i].ValueType, data.information.user_claims[i].type) << i;
    EXPECT_EQ(attributes[i].Reserved, 0u) << i;
  }
  EXPECT_EQ(attributes[0].Flags, DWORD{CLAIM_SECURITY_ATTRIBUTE_MANDATORY});
  ASSERT_EQ(attributes[0].ValueCount, 2u);
  EXPECT_EQ(attributes[0].Values.pInt64[0], -1);
  EXPECT_EQ(attributes[0].Values.pInt64[1], 2);
  ASSERT_EQ(attributes[1].ValueCount, 3u);
  EXPECT_TRUE(text(attributes[1].Values.ppString[0], u"one"));
  EXPECT_TRUE(text(attributes[1].Values.ppString[1], u""));
  EXPECT_TRUE(text(attributes[1].Values.ppString[2], u"three"));
  EXPECT_EQ(attributes[2].Values.pFqbn[1].Version, 6u);
  EXPECT_TRUE(text(attributes[2].Values.pFqbn[1].Name, u"O=y"));
  ASSERT_EQ(attributes[3].Values.pOctetString[0].ValueLength, sid.size());
  EXPECT_EQ(sid_at(attributes[3].Values.pOctetString[0].pValue), nt::well_known::world);
  ASSERT_EQ(attributes[4].ValueCount, 2u);
  ASSERT_TRUE(inside(attributes[4].Values.pOctetString[0].pValue, 3));
  EXPECT_EQ(std::memcmp(attributes[4].Values.pOctetString[0].pValue, "\1\2\3", 3), 0);
  EXPECT_EQ(attributes[4].Values.pOctetString[1].ValueLength, 0u);
  EXPECT_EQ(attributes[5].Values.pUint64[0], 1u);
  EXPECT_EQ(attributes[6].ValueCount, 0u);
  EXPECT_EQ(attributes[6].Values.pUint64, nullptr);
}

TEST_F(TokenInformationTest, ATokenWithoutClaimsHasNone) {
  const HANDLE handle = token();
  for (const TOKEN_INFORMATION_CLASS which : {TokenUserClaimAttributes, TokenDeviceClaimAttributes}) {
    const auto* claims = query<CLAIM_SECURITY_ATTRIBUTES_INFORMATION>(handle, which);
    ASSERT_NE(claims, nullptr);
    EXPECT_EQ(claims->Version, CLAIM_SECURITY_ATTRIBUTES_INFORMATION_VERSION);
    EXPECT_EQ(claims->AttributeCount, 0u);
    EXPECT_EQ(claims->Attribute.pAttributeV1, nullptr);
  }
  EXPECT_EQ(query<TOKEN_GROUPS>(handle, TokenDeviceGroups)->GroupCount, 0u);
}

TEST_F(TokenInformationTest, DeviceClaimsAndGroupsAreTheDevices) {
  nt::TokenData data = sample_token();
  data.information.device_claims = {{u"zone", CLAIM_SECURITY_ATTRIBUTE_TYPE_STRING, 0, {}, {u"lab"}, {}}};
  data.information.device_groups = {{nt::well_known::authenticated_users, 7}};
  const HANDLE handle = token(data);
  EXPECT_EQ(query<CLAIM_SECURITY_ATTRIBUTES_INFORMATION>(handle, TokenDeviceClaimAttributes)->AttributeCount, 1u);
  EXPECT_EQ(query<CLAIM_SECURITY_ATTRIBUTES_INFORMATION>(handle, TokenUserClaimAttributes)->AttributeCount, 0u);
  const auto* groups = query<TOKEN_GROUPS>(handle, TokenDeviceGroups);
  ASSERT_EQ(groups->GroupCount, 1u);
  EXPECT_EQ(sid_at(groups->Groups[0].Sid), nt::well_known::authenticated_users);
}

TEST_F(TokenInformationTest, ElevationNeedsAdministratorsInForce) {
  nt::TokenData data = sample_token();
  EXPECT_EQ(fixed<TOKEN_ELEVATION>(token(data), TokenElevation).TokenIsElevated, 0u);
  data.information.groups.push_back({nt::well_known::administrators, SE_GROUP_USE_FOR_DENY_ONLY});
  EXPECT_EQ(fixed<TOKEN_ELEVATION>(token(data), TokenElevation).TokenIsElevated, 0u);
  data.information.groups.back().attributes = SE_GROUP_MANDATORY | SE_GROUP_ENABLED;
  EXPECT_NE(fixed<TOKEN_ELEVATION>(token(data), TokenElevation).TokenIsElevated, 0u);
}

TEST_F(TokenInformationTest, ShortBufferIsLeftAlone) {
  const HANDLE handle = token();
  DWORD size = 0;
  ASSERT_FALSE(GetTokenInformation(handle, TokenGroups, nullptr, 0, &size));
  std::vector<std::uint8_t> buffer(size, 0xee);
  DWORD needed = 0;
  EXPECT_FALSE(GetTokenInformation(handle, TokenGroups, buffer.data(), size - 1, &needed));
  EXPECT_EQ(GetLastError(), static_cast<DWORD>(ERROR_INSUFFICIENT_BUFFER));
  EXPECT_EQ(needed, size);
  EXPECT_EQ(buffer, std::vector<std::uint8_t>(size, 0xee));
  EXPECT_FALSE(GetTokenInformation(handle, TokenStatistics, buffer.data(), 1, &needed));
  EXPECT_EQ(GetLastError(), static_cast<DWORD>(ERROR_BAD_LENGTH));
  EXPECT_EQ(needed, sizeof(TOKEN_STATISTICS));
}

TEST_F(TokenInformationTest, Refusals) {
  DWORD size = 0;
  DWORD value = 0;
  nt::TokenData primary = sample_token();
  primary.type = nt::TokenType::primary;
  EXPECT_FALSE(GetTokenInformation(token(primary), TokenImpersonationLevel, &value, sizeof value, &size));
  EXPECT_EQ(GetLastError(), static_cast<DWORD>(ERROR_INVALID_PARAMETER));
  EXPECT_FALSE(GetTokenInformation(token(), static_cast<TOKEN_INFORMATION_CLASS>(9999), &value, sizeof value, &size));
  EXPECT_EQ(GetLastError(), static_cast<DWORD>(ERROR_INVALID_PARAMETER));
  EXPECT_FALSE(GetTokenInformation(token(), TokenType, &value, sizeof value, nullptr));
  for (std::uintptr_t stale : {0ul, 3ul, 0x7ffff8ul, 0x100000008ul, ~0ul}) {
    EXPECT_FALSE(GetTokenInformation(reinterpret_cast<HANDLE>(stale), TokenType, &value, sizeof value, &size)) << stale;
    EXPECT_EQ(GetLastError(), static_cast<DWORD>(ERROR_INVALID_HANDLE)) << stale;
  }
}

}  // namespace
}  // namespace openlsa::win32_tests
