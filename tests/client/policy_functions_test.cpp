// The policy functions against an authority that answers what no honest one does.
#include <gtest/gtest.h>
#include <openlsa/ntsecapi.h>
#include <openlsa/secext.h>
#include <openlsa/windows.h>

#include <string>
#include <thread>

#include "client/fake_authority.hpp"
#include "support/ownership.hpp"

namespace openlsa::client {
namespace {

class PolicyFunctions : public ::testing::Test {
 protected:
  void SetUp() override {
    LSA_OBJECT_ATTRIBUTES attributes{};
    ASSERT_EQ(LsaOpenPolicy(nullptr, &attributes, 0, &policy_), STATUS_SUCCESS);
    authority_.lookup_names = [this](seam::LookupNamesRequest) { return names_; };
    authority_.lookup_sids = [this](seam::LookupSidsRequest) { return sids_; };
    authority_.query_policy = [this](seam::QueryPolicyRequest) { return query_; };
    authority_.names_of_token = [](seam::NamesOfTokenRequest) { return seam::NamesOfTokenReply{}; };
  }
  NTSTATUS by_name() {
    LSA_UNICODE_STRING name{2, 2, text_};
    return LsaLookupNames2(policy_, 0, 1, &name, &domains_, &translated_);
  }
  NTSTATUS by_sid() {
    SID sid{1, 1, {{0, 0, 0, 0, 0, 1}}, {0}};
    PSID pointer = &sid;
    return LsaLookupSids(policy_, 1, &pointer, &domains_, &named_);
  }

