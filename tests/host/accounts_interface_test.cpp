// OPENLSA_ACCOUNTS_INTERFACE in a host, before an authority that only takes notes.
#include <openlsa/openlsa.h>

#include "host/accounts/functions.hpp"
#include "host/accounts_interface.hpp"
#include "host/lsa_heap.hpp"
#include "host/support.hpp"
#include "win32/interface_registry.hpp"

namespace openlsa::host::test {
namespace {

class AccountsSupport final : public FakeSupport {
 public:
  seam::LogOnAccountReply log_on_account(seam::LogOnAccountRequest request) override {
    asked.push_back(std::move(request));
    seam::LogOnAccountReply reply = answer();
    if (!elsewhere) return reply;
    reply = {};
    reply.elsewhere = true;
    return reply;
  }
  seam::LogOnElsewhereReply log_on_elsewhere(seam::LogOnElsewhereRequest request) override {
    asked_elsewhere.push_back(std::move(request));
    seam::LogOnElsewhereReply reply = answer();
    reply.elsewhere = still_elsewhere;
    return reply;
  }
  seam::NtlmPolicyReply ntlm_policy(seam::NtlmPolicyRequest) override {
    seam::NtlmPolicyReply reply;
    reply.lm_compatibility_level = 3;
    reply.restrict_sending = 2;
    reply.sending_exceptions = exceptions;
    return reply;
  }
  seam::CallSubAuthenticationReply call_sub_authentication(seam::CallSubAuthenticationRequest request) override {
    called_package = request.package_id;
    seam::CallSubAuthenticationReply reply;
    reply.status = sub_authentication_status;
    if (nt::succeeded(reply.status)) reply.returned = std::move(request.submit_buffer);
    return reply;
  }
  seam::AuditNtlmReply audit_ntlm(seam::AuditNtlmRequest request) override {
    audited.push_back(std::move(request));
    return {STATUS_SUCCESS};
  }

  bool elsewhere = false, still_elsewhere = false;
  nt::Status status = STATUS_SUCCESS;
  std::vector<seam::LogOnAccountRequest> asked;
  std::vector<seam::LogOnElsewhereRequest> asked_elsewhere;
  std::vector<seam::Text> exceptions;
  std::uint32_t called_package = 0;
  nt::Status sub_authentication_status = STATUS_SUCCESS;
  std::vector<seam::AuditNtlmRequest> audited;

 private:
  seam::LogOnAccountReply answer() const {
    seam::LogOnAccountReply reply;
    reply.status = status;
    if (!nt::succeeded(status)) return reply;
    reply.user_flags = LOGON_EXTRA_SIDS;
    reply.user_name = u"alice";
    reply.domain_name = u"CORP";
    reply.user = nt::Sid(5, {21, 1, 2, 3, 1104});
    reply.primary_group = nt::Sid(5, {21, 1, 2, 3, 513});
    reply.groups = {{nt::Sid(5, {21, 1, 2, 3, 1201}), 7}, {nt::Sid(5, {21, 4, 5, 6, 1301}), 0x20000007}};
    reply.logon_server = u"DC1";
    reply.session_base_key = base::Secret(base::Bytes(16, 0x11));
    reply.lm_session_key = base::Secret(base::Bytes(8, 0x22));
    return reply;
  }
};

class AccountsInterface : public ::testing::Test {
 protected:
  AccountsInterface() {
    UNICODE_STRING* const names[]{&user_, &domain_};
    const char16_t* const texts[]{u"alice", u"CORP"};
    const USHORT sizes[]{10, 8};
    for (int i = 0; i < 2; ++i)
      *names[i] = {sizes[i], sizes[i], reinterpret_cast<PWSTR>(const_cast<char16_t*>(texts[i]))};
    attempt_.Size = sizeof attempt_;
    attempt_.UserName = &user_;
    attempt_.DomainName = &domain_;
    attempt_.ParameterControl = 0x84000002;
    attempt_.AcceptedResponses = OPENLSA_RESPONSE_NTLM_V2;
    attempt_.NtResponse = response_;
    attempt_.NtResponseSize = sizeof response_;
    logon_.Size = sizeof logon_;
  }
  ~AccountsInterface() override { EXPECT_EQ(lsa_heap::live_blocks(), blocks_before_); }

  void free_logon() {
    for (void* block : {static_cast<void*>(logon_.UserName.Buffer), static_cast<void*>(logon_.DomainName.Buffer),
                        static_cast<void*>(logon_.LogonServer.Buffer), static_cast<void*>(logon_.UserSid),
                        static_cast<void*>(logon_.PrimaryGroupSid), static_cast<void*>(logon_.Groups)})
      if (block != nullptr) {
        EXPECT_EQ(lsa_heap::free_for_package(block, lsa_heap::Heap::lsa), lsa_heap::Freed::done);
      }
    logon_ = {};
    logon_.Size = sizeof logon_;
  }

