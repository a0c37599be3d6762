// Accounts, names, audit and tokens through the support functions: OpenSamUser and its kin, CrackSingleName,
// AuditAccountLogon, AuditLogonEx, DuplicateTokenHandle, CheckProtectedUserByToken, GetServiceAccountPassword.
#include <gtest/gtest.h>
#include <openlsa/ntsecpkg.h>
#include <openlsa/ntstatus.h>

#include "support/authority_environment.hpp"
#include "support/child.hpp"
#include "support/lsa_client.hpp"
#include "support/tokens.hpp"

namespace openlsa::test {
namespace {

CallResult probe(const std::string& script) { return Connection::untrusted().call("Probe", script); }

TEST(SamUsers, AreOpenedAndBecomeAToken) {
  const CallResult result = probe("sam-user TESTBOX\\alice 0\ntoken-user $token\nclose $token");
  ASSERT_EQ(result["open-user"], status_text(STATUS_SUCCESS));
  EXPECT_EQ(result["user-data"], status_text(STATUS_SUCCESS));
  EXPECT_EQ(result["expand"], status_text(STATUS_SUCCESS));
  EXPECT_EQ(result["expanded-larger"], "1") << "the groups are in it";
  EXPECT_EQ(result["convert"], status_text(STATUS_SUCCESS));
  EXPECT_EQ(result["token-user"], alice().sid);
  EXPECT_EQ(result["token-logon-id"], result["luid"]);
  EXPECT_EQ(result["close-user"], status_text(STATUS_SUCCESS));
  EXPECT_EQ(result["close-user-again"], status_text(STATUS_INVALID_HANDLE));
  EXPECT_EQ(result["data-after-close"], status_text(STATUS_INVALID_HANDLE));
}

TEST(SamUsers, ByTheirKindsOfNames) {
  const auto open = [](const std::string& rest) { return probe("sam-user " + rest)["open-user"]; };
  EXPECT_EQ(open("alice@TESTBOX 2"), status_text(STATUS_SUCCESS));
  EXPECT_EQ(open("alice 1 Kerberos"), status_text(STATUS_NO_SUCH_USER)) << "no account has an alternate id";
  EXPECT_EQ(open("alice 1"), status_text(STATUS_INVALID_PARAMETER)) << "an alternate id needs its prefix";
  EXPECT_EQ(open("CN=alice 3"), status_text(STATUS_NO_SUCH_USER));
  EXPECT_EQ(open("host/testbox 4"), status_text(STATUS_NO_SUCH_USER));
  EXPECT_EQ(open("alice 5"), status_text(STATUS_INVALID_PARAMETER));
  const CallResult missing = probe("sam-user nobody-here 0 - guest");
  EXPECT_EQ(missing["open-user"], status_text(STATUS_NO_SUCH_USER)) << "there is no Guest to stand in";
  EXPECT_EQ(missing["user-given"], "0");
}

TEST(SamUsers, WithoutTheRightToVouchThereIsNoToken) {
  const CallResult result = Connection::untrusted().call("Witness", "sam-user bob 0");
  EXPECT_EQ(result["open-user"], status_text(STATUS_SUCCESS));
  EXPECT_EQ(result["convert"], status_text(STATUS_ACCESS_DENIED));
  EXPECT_EQ(result["token"], "0");
}

TEST(SamUsers, TheirCredentialsAreNotImplementedAsDocumented) {
  EXPECT_EQ(probe("user-credentials")["user-credentials"], status_text(STATUS_NOT_IMPLEMENTED));
}

TEST(Names, AreCrackedFromOneFormatIntoAnother) {
  // DS_NT4_ACCOUNT_NAME 2, DS_DISPLAY_NAME 3, DS_USER_PRINCIPAL_NAME 8, DS_SID_OR_SID_HISTORY_NAME 11,
  // DS_STRING_SID_NAME 0xfffffff4
  const CallResult upn = probe("crack 2 testbox\\ALICE 8");
  EXPECT_EQ(upn["crack"], status_text(STATUS_SUCCESS));
  EXPECT_EQ(upn["crack-sub"], "0");
  EXPECT_EQ(upn["cracked"], "alice@TESTBOX");
  EXPECT_EQ(upn["cracked-domain"], "TESTBOX");
  EXPECT_EQ(probe("crack 8 alice@TESTBOX 2")["cracked"], "TESTBOX\\alice");
  EXPECT_EQ(probe("crack 2 TESTBOX\\alice 0xfffffff4")["cracked"], alice().sid);
  EXPECT_EQ(probe("crack 11 " + alice().sid + " 3")["cracked"], "alice");
}

TEST(Names, ThatAreNotThereLeaveTheOutputsAndSayWhy) {
  const CallResult missing = probe("crack 2 TESTBOX\\nobody-here 8");
  EXPECT_EQ(missing["crack"], status_text(STATUS_UNSUCCESSFUL));
  EXPECT_EQ(missing["crack-sub"], "2") << "DS_NAME_ERROR_NOT_FOUND";
  EXPECT_EQ(missing["cracked"], "");
  EXPECT_EQ(missing["cracked-domain"], "");
  const CallResult no_form = probe("crack 2 TESTBOX\\alice 1");
  EXPECT_EQ(no_form["crack"], status_text(STATUS_UNSUCCESSFUL));
  EXPECT_EQ(no_form["crack-sub"], "4") << "DS_NAME_ERROR_NO_MAPPING: there is no directory";
  EXPECT_EQ(probe("crack 2 TESTBOX\\alice 11")["crack"], status_text(STATUS_INVALID_PARAMETER));
}

// The line of the audit trail that has the text.
std::string audit_line(const std::string& text) {
  std::string line;
  eventually([&] {
    const std::string audit = installation().audit();
    const std::size_t at = audit.find(text);
    if (at == std::string::npos) return false;
    const std::size_t begin = audit.rfind('\n', at) + 1;
    line = audit.substr(begin, audit.find('\n', at) - begin);
    return true;
  });
  return line;
}

TEST(Audit, OfAccountLogonsAndOfLevels) {
  EXPECT_EQ(probe("audit-account foreign-4712@ELSEWHERE alice")["audit-account"], status_text(STATUS_SUCCESS));
  const std::string account = audit_line("foreign-4712");
  EXPECT_NE(account.find("package-account-logon"), std::string::npos) << account;
  EXPECT_NE(account.find("message: 17"), std::string::npos) << account;
  EXPECT_NE(account.find("outcome: success"), std::string::npos) << account;
  probe("audit-logon-ex who-logged-on-4713");
  const std::string logon = audit_line("who-logged-on-4713");
  EXPECT_NE(logon.find("package-logon"), std::string::npos) << logon;
  EXPECT_NE(logon.find("impersonation level: delegation"), std::string::npos) << logon;
}

TEST(Tokens, AreDuplicatedIntoTheClientAsTokensOnly) {
  const CallResult result = probe("create-session\ncreate-token $luid alice 3 2\nduplicate-token $token\nclose $token");
  ASSERT_EQ(result["duplicate-token"], status_text(STATUS_SUCCESS));
  TokenHandle token(reinterpret_cast<HANDLE>(std::stoull(result["client-handle"])));
  EXPECT_EQ(token_user(token.get()), alice().sid);
  EXPECT_EQ(probe("duplicate-token 4000")["duplicate-token"], status_text(STATUS_INVALID_HANDLE));
  EXPECT_EQ(probe("duplicate-token 12")["duplicate-token"], status_text(STATUS_INVALID_HANDLE)) << "no token";
}

TEST(Tokens, OfProtectedUsers) {
  const std::string make = "create-session\ncreate-token $luid alice 3 2 groups=";
  const std::string ask = "\nprotected-user $token\nclose $token";
  const CallResult member = probe(make + "S-1-5-21-1-2-3-525" + ask);
  ASSERT_EQ(member["create-token"], status_text(STATUS_SUCCESS));
  EXPECT_EQ(member["protected-user"], status_text(STATUS_SUCCESS));
  EXPECT_EQ(member["is-protected"], "1");
  EXPECT_EQ(probe(make + "S-1-5-21-1-2-3-513" + ask)["is-protected"], "0");
  EXPECT_EQ(probe("protected-user 0")["protected-user"], status_text(STATUS_INVALID_HANDLE));
}

TEST(ServiceAccounts, NoneIsManaged) {
  EXPECT_EQ(probe("service-account svc$")["service-account"], status_text(STATUS_OBJECT_NAME_NOT_FOUND));
  EXPECT_EQ(probe("service-account")["service-account"], status_text(STATUS_INVALID_PARAMETER));
}

}  // namespace
}  // namespace openlsa::test
