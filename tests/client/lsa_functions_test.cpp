#include <gtest/gtest.h>
#include <openlsa/ntsecapi.h>

#include <cstring>

#include "client/fake_authority.hpp"
#include "support/ownership.hpp"

namespace openlsa::client {
namespace {

class LsaFunctions : public ::testing::Test {
 protected:
  void SetUp() override { ASSERT_EQ(LsaConnectUntrusted(&lsa_), STATUS_SUCCESS); }

  NTSTATUS log_on() {
    char password[] = "secret";
    LSA_STRING origin{4, 5, const_cast<char*>("test")};
    TOKEN_SOURCE source{{'t', 'e', 's', 't'}, {}};
    return LsaLogonUser(lsa_, &origin, Network, 5, password, 6, nullptr, &source, &profile_, &profile_size_, &luid_,
                        &token_, &quotas_, &sub_status_);
  }

  FakeAuthority authority_;
  HANDLE lsa_ = nullptr;
  PVOID profile_ = &authority_;
  ULONG profile_size_ = 1;
  LUID luid_{1, 1};
  HANDLE token_ = &authority_;
  QUOTA_LIMITS quotas_{};
  NTSTATUS sub_status_ = 1;
};

TEST_F(LsaFunctions, HandlesOfAnotherLifeAreStale) {
  HANDLE stale = lsa_;
  authority_.hang_up();
  ULONG package = 0;
  LSA_STRING name{6, 7, const_cast<char*>("sshkey")};
  EXPECT_EQ(LsaLookupAuthenticationPackage(stale, &name, &package), STATUS_INVALID_HANDLE);
  ASSERT_EQ(LsaConnectUntrusted(&lsa_), STATUS_SUCCESS);
  EXPECT_NE(lsa_, stale);
  EXPECT_EQ(LsaLookupAuthenticationPackage(stale, &name, &package), STATUS_INVALID_HANDLE);
  EXPECT_EQ(LsaLookupAuthenticationPackage(lsa_, &name, &package), STATUS_SUCCESS);
  EXPECT_EQ(package, 5u);
  EXPECT_EQ(LsaDeregisterLogonProcess(stale), STATUS_INVALID_HANDLE);
  EXPECT_EQ(LsaDeregisterLogonProcess(lsa_), STATUS_SUCCESS);
  EXPECT_EQ(LsaDeregisterLogonProcess(nullptr), STATUS_INVALID_HANDLE);
}

TEST_F(LsaFunctions, NamesAndStatusesAsDocumented) {
  LSA_OPERATIONAL_MODE mode = 1;
  HANDLE trusted = &authority_;
  std::string name(127, 'x');
  LSA_STRING text{127, 128, name.data()};
  EXPECT_EQ(LsaRegisterLogonProcess(&text, &trusted, &mode), STATUS_PORT_CONNECTION_REFUSED);
  EXPECT_EQ(trusted, &authority_) << "a failure leaves it alone";
  text.Length = 128;
  EXPECT_EQ(LsaRegisterLogonProcess(&text, &trusted, &mode), STATUS_NAME_TOO_LONG);
  ULONG package = 0;
  EXPECT_EQ(LsaLookupAuthenticationPackage(lsa_, &text, &package), STATUS_NAME_TOO_LONG);
  text.Length = 3;
  EXPECT_EQ(LsaLookupAuthenticationPackage(lsa_, &text, &package), STATUS_NO_SUCH_PACKAGE);
  openlsa::test::expect_wrong_frees("refused_frees");
  EXPECT_EQ(LsaFreeReturnBuffer(&text), STATUS_INVALID_PARAMETER);
  EXPECT_EQ(LsaNtStatusToWinError(STATUS_SUCCESS), 0u);
}

TEST_F(LsaFunctions, CallPackageReturnsABufferInItsWindow) {
  authority_.call_package = [](seam::LsaCallPackageRequest request) {
    seam::LsaCallPackageReply reply;
    reply.protocol_status = STATUS_NO_SUCH_USER;
    reply.return_address = request.frame.window.base;
    reply.return_size_bytes = 5;
    reply.writes.allocations = {{reply.return_address, 5}};
    reply.writes.writes.push_back({reply.return_address, base::to_bytes(request.submit_buffer.reveal())});
    return reply;
  };
  char submit[] = "hello";
  PVOID returned = nullptr;
  ULONG size = 0;
  NTSTATUS protocol = 0;
  ASSERT_EQ(LsaCallAuthenticationPackage(lsa_, 5, submit, 5, &returned, &size, &protocol), STATUS_SUCCESS);
  EXPECT_EQ(protocol, STATUS_NO_SUCH_USER);
  ASSERT_EQ(size, 5u);
  EXPECT_EQ(std::memcmp(returned, submit, 5), 0);
  EXPECT_EQ(LsaFreeReturnBuffer(returned), STATUS_SUCCESS);
  openlsa::test::expect_wrong_frees("refused_frees");
  EXPECT_EQ(LsaFreeReturnBuffer(returned), STATUS_INVALID_PARAMETER);
  EXPECT_EQ(LsaCallAuthenticationPackage(lsa_, 5, nullptr, 5, &returned, &size, &protocol), STATUS_INVALID_PARAMETER);
}

TEST_F(LsaFunctions, AnAddressOutsideOfTheWindowIsNotBelieved) {
  char mine[8] = "private";
  authority_.call_package = [&](seam::LsaCallPackageRequest request) {
    seam::LsaCallPackageReply reply;
    reply.return_address = reinterpret_cast<std::uintptr_t>(mine);
    reply.return_size_bytes = 8;
    reply.writes.allocations = {{request.frame.window.base, 16}};
    return reply;
  };
  PVOID returned = nullptr;
  ULONG size = 0;
  EXPECT_EQ(LsaCallAuthenticationPackage(lsa_, 5, nullptr, 0, &returned, &size, nullptr), STATUS_INTERNAL_ERROR);
  EXPECT_EQ(returned, nullptr);
  EXPECT_STREQ(mine, "private");
}

TEST_F(LsaFunctions, ALogonGivesEverythingOrNothing) {
  bool good = true;
  std::string source;
  authority_.logon_user = [&](seam::LsaLogonUserRequest request) {
    source = request.source.name;
    seam::LsaLogonUserReply reply;
    reply.token = 64;
    reply.logon_id = {0x2'0000'0001};
    reply.quotas[5] = 9;
    reply.profile_address = request.frame.window.base;
    reply.profile_size_bytes = 32;
    reply.writes.allocations = {{reply.profile_address, good ? 32u : 31u}};
    return reply;
  };
  ASSERT_EQ(log_on(), STATUS_SUCCESS);
  EXPECT_EQ(source, "test");
  EXPECT_EQ(token_, reinterpret_cast<HANDLE>(64));
  EXPECT_EQ(luid_.LowPart, 1u);
  EXPECT_EQ(luid_.HighPart, 2);
  EXPECT_EQ(quotas_.TimeLimit.QuadPart, 9);
  EXPECT_EQ(profile_size_, 32u);
  EXPECT_EQ(sub_status_, STATUS_SUCCESS);
  EXPECT_EQ(LsaFreeReturnBuffer(profile_), STATUS_SUCCESS);
  EXPECT_EQ(authority_.closed_token, 0u);
  good = false;  // the profile is longer than its block
  token_ = profile_ = &authority_;
  EXPECT_EQ(log_on(), STATUS_INTERNAL_ERROR);
  EXPECT_EQ(token_, &authority_) << "a failure leaves it alone";
  EXPECT_EQ(profile_, &authority_);
  EXPECT_EQ(authority_.closed_token, 64u);
}

TEST_F(LsaFunctions, ARefusedLogonSaysWhy) {
  authority_.logon_user = [](seam::LsaLogonUserRequest) {
    seam::LsaLogonUserReply reply;
    reply.status = STATUS_ACCOUNT_RESTRICTION;
    reply.sub_status = STATUS_INVALID_LOGON_HOURS;
    return reply;
  };
  EXPECT_EQ(log_on(), STATUS_ACCOUNT_RESTRICTION);
  EXPECT_EQ(sub_status_, STATUS_INVALID_LOGON_HOURS);
  EXPECT_EQ(token_, &authority_) << "a failure leaves it alone";
}

TEST_F(LsaFunctions, SessionsAndTheirData) {
  ULONG count = 0;
  PLUID list = nullptr;
  ASSERT_EQ(LsaEnumerateLogonSessions(&count, &list), STATUS_SUCCESS);
  ASSERT_EQ(count, 2u);
  EXPECT_EQ(list[1].LowPart, 2u);
  EXPECT_EQ(list[1].HighPart, 1);
  PSECURITY_LOGON_SESSION_DATA data = nullptr;
  ASSERT_EQ(LsaGetLogonSessionData(&list[1], &data), STATUS_SUCCESS);
  ASSERT_NE(data, nullptr);
  EXPECT_EQ(data->Size, 272u);
  EXPECT_EQ(std::u16string_view(reinterpret_cast<char16_t*>(data->UserName.Buffer)), u"alice");
  EXPECT_EQ(data->UserName.Length, 10);
  EXPECT_EQ(data->UserName.MaximumLength, 12);
  EXPECT_EQ(static_cast<unsigned char*>(data->Sid)[1], 2);
  EXPECT_EQ(LsaFreeReturnBuffer(data), STATUS_SUCCESS);
  ASSERT_EQ(LsaGetLogonSessionData(&list[0], &data), STATUS_SUCCESS);  // SYSTEM
  EXPECT_EQ(data, nullptr);
  EXPECT_EQ(LsaFreeReturnBuffer(list), STATUS_SUCCESS);
}

}  // namespace
}  // namespace openlsa::client