  const std::size_t blocks_before_ = lsa_heap::live_blocks();
  std::shared_ptr<AccountsSupport> authority_ = std::make_shared<AccountsSupport>();
  std::shared_ptr<Runtime> runtime_ = std::make_shared<Runtime>(authority_);
  const OPENLSA_ACCOUNTS_INTERFACE interface_{sizeof(OPENLSA_ACCOUNTS_INTERFACE),
                                              OPENLSA_ACCOUNTS_INTERFACE_VERSION,
                                              accounts::log_on,
                                              accounts::compute_ntlm_v2,
                                              accounts::change_password,
                                              accounts::get_ntlm_policy,
                                              accounts::call_sub_authentication,
                                              accounts::audit_ntlm};
  UNICODE_STRING user_{}, domain_{};
  const UCHAR response_[3]{1, 2, 3};
  OPENLSA_LOGON_ATTEMPT attempt_{};
  OPENLSA_LOGON logon_{};
};

std::u16string_view text_of(const UNICODE_STRING& string) {
  return {reinterpret_cast<const char16_t*>(string.Buffer), string.Length / 2u};
}

TEST_F(AccountsInterface, ALogonThatTheAuthorityJudgesIsAskedOnce) {
  ASSERT_EQ(interface_.LogOn(&attempt_, &logon_), STATUS_SUCCESS);
  ASSERT_EQ(authority_->asked.size(), 1u);
  EXPECT_TRUE(authority_->asked_elsewhere.empty());
  EXPECT_EQ(authority_->asked[0].user_name, u"alice");
  EXPECT_EQ(authority_->asked[0].parameter_control, 0x84000002u);
  EXPECT_EQ(authority_->asked[0].nt_response, (base::Bytes{1, 2, 3}));
  EXPECT_EQ(text_of(logon_.UserName), u"alice");
  EXPECT_EQ(text_of(logon_.LogonServer), u"DC1");
  EXPECT_EQ(logon_.SessionBaseKey[15], 0x11);
  EXPECT_EQ(logon_.LmSessionKey[7], 0x22);
  free_logon();
}

TEST_F(AccountsInterface, GroupsAreOneBlockWithTheirSidsInside) {
  ASSERT_EQ(interface_.LogOn(&attempt_, &logon_), STATUS_SUCCESS);
  ASSERT_NE(logon_.Groups, nullptr);
  ASSERT_EQ(logon_.Groups->GroupCount, 2u);
  EXPECT_EQ(logon_.Groups->Groups[1].Attributes, 0x20000007u);
  const auto* bytes = static_cast<const UCHAR*>(logon_.Groups->Groups[1].Sid);
  const auto sid = nt::Sid::from_bytes({bytes, 8u + 4u * bytes[1]});
  ASSERT_TRUE(sid.has_value());
  EXPECT_EQ(*sid, nt::Sid(5, {21, 4, 5, 6, 1301}));
  EXPECT_FALSE(lsa_heap::is_block(bytes));
  EXPECT_GT(lsa_heap::readable_bytes(bytes), 0u);
  free_logon();
}

TEST_F(AccountsInterface, WhatAnotherHostHasASayInIsAskedAgain) {
  authority_->elsewhere = true;
  ASSERT_EQ(interface_.LogOn(&attempt_, &logon_), STATUS_SUCCESS);
  ASSERT_EQ(authority_->asked_elsewhere.size(), 1u);
  const auto& repeated = authority_->asked_elsewhere[0];
  EXPECT_EQ(repeated.user_name, u"alice");
  EXPECT_EQ(repeated.domain_name, u"CORP");
  EXPECT_EQ(repeated.parameter_control, 0x84000002u);
  EXPECT_EQ(repeated.accepted_responses, std::uint32_t{OPENLSA_RESPONSE_NTLM_V2});
  EXPECT_EQ(repeated.nt_response, (base::Bytes{1, 2, 3}));
  free_logon();
}

TEST_F(AccountsInterface, ARefusalLeavesTheOutputsAlone) {
  authority_->elsewhere = true;
  authority_->status = STATUS_NO_LOGON_SERVERS;
  logon_.UserFlags = 77;
  EXPECT_EQ(interface_.LogOn(&attempt_, &logon_), STATUS_NO_LOGON_SERVERS);
  EXPECT_EQ(logon_.UserFlags, 77u);
  EXPECT_EQ(logon_.Groups, nullptr);
}

TEST_F(AccountsInterface, WhatNobodyJudgedIsNoLogon) {
  authority_->elsewhere = authority_->still_elsewhere = true;
  EXPECT_EQ(interface_.LogOn(&attempt_, &logon_), STATUS_INTERNAL_ERROR);
  EXPECT_EQ(logon_.UserSid, nullptr);
}

TEST_F(AccountsInterface, AnAttemptThatCannotBeReadIsNotAsked) {
  attempt_.NtResponse = nullptr;  // but a size
  EXPECT_EQ(interface_.LogOn(&attempt_, &logon_), STATUS_INVALID_PARAMETER);
  attempt_.NtResponse = response_;
  logon_.Size = sizeof logon_ - 1;
  EXPECT_EQ(interface_.LogOn(&attempt_, &logon_), STATUS_INVALID_PARAMETER);
  EXPECT_TRUE(authority_->asked.empty());
}

TEST_F(AccountsInterface, ThePolicysExceptionsAreOneBlock) {
  OPENLSA_NTLM_POLICY policy{};
  policy.Size = sizeof policy;
  ASSERT_EQ(interface_.GetNtlmPolicy(&policy), STATUS_SUCCESS);
  EXPECT_EQ(policy.LmCompatibilityLevel, 3u);
  EXPECT_EQ(policy.RestrictSendingNtlmTraffic, 2u);
  EXPECT_EQ(policy.SendingExceptions, nullptr);
  EXPECT_EQ(policy.SendingExceptionCount, 0u);
  authority_->exceptions = {u"*.corp.example", u"SRV1"};
  ASSERT_EQ(interface_.GetNtlmPolicy(&policy), STATUS_SUCCESS);
  ASSERT_EQ(policy.SendingExceptionCount, 2u);
  EXPECT_EQ(text_of(policy.SendingExceptions[0]), u"*.corp.example");
  EXPECT_EQ(text_of(policy.SendingExceptions[1]), u"SRV1");
  EXPECT_EQ(lsa_heap::free_for_package(policy.SendingExceptions, lsa_heap::Heap::lsa), lsa_heap::Freed::done);
  authority_->exceptions = {std::u16string(0x8000, u'a')};
  EXPECT_EQ(interface_.GetNtlmPolicy(&policy), STATUS_INTERNAL_ERROR);
}

TEST_F(AccountsInterface, ASubAuthenticationPackagesAnswerIsABlock) {
  char message[] = "hello";
  PVOID returned = nullptr;
  ULONG size = 0;
  ASSERT_EQ(interface_.CallSubAuthentication(255, message, sizeof message, &returned, &size), STATUS_SUCCESS);
  EXPECT_EQ(authority_->called_package, 255u);
  ASSERT_EQ(size, sizeof message);
  EXPECT_STREQ(static_cast<const char*>(returned), "hello");
  EXPECT_EQ(lsa_heap::free_for_package(returned, lsa_heap::Heap::lsa), lsa_heap::Freed::done);
  ASSERT_EQ(interface_.CallSubAuthentication(1, nullptr, 0, &returned, &size), STATUS_SUCCESS);
  EXPECT_EQ(returned, nullptr);
  EXPECT_EQ(size, 0u);
  authority_->called_package = 0;
  for (const ULONG number : {0u, 256u})
    EXPECT_EQ(interface_.CallSubAuthentication(number, message, sizeof message, &returned, &size),
              STATUS_INVALID_PARAMETER);
  EXPECT_EQ(authority_->called_package, 0u);
  authority_->sub_authentication_status = STATUS_DLL_NOT_FOUND;
  EXPECT_EQ(interface_.CallSubAuthentication(9, message, sizeof message, &returned, &size), STATUS_DLL_NOT_FOUND);
}

TEST_F(AccountsInterface, AUseOfNtlmIsAuditedWithTheNamesThatAreKnown) {
  EXPECT_EQ(interface_.AuditNtlm(OPENLSA_NTLM_SENT, STATUS_NTLM_BLOCKED, &user_, nullptr, &domain_), STATUS_SUCCESS);
  ASSERT_EQ(authority_->audited.size(), 1u);
  EXPECT_EQ(authority_->audited[0].use, std::uint32_t{OPENLSA_NTLM_SENT});
  EXPECT_EQ(authority_->audited[0].status, STATUS_NTLM_BLOCKED);
  EXPECT_EQ(authority_->audited[0].user_name, u"alice");
  EXPECT_FALSE(authority_->audited[0].domain_name.has_value());
  EXPECT_EQ(authority_->audited[0].target, u"CORP");
  EXPECT_EQ(interface_.AuditNtlm(3, STATUS_SUCCESS, nullptr, nullptr, nullptr), STATUS_INVALID_PARAMETER);
  EXPECT_EQ(authority_->audited.size(), 1u);
}

}  // namespace
}  // namespace openlsa::host::test
