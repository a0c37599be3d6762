// Logons that a sub-authentication package judges: MSV1_0_SUBAUTH_LOGON, and the top byte of ParameterControl.
#include <openlsa/ntstatus.h>
#include <openlsa/subauth.h>

#include "msv1_0/ntlm_authority.hpp"
#include "msv1_0/side_doors.hpp"
#include "msv1_0/submit.hpp"
#include "support/composition.hpp"
#include "support/lsa_client.hpp"
#include "support/text.hpp"
#include "support/tokens.hpp"

namespace openlsa::test {
namespace {

// 5 has the three forms, 6 the Ex form alone, 7 no right to vouch for anybody.
class SubAuthLogon : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    files_ = new AddedFile[3]{
        {"routine", "sub_authentication_package", {"kind=sub-authentication", "number=5", "vouch_for=*"}},
        {"routine-ex", "sub_authentication_ex_package", {"kind=sub-authentication", "number=6", "vouch_for=*"}},
        {"nobodys", "sub_authentication_package", {"kind=sub-authentication", "number=7"}}};
  }
  static void TearDownTestSuite() { delete[] std::exchange(files_, nullptr); }

  struct How {
    ULONG number = 5;
    ULONG control = 0;
    SECURITY_LOGON_TYPE type = Network;
    bool trusted = true;
  };
  static LogOnAnswer log_on_with(std::u16string_view user, std::string_view order, const How& how) {
    Submit<MSV1_0_SUBAUTH_LOGON> submit;
    submit->MessageType = MsV1_0SubAuthLogon;
    submit.text(&MSV1_0_SUBAUTH_LOGON::UserName, user);
    submit.text(&MSV1_0_SUBAUTH_LOGON::Workstation, u"CLIENT");
    submit.bytes(&MSV1_0_SUBAUTH_LOGON::AuthenticationInfo1, "do:" + std::string(order));
    submit->ParameterControl = how.control;
    submit->SubAuthPackageId = how.number;
    LogOnAnswer answer = test::log_on(submit.data(), submit.size(), how.type, how.trusted);
    const TokenHandle closed(std::exchange(answer.token, nullptr));
    return answer;
  }
  static LogOnAnswer log_on_with(std::u16string_view user, std::string_view order) {
    return log_on_with(user, order, How());
  }
  static MSV1_0_LM20_LOGON_PROFILE profile_of(const LogOnAnswer& answer) {
    MSV1_0_LM20_LOGON_PROFILE profile{};
    if (answer.profile.size() < sizeof profile) return profile;
    std::memcpy(&profile, answer.profile.data(), sizeof profile);
    return profile;
  }

 private:
  static inline AddedFile* files_ = nullptr;
};

constexpr ULONG ex = MSV1_0_SUBAUTHENTICATION_DLL_EX;

TEST_F(SubAuthLogon, ThePackageJudgesInsteadOfMsv10) {
  Submit<MSV1_0_SUBAUTH_LOGON> submit;
  submit->MessageType = MsV1_0SubAuthLogon;
  submit.text(&MSV1_0_SUBAUTH_LOGON::UserName, u"Alice");
  submit.bytes(&MSV1_0_SUBAUTH_LOGON::AuthenticationInfo1, "do:pin 4711");
  submit->SubAuthPackageId = 5;
  const LogOnAnswer answer = test::log_on(submit.data(), submit.size(), Network);
  ASSERT_STATUS(STATUS_SUCCESS, answer.status);
  const TokenHandle token(answer.token);
  EXPECT_EQ(70001u, posix_identity(token.get()).Uid);
  EXPECT_EQ(MsV1_0Lm20LogonProfile, profile_of(answer).MessageType);
  EXPECT_STATUS(STATUS_LOGON_FAILURE, log_on_with(u"alice", "pin 1").status);
  EXPECT_STATUS(STATUS_LOGON_FAILURE, log_on_with(u"mallory", "pin 4711").status);
  EXPECT_STATUS(STATUS_SUCCESS, log_on_with(u"alice", "pin 4711").status);
}

TEST_F(SubAuthLogon, IsAskedForByTheTopByteOfANetworkLogonToo) {
  Submit<MSV1_0_LM20_LOGON> submit;
  submit->MessageType = MsV1_0NetworkLogon;
  submit.text(&MSV1_0_LM20_LOGON::UserName, u"bob");
  submit.bytes(&MSV1_0_LM20_LOGON::CaseSensitiveChallengeResponse, "do:pin 4711");
  submit->ParameterControl = 5u << MSV1_0_SUBAUTHENTICATION_DLL_SHIFT;
  const LogOnAnswer answer = test::log_on(submit.data(), submit.size(), Network);
  ASSERT_STATUS(STATUS_SUCCESS, answer.status);
  const TokenHandle token(answer.token);
  EXPECT_EQ(70002u, posix_identity(token.get()).Uid);
  // "If this member is set to MsV1_0Lm20Logon, the MSV1_0 package ignores the ParameterControl member."
  submit->MessageType = MsV1_0Lm20Logon;
  EXPECT_STATUS(STATUS_NTLM_BLOCKED, test::log_on(submit.data(), submit.size(), Network).status) << "no response";
}

