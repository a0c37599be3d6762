// SIDs in binary and as text.
#include <gtest/gtest.h>
#include <openlsa/windows.h>

#include <array>
#include <cstring>
#include <string>

namespace openlsa::win32_tests {
namespace {

SID_IDENTIFIER_AUTHORITY nt_authority = SECURITY_NT_AUTHORITY;

struct OwnedSid {
  PSID sid = nullptr;
  ~OwnedSid() { FreeSid(sid); }
};

TEST(Sids, AreBuiltAsDocumented) {
  OwnedSid administrators;
  ASSERT_TRUE(AllocateAndInitializeSid(&nt_authority, 2, SECURITY_BUILTIN_DOMAIN_RID, DOMAIN_ALIAS_RID_ADMINS, 0, 0, 0,
                                       0, 0, 0, &administrators.sid));
  EXPECT_TRUE(IsValidSid(administrators.sid));
  EXPECT_EQ(GetLengthSid(administrators.sid), 16u);
  EXPECT_EQ(*GetSidSubAuthorityCount(administrators.sid), 2);
  EXPECT_EQ(*GetSidSubAuthority(administrators.sid, 1), 544u);
  EXPECT_EQ(GetSidIdentifierAuthority(administrators.sid)->Value[5], 5);
  const unsigned char expected[] = {1, 2, 0, 0, 0, 0, 0, 5, 32, 0, 0, 0, 0x20, 2, 0, 0};
  EXPECT_EQ(std::memcmp(administrators.sid, expected, sizeof expected), 0);
  PSID none = nullptr;
  EXPECT_FALSE(AllocateAndInitializeSid(&nt_authority, 9, 0, 0, 0, 0, 0, 0, 0, 0, &none));
  EXPECT_EQ(GetLastError(), static_cast<DWORD>(ERROR_INVALID_SID));
}

TEST(Sids, InitializeThenFillByPointer) {
  alignas(DWORD) std::array<unsigned char, SECURITY_MAX_SID_SIZE> memory{};
  ASSERT_EQ(GetSidLengthRequired(1), 12u);
  ASSERT_TRUE(InitializeSid(memory.data(), &nt_authority, 1));
  *GetSidSubAuthority(memory.data(), 0) = 18;
  OwnedSid system;
  ASSERT_TRUE(AllocateAndInitializeSid(&nt_authority, 1, 18, 0, 0, 0, 0, 0, 0, 0, &system.sid));
  EXPECT_TRUE(EqualSid(memory.data(), system.sid));
  EXPECT_FALSE(InitializeSid(memory.data(), &nt_authority, 16));
}

TEST(Sids, CopyNeedsRoom) {
  OwnedSid source;
  ASSERT_TRUE(AllocateAndInitializeSid(&nt_authority, 3, 21, 7, 500, 0, 0, 0, 0, 0, &source.sid));
  std::array<unsigned char, 20> memory;
  memory.fill(0xee);
  EXPECT_FALSE(CopySid(19, memory.data(), source.sid));
  EXPECT_EQ(GetLastError(), static_cast<DWORD>(ERROR_INSUFFICIENT_BUFFER));
  EXPECT_EQ(memory[0], 0xee);
  ASSERT_TRUE(CopySid(20, memory.data(), source.sid));
  EXPECT_TRUE(EqualSid(memory.data(), source.sid));
}

TEST(Sids, CompareWholeAndByDomain) {
  OwnedSid a, b, shorter;
  ASSERT_TRUE(AllocateAndInitializeSid(&nt_authority, 3, 21, 7, 500, 0, 0, 0, 0, 0, &a.sid));
  ASSERT_TRUE(AllocateAndInitializeSid(&nt_authority, 3, 21, 7, 501, 0, 0, 0, 0, 0, &b.sid));
  ASSERT_TRUE(AllocateAndInitializeSid(&nt_authority, 2, 21, 7, 0, 0, 0, 0, 0, 0, &shorter.sid));
  EXPECT_FALSE(EqualSid(a.sid, b.sid));
  EXPECT_TRUE(EqualPrefixSid(a.sid, b.sid));
  EXPECT_FALSE(EqualPrefixSid(a.sid, shorter.sid));
  EXPECT_FALSE(EqualSid(a.sid, shorter.sid));
}

TEST(Sids, InvalidOnesAreRefused) {
  alignas(DWORD) unsigned char wrong_revision[] = {2, 1, 0, 0, 0, 0, 0, 5, 18, 0, 0, 0};
  alignas(DWORD) unsigned char too_many[SECURITY_MAX_SID_SIZE + 4] = {1, 16};
  LPSTR text = nullptr;
  for (PSID sid : {static_cast<PSID>(nullptr), static_cast<PSID>(wrong_revision), static_cast<PSID>(too_many)}) {
    EXPECT_FALSE(IsValidSid(sid));
    EXPECT_EQ(GetLengthSid(sid), 0u);
    EXPECT_FALSE(EqualSid(sid, sid));
    EXPECT_FALSE(ConvertSidToStringSidA(sid, &text));
    EXPECT_EQ(GetLastError(), static_cast<DWORD>(ERROR_INVALID_SID));
  }
}

TEST(SidStrings, BothWaysInBothWidths) {
  PSID sid = nullptr;
  ASSERT_TRUE(ConvertStringSidToSidW(u"S-1-5-21-1-2-3-1001", &sid));
  LPSTR narrow = nullptr;
  LPWSTR wide = nullptr;
  ASSERT_TRUE(ConvertSidToStringSidA(sid, &narrow));
  ASSERT_TRUE(ConvertSidToStringSidW(sid, &wide));
  EXPECT_STREQ(narrow, "S-1-5-21-1-2-3-1001");
  EXPECT_EQ(std::u16string(wide), u"S-1-5-21-1-2-3-1001");
  PSID again = nullptr;
  ASSERT_TRUE(ConvertStringSidToSidA(narrow, &again));
  EXPECT_TRUE(EqualSid(sid, again));
  for (HLOCAL memory : {static_cast<HLOCAL>(narrow), static_cast<HLOCAL>(wide), sid, again})
    EXPECT_EQ(LocalFree(memory), nullptr);
}

TEST(SidStrings, ConstantsAndRefusals) {
  PSID sid = nullptr;
  ASSERT_TRUE(ConvertStringSidToSidA("BA", &sid));
  LPSTR text = nullptr;
  ASSERT_TRUE(ConvertSidToStringSidA(sid, &text));
  EXPECT_STREQ(text, "S-1-5-32-544");
  LocalFree(text);
  LocalFree(sid);
  for (const char* wrong : {"", "ZZ", "S-1-5-", "S-1-5-18 ", "S-2-5-18"}) {
    EXPECT_FALSE(ConvertStringSidToSidA(wrong, &sid)) << wrong;
    EXPECT_EQ(GetLastError(), static_cast<DWORD>(ERROR_INVALID_SID));
  }
  EXPECT_FALSE(ConvertStringSidToSidA(nullptr, &sid));
  EXPECT_EQ(GetLastError(), static_cast<DWORD>(ERROR_INVALID_PARAMETER));
}

}  // namespace
}  // namespace openlsa::win32_tests
