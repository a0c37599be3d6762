// The Audit functions, the functions of trusted domains and central access policies, and the protection of memory.
#include <gtest/gtest.h>
#include <openlsa/ntstatus.h>
#include <openlsa/winerror.h>

#include <algorithm>
#include <cstring>

#include "support/authority_environment.hpp"
#include "support/policy_client.hpp"

namespace openlsa::test {
namespace {

constexpr GUID logon_category = {0x69979849, 0x797a, 0x11d9, {0xbe, 0xd3, 0x50, 0x50, 0x54, 0x50, 0x30, 0x30}};
constexpr GUID logon_subcategory = {0x0cce9215, 0x69ae, 0x11d9, {0xbe, 0xd3, 0x50, 0x50, 0x54, 0x50, 0x30, 0x30}};
constexpr GUID registry_subcategory = {0x0cce921e, 0x69ae, 0x11d9, {0xbe, 0xd3, 0x50, 0x50, 0x54, 0x50, 0x30, 0x30}};
constexpr GUID no_guid = {};

bool same(const GUID& a, const GUID& b) { return std::memcmp(&a, &b, sizeof a) == 0; }

TEST(AuditPolicy, HasNineCategoriesAndTheirSubcategories) {
  GUID *categories = nullptr, *subcategories = nullptr;
  ULONG count = 0, of_logon = 0, all = 0, sum = 0;
  ASSERT_TRUE(AuditEnumerateCategories(&categories, &count));
  ASSERT_EQ(count, 9u);
  for (ULONG i = 0; i < count; ++i) {
    POLICY_AUDIT_EVENT_TYPE id{};
    ASSERT_TRUE(AuditLookupCategoryIdFromCategoryGuid(&categories[i], &id));
    EXPECT_EQ(static_cast<ULONG>(id), i);
    GUID back{};
    ASSERT_TRUE(AuditLookupCategoryGuidFromCategoryId(id, &back));
    EXPECT_TRUE(same(back, categories[i]));
    ULONG some = 0;
    ASSERT_TRUE(AuditEnumerateSubCategories(&categories[i], FALSE, &subcategories, &some));
    EXPECT_GT(some, 0u);
    sum += some;
    AuditFree(subcategories);
  }
  ASSERT_TRUE(AuditEnumerateSubCategories(nullptr, TRUE, &subcategories, &all));
  EXPECT_EQ(all, sum);
  for (ULONG i = 0; i < all; ++i)
    for (ULONG j = 0; j < i; ++j) EXPECT_FALSE(same(subcategories[i], subcategories[j])) << i << " " << j;
  AuditFree(subcategories);
  ASSERT_TRUE(AuditEnumerateSubCategories(&logon_category, FALSE, &subcategories, &of_logon));
  EXPECT_TRUE(std::any_of(subcategories, subcategories + of_logon,
                          [](const GUID& guid) { return same(guid, logon_subcategory); }));
  EXPECT_FALSE(std::any_of(subcategories, subcategories + of_logon,
                           [](const GUID& guid) { return same(guid, registry_subcategory); }));
  AuditFree(subcategories);
  AuditFree(categories);
  AuditFree(nullptr);
  EXPECT_FALSE(AuditEnumerateSubCategories(&no_guid, FALSE, &subcategories, &all));
  EXPECT_EQ(GetLastError(), static_cast<DWORD>(ERROR_INVALID_PARAMETER));
  EXPECT_FALSE(AuditEnumerateCategories(nullptr, &count));
}

TEST(AuditPolicy, NamesThem) {
  PSTR narrow_name = nullptr;
  PWSTR wide_name = nullptr;
  ASSERT_TRUE(AuditLookupCategoryNameA(&logon_category, &narrow_name));
  EXPECT_STREQ(narrow_name, "Logon/Logoff");
  AuditFree(narrow_name);
  ASSERT_TRUE(AuditLookupCategoryNameW(&logon_category, &wide_name));
  EXPECT_EQ(narrow(wide_name), "Logon/Logoff");
  AuditFree(wide_name);
  ASSERT_TRUE(AuditLookupSubCategoryNameA(&logon_subcategory, &narrow_name));
  EXPECT_STREQ(narrow_name, "Logon");
  AuditFree(narrow_name);
  ASSERT_TRUE(AuditLookupSubCategoryNameW(&registry_subcategory, &wide_name));
  EXPECT_EQ(narrow(wide_name), "Registry");
  AuditFree(wide_name);
  narrow_name = nullptr;
  for (const GUID* none : {&no_guid, &logon_subcategory, static_cast<const GUID*>(nullptr)}) {
    EXPECT_FALSE(AuditLookupCategoryNameA(none, &narrow_name));
    EXPECT_EQ(GetLastError(), static_cast<DWORD>(ERROR_INVALID_PARAMETER));
  }
  EXPECT_FALSE(AuditLookupSubCategoryNameA(&logon_category, &narrow_name));
  EXPECT_EQ(narrow_name, nullptr);
  POLICY_AUDIT_EVENT_TYPE id = AuditCategoryLogon;
  EXPECT_FALSE(AuditLookupCategoryIdFromCategoryGuid(&no_guid, &id));
  GUID guid = no_guid;
  EXPECT_FALSE(AuditLookupCategoryGuidFromCategoryId(static_cast<POLICY_AUDIT_EVENT_TYPE>(9), &guid));
}

TEST(AuditPolicy, SaysWhatTheTrailRecords) {
  const GUID both[] = {logon_subcategory, registry_subcategory};
  PAUDIT_POLICY_INFORMATION policy = nullptr;
  ASSERT_TRUE(AuditQuerySystemPolicy(both, 2, &policy));
  EXPECT_TRUE(same(policy[0].AuditSubCategoryGuid, logon_subcategory));
  EXPECT_TRUE(same(policy[0].AuditCategoryGuid, logon_category));
  EXPECT_EQ(policy[0].AuditingInformation, static_cast<ULONG>(POLICY_AUDIT_EVENT_SUCCESS | POLICY_AUDIT_EVENT_FAILURE));
  EXPECT_EQ(policy[1].AuditingInformation, static_cast<ULONG>(POLICY_AUDIT_EVENT_NONE));
  AuditFree(policy);
  std::vector<UCHAR> sid = parse_sid(alice().sid);
  ASSERT_TRUE(AuditComputeEffectivePolicyBySid(sid.data(), both, 1, &policy));
  EXPECT_NE(policy[0].AuditingInformation, static_cast<ULONG>(POLICY_AUDIT_EVENT_NONE));
  AuditFree(policy);
  const LogonResult logon = Connection::trusted().logon("Probe", "user=alice");
  ASSERT_STATUS(STATUS_SUCCESS, logon.status);
  ASSERT_TRUE(AuditComputeEffectivePolicyByToken(logon.token.get(), both, 1, &policy));
  AuditFree(policy);
  policy = nullptr;
  EXPECT_FALSE(AuditComputeEffectivePolicyByToken(reinterpret_cast<HANDLE>(0x7ffffff8), both, 1, &policy));
  EXPECT_EQ(GetLastError(), static_cast<DWORD>(ERROR_INVALID_HANDLE));
  for (const ULONG count : {0u, 0xffffffffu}) EXPECT_FALSE(AuditQuerySystemPolicy(both, count, &policy)) << count;
  EXPECT_FALSE(AuditQuerySystemPolicy(&no_guid, 1, &policy));
  EXPECT_EQ(GetLastError(), static_cast<DWORD>(ERROR_INVALID_PARAMETER));
  const ActingAs alice(logon.token);
  EXPECT_FALSE(AuditQuerySystemPolicy(both, 2, &policy));
  EXPECT_EQ(GetLastError(), static_cast<DWORD>(ERROR_ACCESS_DENIED));
  EXPECT_EQ(policy, nullptr);
}

TEST(AuditPolicy, HasNoneForOneUserAndIsNotSet) {
  std::vector<UCHAR> sid = parse_sid(alice().sid);
  PAUDIT_POLICY_INFORMATION policy = nullptr;
  EXPECT_FALSE(AuditQueryPerUserPolicy(sid.data(), &logon_subcategory, 1, &policy));
  EXPECT_EQ(GetLastError(), static_cast<DWORD>(ERROR_FILE_NOT_FOUND));
  EXPECT_FALSE(AuditQueryPerUserPolicy(nullptr, &logon_subcategory, 1, &policy));
  EXPECT_EQ(GetLastError(), static_cast<DWORD>(ERROR_INVALID_PARAMETER));
  PPOLICY_AUDIT_SID_ARRAY users = nullptr;
  ASSERT_TRUE(AuditEnumeratePerUserPolicy(&users));
  EXPECT_EQ(users->UsersCount, 0u);
  AuditFree(users);
  AUDIT_POLICY_INFORMATION wanted{logon_subcategory, POLICY_AUDIT_EVENT_NONE, logon_category};
  EXPECT_FALSE(AuditSetSystemPolicy(&wanted, 1));
  EXPECT_EQ(GetLastError(), static_cast<DWORD>(ERROR_NOT_SUPPORTED));
  EXPECT_FALSE(AuditSetSystemPolicy(nullptr, 1));
  EXPECT_EQ(GetLastError(), static_cast<DWORD>(ERROR_INVALID_PARAMETER));
  EXPECT_FALSE(AuditSetPerUserPolicy(sid.data(), &wanted, 1));
  EXPECT_EQ(GetLastError(), static_cast<DWORD>(ERROR_NOT_SUPPORTED));
  PSECURITY_DESCRIPTOR descriptor = nullptr;
  PACL acl = nullptr;
  EXPECT_FALSE(AuditQuerySecurity(DACL_SECURITY_INFORMATION, &descriptor));
  EXPECT_FALSE(AuditSetSecurity(DACL_SECURITY_INFORMATION, &wanted));
  EXPECT_FALSE(AuditQueryGlobalSaclA("File", &acl));
  EXPECT_FALSE(AuditQueryGlobalSaclW(wide("File").data(), &acl));
  EXPECT_FALSE(AuditSetGlobalSaclA("File", nullptr));
  EXPECT_FALSE(AuditSetGlobalSaclW(wide("File").data(), nullptr));
  EXPECT_EQ(GetLastError(), static_cast<DWORD>(ERROR_NOT_SUPPORTED));
}

TEST(TrustedDomains, AreNone) {
  const Policy policy(MAXIMUM_ALLOWED);
  LSA_ENUMERATION_HANDLE context = 0;
  PVOID buffer = &context;
  ULONG count = 77;
  EXPECT_STATUS(STATUS_NO_MORE_ENTRIES, LsaEnumerateTrustedDomains(policy.get(), &context, &buffer, 1000, &count));
  EXPECT_STATUS(STATUS_NO_MORE_ENTRIES, LsaEnumerateTrustedDomainsEx(policy.get(), &context, &buffer, 1000, &count));
  WideText name("OTHER");
  std::vector<UCHAR> sid = parse_sid("S-1-5-21-1-2-3");
  LSA_HANDLE handle = &context;
  const auto information_class = TrustedDomainInformationEx;
  EXPECT_STATUS(STATUS_OBJECT_NAME_NOT_FOUND, LsaOpenTrustedDomainByName(policy.get(), name.get(), 0, &handle));
  EXPECT_STATUS(STATUS_NO_SUCH_DOMAIN, LsaQueryTrustedDomainInfo(policy.get(), sid.data(), information_class, &buffer));
  EXPECT_STATUS(STATUS_OBJECT_NAME_NOT_FOUND,
                LsaQueryTrustedDomainInfoByName(policy.get(), name.get(), information_class, &buffer));
  EXPECT_STATUS(STATUS_NO_SUCH_DOMAIN,
                LsaSetTrustedDomainInformation(policy.get(), sid.data(), information_class, &count));
  EXPECT_STATUS(STATUS_OBJECT_NAME_NOT_FOUND,
                LsaSetTrustedDomainInfoByName(policy.get(), name.get(), information_class, &count));
  EXPECT_STATUS(STATUS_NO_SUCH_DOMAIN, LsaDeleteTrustedDomain(policy.get(), sid.data()));
  TRUSTED_DOMAIN_INFORMATION_EX domain{};
  TRUSTED_DOMAIN_AUTH_INFORMATION secrets{};
  EXPECT_STATUS(STATUS_DIRECTORY_SERVICE_REQUIRED,
                LsaCreateTrustedDomainEx(policy.get(), &domain, &secrets, 0, &handle));
  PLSA_FOREST_TRUST_INFORMATION forest = nullptr;
  PLSA_FOREST_TRUST_COLLISION_INFORMATION collisions = nullptr;
  LSA_FOREST_TRUST_INFORMATION wanted{};
  EXPECT_STATUS(STATUS_NO_SUCH_DOMAIN, LsaQueryForestTrustInformation(policy.get(), name.get(), &forest));
  EXPECT_STATUS(STATUS_INVALID_DOMAIN_STATE,
                LsaSetForestTrustInformation(policy.get(), name.get(), &wanted, TRUE, &collisions));
  EXPECT_EQ(buffer, &context) << "written by a call that failed";
  EXPECT_EQ(handle, &context);
  EXPECT_EQ(count, 77u);
}

TEST(TrustedDomains, AreStillForAHandleWithTheAccess) {
  const Policy lookup(POLICY_LOOKUP_NAMES);
  LSA_ENUMERATION_HANDLE context = 0;
  PVOID buffer = nullptr;
  ULONG count = 0;
  std::vector<UCHAR> sid = parse_sid("S-1-5-21-1-2-3");
  EXPECT_STATUS(STATUS_ACCESS_DENIED, LsaEnumerateTrustedDomains(lookup.get(), &context, &buffer, 0, &count));
  EXPECT_STATUS(STATUS_ACCESS_DENIED, LsaDeleteTrustedDomain(lookup.get(), sid.data()));
  EXPECT_STATUS(STATUS_INVALID_HANDLE, LsaDeleteTrustedDomain(nullptr, sid.data()));
  EXPECT_STATUS(STATUS_INVALID_PARAMETER, LsaDeleteTrustedDomain(lookup.get(), nullptr));
  EXPECT_STATUS(STATUS_INVALID_PARAMETER, LsaEnumerateTrustedDomains(lookup.get(), nullptr, &buffer, 0, &count));
  EXPECT_STATUS(
      STATUS_INVALID_PARAMETER,
      LsaQueryTrustedDomainInfo(lookup.get(), sid.data(), static_cast<TRUSTED_INFORMATION_CLASS>(0), &buffer));
}

TEST(CentralAccessPolicies, AreNone) {
  PSID* ids = reinterpret_cast<PSID*>(&ids);
  PCENTRAL_ACCESS_POLICY policies = reinterpret_cast<PCENTRAL_ACCESS_POLICY>(&ids);
  ULONG count = 77;
  EXPECT_STATUS(STATUS_SUCCESS, LsaGetAppliedCAPIDs(nullptr, &ids, &count));
  EXPECT_EQ(ids, nullptr);
  EXPECT_EQ(count, 0u);
  count = 77;
  EXPECT_STATUS(STATUS_SUCCESS, LsaQueryCAPs(nullptr, 0, &policies, &count));
  EXPECT_EQ(policies, nullptr);
  EXPECT_EQ(count, 0u);
  EXPECT_STATUS(STATUS_INVALID_PARAMETER, LsaQueryCAPs(nullptr, 1, &policies, &count));
  EXPECT_STATUS(STATUS_INVALID_PARAMETER, LsaGetAppliedCAPIDs(nullptr, nullptr, &count));
  EXPECT_STATUS(RPC_NT_SERVER_UNAVAILABLE, LsaGetAppliedCAPIDs(WideText("another-machine").get(), &ids, &count));
  EXPECT_STATUS(STATUS_NOT_SUPPORTED, LsaSetCAPs(nullptr, 0, 0));
}

TEST(MemoryProtection, ComesBackAsItWas) {
  for (const ULONG size : {0u, 8u, 16u, 24u, 32u, 40u, 4096u, (1u << 20) + 8u, 3u << 20}) {
    std::vector<UCHAR> memory(size, 0x5a), clear = memory;
    ASSERT_STATUS(STATUS_SUCCESS, RtlEncryptMemory(memory.data(), size, 0)) << size;
    if (size != 0) {
      EXPECT_NE(memory, clear) << size;
    }
    ASSERT_STATUS(STATUS_SUCCESS, RtlDecryptMemory(memory.data(), size, 0)) << size;
    EXPECT_EQ(memory, clear) << size;
  }
  UCHAR memory[16] = {};
  EXPECT_STATUS(STATUS_INVALID_PARAMETER, RtlEncryptMemory(memory, 12, 0));
  EXPECT_STATUS(STATUS_INVALID_PARAMETER, RtlDecryptMemory(memory, 7, 0));
  EXPECT_STATUS(STATUS_INVALID_PARAMETER, RtlEncryptMemory(nullptr, 8, 0));
  EXPECT_STATUS(STATUS_INVALID_PARAMETER, RtlEncryptMemory(memory, 8, 0x80));
  for (const ULONG options : {RTL_ENCRYPT_OPTION_CROSS_PROCESS, RTL_ENCRYPT_OPTION_SAME_LOGON})
    EXPECT_STATUS(STATUS_NOT_SUPPORTED, RtlEncryptMemory(memory, 16, options));
  EXPECT_TRUE(std::all_of(memory, memory + 16, [](UCHAR byte) { return byte == 0; })) << "refused, and changed";
}

TEST(RandomBytes, AreNotTheSameTwice) {
  UCHAR first[32] = {}, second[32] = {};
  ASSERT_TRUE(RtlGenRandom(first, sizeof first));
  ASSERT_TRUE(RtlGenRandom(second, sizeof second));
  EXPECT_NE(std::memcmp(first, second, sizeof first), 0);
  EXPECT_TRUE(RtlGenRandom(nullptr, 0));
  EXPECT_FALSE(RtlGenRandom(nullptr, 8));
}

}  // namespace
}  // namespace openlsa::test