TEST_F(SubAuthLogon, TakesALogonProcessAndANoninteractiveLogon) {
  EXPECT_STATUS(STATUS_PRIVILEGE_NOT_HELD, log_on_with(u"alice", "pin 4711", {.trusted = false}).status);
  for (const SECURITY_LOGON_TYPE type : {Interactive, Unlock, RemoteInteractive})
    EXPECT_STATUS(STATUS_INVALID_LOGON_TYPE, log_on_with(u"alice", "pin 4711", {.type = type}).status) << type;
}

TEST_F(SubAuthLogon, ANumberThatNobodyHasIsNoPackage) {
  EXPECT_STATUS(STATUS_DLL_NOT_FOUND, log_on_with(u"alice", "pin 4711", {.number = 200}).status);
  EXPECT_STATUS(STATUS_INVALID_PARAMETER, log_on_with(u"alice", "pin 4711", {.number = 0}).status);
  EXPECT_STATUS(STATUS_INVALID_PARAMETER, log_on_with(u"alice", "pin 4711", {.number = 261}).status);
}

TEST_F(SubAuthLogon, FlagsAndTimesAreInTheProfile) {
  const MSV1_0_LM20_LOGON_PROFILE flags = profile_of(log_on_with(u"alice", "flags 81000000"));
  EXPECT_EQ(0x81000000u, flags.UserFlags & MSV1_0_SUBAUTHENTICATION_FLAGS);
  const MSV1_0_LM20_LOGON_PROFILE times = profile_of(log_on_with(u"alice", "times"));
  EXPECT_EQ(1000, times.LogoffTime.QuadPart);
  EXPECT_EQ(2000, times.KickOffTime.QuadPart);
  const MSV1_0_LM20_LOGON_PROFILE none = profile_of(log_on_with(u"alice", "pin 4711"));
  EXPECT_EQ(none.KickOffTime.QuadPart, none.LogoffTime.QuadPart);
  EXPECT_LT(2000, none.KickOffTime.QuadPart);
}

TEST_F(SubAuthLogon, TheExFormGivesASessionKeyAndAServer) {
  const LogOnAnswer answer = log_on_with(u"alice", "key", {.control = ex});
  ASSERT_STATUS(STATUS_SUCCESS, answer.status);
  const MSV1_0_LM20_LOGON_PROFILE key = profile_of(answer);
  EXPECT_EQ(std::string(16, '\x5a'), std::string(reinterpret_cast<const char*>(key.UserSessionKey), 16));
  EXPECT_EQ(ULONG{LOGON_SUBAUTH_SESSION_KEY}, key.UserFlags & LOGON_SUBAUTH_SESSION_KEY);
  EXPECT_EQ(0x02000000u, key.UserFlags & MSV1_0_SUBAUTHENTICATION_FLAGS);
  const MSV1_0_LM20_LOGON_PROFILE server = profile_of(log_on_with(u"alice", "server", {.control = ex}));
  EXPECT_EQ(14, server.LogonServer.Length) << "SUBAUTH";
  EXPECT_EQ(14, server.LogonDomainName.Length) << "TESTBOX: the domain stays the account's";
  EXPECT_EQ(2000, server.KickOffTime.QuadPart);
}

TEST_F(SubAuthLogon, WhatTheExFormLeavesIsCheckedHere) {
  make_user("guarded", "Passw0rd!", 70020);
  ASSERT_LE(0, admin("account-set", {"name=guarded", "workstations=ELSEWHERE"}).status);
  // The password was looked at, the workstation was not.
  const LogOnAnswer left = log_on_with(u"guarded", "actions 2", {.number = 6});
  EXPECT_STATUS(STATUS_ACCOUNT_RESTRICTION, left.status);
  EXPECT_STATUS(STATUS_INVALID_WORKSTATION, left.sub_status);
  EXPECT_STATUS(STATUS_SUCCESS, log_on_with(u"guarded", "actions 6", {.number = 6}).status);
  // The package says yes and has not looked at the password: that is MSV1_0's to do, and this is no response.
  EXPECT_STATUS(STATUS_NTLM_BLOCKED, log_on_with(u"guarded", "actions 4", {.number = 6}).status);
  ASSERT_LE(0, admin("account-set", {"name=guarded", "must_change_password=yes"}).status);
  EXPECT_STATUS(STATUS_PASSWORD_MUST_CHANGE, log_on_with(u"guarded", "actions 6", {.number = 6}).status);
  EXPECT_STATUS(STATUS_SUCCESS, log_on_with(u"guarded", "actions 26", {.number = 6}).status);
}

TEST_F(SubAuthLogon, AnAccountThatIsSwitchedOffStaysOff) {
  make_user("switched", "Passw0rd!", 70021);
  EXPECT_STATUS(STATUS_SUCCESS, log_on_with(u"switched", "pin 4711").status);
  ASSERT_LE(0, admin("account-disable", {"name=switched"}).status);
  const LogOnAnswer answer = log_on_with(u"switched", "pin 4711");
  EXPECT_STATUS(STATUS_ACCOUNT_RESTRICTION, answer.status);
  EXPECT_STATUS(STATUS_ACCOUNT_DISABLED, answer.sub_status);
}