  FakeAuthority authority_;
  LSA_HANDLE policy_ = nullptr;
  WCHAR text_[2] = {'x', 0};
  seam::LookupNamesReply names_;
  seam::LookupSidsReply sids_;
  seam::QueryPolicyReply query_;
  PLSA_REFERENCED_DOMAIN_LIST domains_ = nullptr;
  PLSA_TRANSLATED_SID2 translated_ = nullptr;
  PLSA_TRANSLATED_NAME named_ = nullptr;
};

TEST_F(PolicyFunctions, HandlesOfAnotherLifeAreStale) {
  authority_.hang_up();
  EXPECT_EQ(LsaClose(policy_), STATUS_INVALID_HANDLE);
  PVOID buffer = nullptr;
  EXPECT_EQ(LsaQueryInformationPolicy(policy_, PolicyModificationInformation, &buffer), STATUS_INVALID_HANDLE);
  EXPECT_EQ(by_name(), STATUS_INVALID_HANDLE);
  LSA_OBJECT_ATTRIBUTES attributes{};
  LSA_HANDLE fresh = nullptr;
  ASSERT_EQ(LsaOpenPolicy(nullptr, &attributes, 0, &fresh), STATUS_SUCCESS);
  EXPECT_NE(fresh, policy_);
  EXPECT_EQ(by_name(), STATUS_INVALID_HANDLE);
}

TEST_F(PolicyFunctions, ListsAreBelievedOnlyWhole) {
  // As many answers as questions, and no index beyond the list of domains.
  names_.sids = {};
  EXPECT_EQ(by_name(), STATUS_INTERNAL_ERROR);
  names_.sids = {{1, nt::well_known::world, -1}, {1, nt::well_known::world, -1}};
  EXPECT_EQ(by_name(), STATUS_INTERNAL_ERROR);
  for (const std::int32_t index : {0, 1, -2, 0x7fffffff}) {
    names_.sids = {{1, nt::well_known::world, index}};
    sids_.names = {{1, u"x", index}};
    EXPECT_EQ(by_name(), STATUS_INTERNAL_ERROR) << index;
    EXPECT_EQ(by_sid(), STATUS_INTERNAL_ERROR) << index;
  }
  sids_.names = {{1, seam::Text(0x8000, u'x'), -1}};
  EXPECT_EQ(by_sid(), STATUS_INTERNAL_ERROR) << "longer than a UNICODE_STRING";
  sids_.names = {{1, u"x", 0}};
  sids_.domains = {{seam::Text(0x8000, u'x'), nt::well_known::world}};
  EXPECT_EQ(by_sid(), STATUS_INTERNAL_ERROR);
  EXPECT_EQ(domains_, nullptr);
  EXPECT_EQ(translated_, nullptr);
  EXPECT_EQ(named_, nullptr);
}

TEST_F(PolicyFunctions, ListsComeWithNoneMappedAndWithNoOtherFailure) {
  names_.status = STATUS_ACCESS_DENIED;
  names_.sids = {{8, {}, -1}};
  EXPECT_EQ(by_name(), STATUS_ACCESS_DENIED);
  EXPECT_EQ(translated_, nullptr);
  names_.status = STATUS_NONE_MAPPED;
  EXPECT_EQ(by_name(), STATUS_NONE_MAPPED);
  ASSERT_NE(domains_, nullptr);
  ASSERT_NE(translated_, nullptr);
  EXPECT_EQ(domains_->Entries, 0u);
  EXPECT_EQ(domains_->Domains, nullptr);
  EXPECT_EQ(translated_[0].Sid, nullptr);
  EXPECT_EQ(LsaFreeMemory(domains_), STATUS_SUCCESS);
  EXPECT_EQ(LsaFreeMemory(translated_), STATUS_SUCCESS);
  openlsa::test::expect_wrong_frees("refused_frees");
  EXPECT_EQ(LsaFreeMemory(translated_), STATUS_UNSUCCESSFUL);
}

TEST_F(PolicyFunctions, InformationIsOneBlock) {
  query_.domain_name = u"BOX";
  query_.domain_sid = nt::Sid(5, {21, 1, 2, 3});
  PVOID buffer = nullptr;
  ASSERT_EQ(LsaQueryInformationPolicy(policy_, PolicyAccountDomainInformation, &buffer), STATUS_SUCCESS);
  const auto* domain = static_cast<POLICY_ACCOUNT_DOMAIN_INFO*>(buffer);
  EXPECT_EQ(domain->DomainName.Length, 6);
  EXPECT_EQ(domain->DomainName.MaximumLength, 8);
  EXPECT_EQ(domain->DomainName.Buffer[3], 0) << "a zero behind it";
  EXPECT_EQ(GetLengthSid(domain->DomainSid), 24u);
  EXPECT_EQ(LsaFreeMemory(buffer), STATUS_SUCCESS);
  query_.domain_name = seam::Text(0x8000, u'x');
  buffer = this;
  EXPECT_EQ(LsaQueryInformationPolicy(policy_, PolicyAccountDomainInformation, &buffer), STATUS_INTERNAL_ERROR);
  EXPECT_EQ(LsaQueryInformationPolicy(policy_, PolicyAuditLogInformation, &buffer), STATUS_INTERNAL_ERROR)
      << "an answer for a class that has none";
  EXPECT_EQ(buffer, this);
}

TEST_F(PolicyFunctions, ANameThatIsNoTextIsNotGivenAsBytes) {
  authority_.names_of_token = [](seam::NamesOfTokenRequest) {
    return seam::NamesOfTokenReply{STATUS_SUCCESS, u"D", seam::Text(1, char16_t{0xd800}), {}, {}};
  };
  char narrow[16];
  WCHAR wide[16];
  ULONG size = 16;
  EXPECT_FALSE(GetUserNameExA(NameSamCompatible, narrow, &size));
  EXPECT_EQ(GetLastError(), static_cast<DWORD>(ERROR_NO_UNICODE_TRANSLATION));
  EXPECT_TRUE(GetUserNameExW(NameSamCompatible, wide, &size));
  EXPECT_EQ(size, 3u);
  authority_.names_of_token = [](seam::NamesOfTokenRequest) {
    return seam::NamesOfTokenReply{STATUS_SUCCESS, u"D", u"\u00e4", {}, {}};
  };
  size = 4;
  EXPECT_FALSE(GetUserNameExA(NameSamCompatible, narrow, &size));
  EXPECT_EQ(size, 5u) << "bytes of UTF-8, with the terminator";
  EXPECT_TRUE(GetUserNameExA(NameSamCompatible, narrow, &size));
  EXPECT_EQ(size, 4u);
}

TEST_F(PolicyFunctions, OneHandleServesManyThreads) {
  names_.sids = {{5, nt::well_known::world, 0}};
  names_.domains = {{u"", nt::Sid(1, {})}};
  std::vector<std::thread> threads;
  for (int i = 0; i < 8; ++i)
    threads.emplace_back([&] {
      for (int n = 0; n < 50; ++n) {
        LSA_UNICODE_STRING name{2, 2, text_};
        PLSA_REFERENCED_DOMAIN_LIST domains = nullptr;
        PLSA_TRANSLATED_SID2 sids = nullptr;
        ASSERT_EQ(LsaLookupNames2(policy_, 0, 1, &name, &domains, &sids), STATUS_SUCCESS);
        EXPECT_EQ(LsaFreeMemory(domains), STATUS_SUCCESS);
        EXPECT_EQ(LsaFreeMemory(sids), STATUS_SUCCESS);
      }
    });
  for (std::thread& thread : threads) thread.join();
}

}  // namespace
}  // namespace openlsa::client
