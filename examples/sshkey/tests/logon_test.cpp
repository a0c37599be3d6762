// Enrolment and logon through the table of SpLsaModeInitialize.
#include "package_fixture.hpp"

namespace sshkey::test {
namespace {

class LogonTest : public PackageTest {
 protected:
  LogonTest() { act_as(u"ada"); }
  void enrol_ada() { ASSERT_EQ(enrol(ada_key_.line() + "\n").protocol, STATUS_SUCCESS); }
  SSHKEY_ENROL_RESPONSE head_of(const CallResult& result) {
    SSHKEY_ENROL_RESPONSE head{};
    EXPECT_GE(result.response.size(), sizeof head);
    if (result.response.size() >= sizeof head) std::memcpy(&head, result.response.data(), sizeof head);
    return head;
  }
};

// ---- enrolment
// --------------------------------------------------------------------------------------------------------

TEST_F(LogonTest, ALineWithAnOptionThatIsNotHonouredIsRefusedByNumberAndTheOthersAreTaken) {
  const CallResult result = enrol("# mine\n" + ada_key_.line() + "command=\"/bin/true\" " + web_key_.line() + "\n");
  EXPECT_EQ(result.protocol, STATUS_SOME_NOT_MAPPED);
  const SSHKEY_ENROL_RESPONSE head = head_of(result);
  EXPECT_EQ(head.KeysEnrolled, 1u);
  ASSERT_EQ(head.LinesRefused, 1u);
  EXPECT_EQ(head.Refused[0].LineNumber, 3u);
  EXPECT_NE(text_of(View(result.response).subspan(head.Refused[0].ReasonOffset, head.Refused[0].ReasonLength))
                .find("command"),
            std::string::npos);
  EXPECT_TRUE(package()->keys()->is_enrolled(lsa_.account(u"ada").sid, ada_key_.public_key(), test_now));
  EXPECT_FALSE(package()->keys()->is_enrolled(lsa_.account(u"ada").sid, web_key_.public_key(), test_now));
}

TEST_F(LogonTest, NothingTakenIsInvalidParameterWithTheReasons) {
  const CallResult result = enrol("nonsense\n");
  EXPECT_EQ(result.protocol, STATUS_INVALID_PARAMETER);
  EXPECT_EQ(head_of(result).LinesRefused, 1u);
}

TEST_F(LogonTest, OnlyATrustedCallerEnrolsForAnother) {
  EXPECT_EQ(enrol(ada_key_.line(), u"bob").protocol, STATUS_ACCESS_DENIED);
  EXPECT_EQ(enrol(ada_key_.line(), u"nobody").protocol, STATUS_ACCESS_DENIED);
  EXPECT_EQ(enrol(ada_key_.line(), u"ADA").protocol, STATUS_SUCCESS);
  caller().trusted = true;
  EXPECT_EQ(enrol(ada_key_.line(), u"bob").protocol, STATUS_SUCCESS);
  EXPECT_EQ(enrol(ada_key_.line(), u"nobody").protocol, STATUS_NONE_MAPPED);
}

TEST_F(LogonTest, NetworkLogonsIdentificationAndRestrictedTokensDoNotEnrol) {
  caller().network = true;
  EXPECT_EQ(enrol(ada_key_.line()).protocol, STATUS_ACCESS_DENIED);
  caller().network = false;
  caller().level = SecurityIdentification;
  EXPECT_EQ(enrol(ada_key_.line()).protocol, STATUS_ACCESS_DENIED);
  caller().level = SecurityImpersonation;
  caller().restricted = true;
  EXPECT_EQ(enrol(ada_key_.line()).protocol, STATUS_ACCESS_DENIED);
}

TEST_F(LogonTest, KeysAreListedAndRemovedByFingerprint) {
  enrol_ada();
  Submitted list(sizeof(SSHKEY_LIST_KEYS_REQUEST));
  SSHKEY_LIST_KEYS_REQUEST request{};
  request.MessageType = SshKeyListKeys;
  list.set(request);
  const CallResult listed = call(list);
  ASSERT_EQ(listed.protocol, STATUS_SUCCESS);
  SSHKEY_LIST_KEYS_RESPONSE response{};
  std::memcpy(&response, listed.response.data(), sizeof response);
  ASSERT_EQ(response.KeyCount, 1u);
  const std::string fingerprint =
      text_of(View(listed.response).subspan(response.Keys[0].FingerprintOffset, response.Keys[0].FingerprintLength));
  EXPECT_EQ(fingerprint, ada_key_.public_key().fingerprint());

  for (const NTSTATUS expected : {NTSTATUS{STATUS_SUCCESS}, NTSTATUS{STATUS_OBJECT_NAME_NOT_FOUND}}) {
    Submitted remove(sizeof(SSHKEY_REMOVE_KEY_REQUEST));
    SSHKEY_REMOVE_KEY_REQUEST wanted{};
    wanted.MessageType = SshKeyRemoveKey;
    wanted.FingerprintLength = static_cast<ULONG>(fingerprint.size());
    wanted.Fingerprint = static_cast<PUCHAR>(remove.add(view_of(fingerprint)));
    remove.set(wanted);
    EXPECT_EQ(call(remove).protocol, expected);
  }
}

TEST_F(LogonTest, ARequestWhosePointersLeaveTheBufferIsNotRead) {
  Submitted buffer(sizeof(SSHKEY_ENROL_REQUEST));
  SSHKEY_ENROL_REQUEST request{};
  request.MessageType = SshKeyEnrol;
  request.LinesLength = 16;
  for (std::uint8_t* lines :
       {buffer.bytes().data() + sizeof request - 8, buffer.bytes().data() - 1, static_cast<std::uint8_t*>(nullptr)}) {
    request.Lines = lines;
    buffer.set(request);
    EXPECT_EQ(call(buffer).status, STATUS_INVALID_PARAMETER);
  }
  Submitted unknown(sizeof(ULONG));
  unknown.set(ULONG{77});
  EXPECT_EQ(call(unknown).status, STATUS_INVALID_PARAMETER);
}

// ---- logon
// --------------------------------------------------------------------------------------------------------------

TEST_F(LogonTest, AKeyLogsItsAccountOnOnceAndTheSessionHasItsKey) {
  enrol_ada();
  SSHKEY_CHALLENGE_RESPONSE response{};
  ASSERT_EQ(challenge(u"ada", SSHKEY_PURPOSE_INITIATE, response, Interactive, 3600), STATUS_SUCCESS);
  EXPECT_EQ(response.NotAfter, test_now + 3600);
  EXPECT_TRUE(decode_statement(encode(statement_of(response, ada_key_))));
  const Bytes signature = ada_key_.sshsig(encode(statement_of(response, ada_key_)));
  const LogonResult result = logon(u"ADA", ada_key_, response, signature);
  ASSERT_EQ(result.status, STATUS_SUCCESS);
  EXPECT_EQ(result.user_sid, lsa_.account(u"ada").sid);
  EXPECT_EQ(result.account, u"ada");
  EXPECT_EQ(result.profile.NotAfter, test_now + 3600);
  EXPECT_EQ(lsa_.sessions.at(result.logon_id).size(), 1u);
  expect_clean(1);
  EXPECT_EQ(logon(u"ada", ada_key_, response, signature).status, STATUS_LOGON_FAILURE);  // used up
}

TEST_F(LogonTest, WhateverIsWrongTheAnswerIsLogonFailureAndTheChallengeIsUsedUp) {
  enrol_ada();
  SoftKey stranger;
  const auto attempt = [&](auto&& change) {
    act_as(u"ada");
    unix_now = test_now;
    monotonic_now = 1000;
    SSHKEY_CHALLENGE_RESPONSE response{};
    EXPECT_EQ(challenge(u"ada", SSHKEY_PURPOSE_INITIATE, response), STATUS_SUCCESS);
    const Bytes good = ada_key_.sshsig(encode(statement_of(response, ada_key_)));
    const NTSTATUS status = change(response, good);
    act_as(u"ada");
    unix_now = test_now;
    monotonic_now = 1000;
    EXPECT_EQ(logon(u"ada", ada_key_, response, good).status, STATUS_LOGON_FAILURE) << "the record lived on";
    return status;
  };
  using Response = SSHKEY_CHALLENGE_RESPONSE;
  EXPECT_EQ(attempt([&](Response& r, const Bytes&) {
              return logon(u"ada", ada_key_, r, ada_key_.sshsig(encode(statement_of(r, ada_key_)), "file")).status;
            }),
            STATUS_LOGON_FAILURE);
  EXPECT_EQ(attempt([&](Response& r, const Bytes&) {
              return logon(u"ada", stranger, r, stranger.sshsig(encode(statement_of(r, stranger)))).status;
            }),
            STATUS_LOGON_FAILURE);
  EXPECT_EQ(attempt([&](Response& r, const Bytes&) {  // another authority's statement
              Statement other = statement_of(r, ada_key_);
              other.authority_id = test_authority(0xbb);
              return logon(u"ada", ada_key_, r, ada_key_.sshsig(encode(other))).status;
            }),
            STATUS_LOGON_FAILURE);
  EXPECT_EQ(attempt([&](Response& r, const Bytes& good) { return logon(u"bob", ada_key_, r, good).status; }),
            STATUS_LOGON_FAILURE);
  EXPECT_EQ(attempt([&](Response& r, const Bytes& good) { return logon(u"ada", ada_key_, r, good, Service).status; }),
            STATUS_LOGON_FAILURE);
  EXPECT_EQ(attempt([&](Response& r, const Bytes& good) {  // another user
              act_as(u"bob");
              return logon(u"ada", ada_key_, r, good).status;
            }),
            STATUS_LOGON_FAILURE);
  EXPECT_EQ(attempt([&](Response& r, const Bytes& good) {  // a minute later
              monotonic_now += 60;
              return logon(u"ada", ada_key_, r, good).status;
            }),
            STATUS_LOGON_FAILURE);
  EXPECT_EQ(attempt([&](Response& r, const Bytes& good) {  // one second after not-after
              unix_now = r.NotAfter + 1;
              return logon(u"ada", ada_key_, r, good).status;
            }),
            STATUS_LOGON_FAILURE);
  expect_clean(0);
}

TEST_F(LogonTest, AnUnknownAccountGetsAChallengeLikeAnyOtherAndTheSameSidEachTime) {
  SSHKEY_CHALLENGE_RESPONSE first{}, second{}, third{};
  ASSERT_EQ(challenge(u"nobody", SSHKEY_PURPOSE_INITIATE, first), STATUS_SUCCESS);
  stop();
  start();
  ASSERT_EQ(challenge(u"Nobody", SSHKEY_PURPOSE_INITIATE, second), STATUS_SUCCESS);
  ASSERT_EQ(challenge(u"nothing", SSHKEY_PURPOSE_INITIATE, third), STATUS_SUCCESS);
  EXPECT_EQ(first.AccountSidLength, lsa_.account(u"ada").sid.size());
  EXPECT_EQ(std::memcmp(first.AccountSid, second.AccountSid, sizeof first.AccountSid), 0);
  EXPECT_NE(std::memcmp(first.AccountSid, third.AccountSid, sizeof first.AccountSid), 0);
  const Bytes signature = ada_key_.sshsig(encode(statement_of(second, ada_key_)));
  EXPECT_EQ(logon(u"Nobody", ada_key_, second, signature).status, STATUS_LOGON_FAILURE);
}

TEST_F(LogonTest, OpenChallengesHaveAQuotaPerUid) {
  SSHKEY_CHALLENGE_RESPONSE response{};
  for (std::size_t i = 0; i < max_pending_per_uid; ++i)
    ASSERT_EQ(challenge(u"ada", SSHKEY_PURPOSE_INITIATE, response), STATUS_SUCCESS);
  EXPECT_EQ(challenge(u"ada", SSHKEY_PURPOSE_INITIATE, response), STATUS_QUOTA_EXCEEDED);
  act_as(u"bob");
  EXPECT_EQ(challenge(u"ada", SSHKEY_PURPOSE_INITIATE, response), STATUS_SUCCESS);
}

// Every support function fails once, the first, the second, and so on: nothing of the logon is left.
TEST_F(LogonTest, AFailureAtAnyPointLeavesNothingBehind) {
  enrol_ada();
  bool failed = true;
  int n = 0;
  while (failed) {
    SSHKEY_CHALLENGE_RESPONSE response{};
    ASSERT_EQ(challenge(u"ada", SSHKEY_PURPOSE_INITIATE, response), STATUS_SUCCESS);
    const Bytes signature = ada_key_.sshsig(encode(statement_of(response, ada_key_)));
    lsa_.fail_at(++n);
    const LogonResult result = logon(u"ada", ada_key_, response, signature);
    failed = lsa_.has_failed();
    lsa_.fail_at(0);
    EXPECT_EQ(result.status < 0, failed) << n;
    expect_clean(failed ? 0 : 1);
    EXPECT_EQ(package()->sessions.size(), failed ? 0u : 1u);
  }
  EXPECT_GT(n, 10);
}

}  // namespace
}  // namespace sshkey::test