TEST_F(SubAuthLogon, DoesNotMakeAnotherAccountOfIt) {
  EXPECT_STATUS(STATUS_SUCCESS, log_on_with(u"alice", "same", {.control = ex}).status);
  EXPECT_STATUS(STATUS_ACCESS_DENIED, log_on_with(u"alice", "other", {.control = ex}).status);
  EXPECT_NE(ntlm_installation().audit().find("names another account"), std::string::npos);
}

TEST_F(SubAuthLogon, VouchesOnlyForWhomItsDropInNames) {
  EXPECT_STATUS(STATUS_ACCESS_DENIED, log_on_with(u"alice", "pin 4711", {.number = 7}).status);
  EXPECT_NE(ntlm_installation().audit().find("may not vouch for"), std::string::npos);
  EXPECT_STATUS(STATUS_LOGON_FAILURE, log_on_with(u"alice", "pin 1", {.number = 7}).status);
}

// Accounts here have no user parameters: what cannot be stored is no success.
TEST_F(SubAuthLogon, ParametersAreNotStored) {
  EXPECT_STATUS(STATUS_ACCESS_DENIED, log_on_with(u"alice", "dump").status);
  EXPECT_STATUS(STATUS_SUCCESS, log_on_with(u"alice", "keep").status) << "WhichFields does not name them";
}

TEST_F(SubAuthLogon, ALieOrAnExceptionIsNoLogon) {
  for (const char* lie : {"status 103", "which 1", "foreign", "beyond"})
    EXPECT_STATUS(STATUS_INTERNAL_ERROR, log_on_with(u"alice", lie).status) << lie;
  EXPECT_STATUS(STATUS_UNHANDLED_EXCEPTION, log_on_with(u"alice", "throw").status);
}

TEST_F(SubAuthLogon, WrongAnswersLockTheAccountOut) {
  make_user("guessed", "Passw0rd!", 70022);
  for (int guess = 0; guess < 10; ++guess)
    EXPECT_STATUS(STATUS_LOGON_FAILURE, log_on_with(u"guessed", "pin 1").status) << guess;
  EXPECT_STATUS(STATUS_ACCOUNT_LOCKED_OUT, log_on_with(u"guessed", "pin 4711").status);
  EXPECT_STATUS(STATUS_ACCOUNT_LOCKED_OUT, log_on_interactively(u"guessed", u"Passw0rd!").status);
  ASSERT_LE(0, admin("account-unlock", {"name=guessed"}).status);
  EXPECT_STATUS(STATUS_SUCCESS, log_on_with(u"guessed", "pin 4711").status);
}

// What is no wrong password is no guess, either.
TEST_F(SubAuthLogon, OtherRefusalsAreNoGuesses) {
  make_user("refused", "Passw0rd!", 70023);
  for (int attempt = 0; attempt < 12; ++attempt)
    EXPECT_STATUS(STATUS_INVALID_LOGON_HOURS, log_on_with(u"refused", "status c000006f").sub_status) << attempt;
  EXPECT_STATUS(STATUS_SUCCESS, log_on_with(u"refused", "pin 4711").status);
}

TEST_F(SubAuthLogon, APackageThatDiesCostsItself) {
  OPENLSA_NEEDS_ISOLATION();
  EXPECT_STATUS(STATUS_INTERNAL_ERROR, log_on_with(u"alice", "crash").status);
  const LogOnAnswer other = log_on_interactively(u"alice", u"Passw0rd!");
  EXPECT_STATUS(STATUS_SUCCESS, other.status);
  const TokenHandle token(other.token);
  EXPECT_STATUS(STATUS_SUCCESS, log_on_with(u"alice", "actions 6", {.number = 6}).status) << "another file";
  EXPECT_TRUE(comes_back([] { return log_on_with(u"alice", "pin 4711").status == STATUS_SUCCESS; }));
}

TEST_F(SubAuthLogon, NumbersAreGivenOnce) {
  const AdminAnswer again =
      add_file("second", "sub_authentication_package", {"kind=sub-authentication", "number=5", "vouch_for=*"});
  EXPECT_STATUS(STATUS_OBJECT_NAME_COLLISION, again.status);
  const AdminAnswer filter =
      add_file("no-filter", "sub_authentication_package", {"kind=sub-authentication", "number=0"});
  EXPECT_GT(0, filter.status);
  EXPECT_NE(filter.message.find("exports no Msv1_0SubAuthenticationFilter"), std::string::npos) << filter.message;
  const AdminAnswer routine =
      add_file("no-routine", "sub_authentication_filter_package", {"kind=sub-authentication", "number=9"});
  EXPECT_GT(0, routine.status);
  EXPECT_NE(routine.message.find("Add it with --number 0"), std::string::npos) << routine.message;
}

TEST_F(SubAuthLogon, TheListShowsKindAndNumber) {
  const std::string list = admin("package-list").json;
  EXPECT_NE(list.find("\"kind\":\"sub-authentication 5\""), std::string::npos) << list;
}

}  // namespace
}  // namespace openlsa::test
