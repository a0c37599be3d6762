// Tokens that packages make, open and hand over: CreateToken, OpenTokenByLogonId, DuplicateHandle, authorization data.
#include <gtest/gtest.h>
#include <openlsa/ntstatus.h>
#include <openlsa/winerror.h>

#include "support/authority_environment.hpp"
#include "support/child.hpp"
#include "support/composition.hpp"
#include "support/lsa_client.hpp"
#include "support/tokens.hpp"

namespace openlsa::test {
namespace {

LogonResult logon(const char* user, SECURITY_LOGON_TYPE type = Interactive) {
  return Connection::trusted().logon("Probe", std::string("user=") + user, type);
}

TEST(PackageTokens, CreateTokenForASessionOfItsOwn) {
  const LogWatch log("probe");
  const CallResult result = Connection::untrusted().call(
      "Probe", "create-session\ncreate-token $luid alice 3 2\ntoken-user $token\nduplicate $token\nclose $token");
  ASSERT_EQ(result["create-token"], status_text(STATUS_SUCCESS));
  EXPECT_EQ(result["token-user"], alice().sid);
  EXPECT_EQ(result["token-logon-id"], result["luid"]);
  ASSERT_EQ(result["duplicate"], status_text(STATUS_SUCCESS));
  TokenHandle token(reinterpret_cast<HANDLE>(std::stoull(result["client-handle"])));
  EXPECT_EQ(token_user(token.get()), alice().sid);
  EXPECT_EQ(token_statistics(token.get()).TokenType, TokenImpersonation);
  EXPECT_TRUE(session_listed(std::stoull(result["luid"])));
  EXPECT_TRUE(token.close());
  EXPECT_TRUE(log.wait({"LogonTerminated", "0", "luid=" + result["luid"]}));
}

TEST(PackageTokens, CreateTokenExWithPrimaryCredentials) {
  const LogWatch witness("witness");
  const CallResult result = Connection::untrusted().call(
      "Probe", "create-session\ncreate-token $luid alice 3 1 ex=1\nduplicate $token\nclose $token");
  ASSERT_EQ(result["create-token"], status_text(STATUS_SUCCESS));
  TokenHandle token(reinterpret_cast<HANDLE>(std::stoull(result["client-handle"])));
  EXPECT_EQ(token_statistics(token.get()).ImpersonationLevel, SecurityIdentification);
  EXPECT_TRUE(witness.wait({"AcceptCredentials", "0", "luid=" + result["luid"], "name=alice"}));
}

TEST(PackageTokens, WhatIsRefused) {
  const Connection connection = Connection::untrusted();
  const auto status = [&](const std::string& script, const char* name = "create-token") {
    return connection.call("Probe", script)[name];
  };
  EXPECT_EQ(status("create-token 112233445566 alice 3 2"), status_text(STATUS_NO_SUCH_LOGON_SESSION));
  EXPECT_EQ(status("create-session\ncreate-token $luid S-1-5-18 3 2"), status_text(STATUS_ACCESS_DENIED));
  EXPECT_EQ(status("create-session\ncreate-token $luid alice 6 2"), status_text(STATUS_INVALID_LOGON_TYPE));
  EXPECT_EQ(status("create-session\ncreate-token $luid alice 3 9"), status_text(STATUS_BAD_IMPERSONATION_LEVEL));
  EXPECT_EQ(status("duplicate 4000", "duplicate"), status_text(STATUS_INVALID_HANDLE));
  EXPECT_EQ(status("close 4000", "close"), "0");
  const CallResult null =
      connection.call("Probe", "create-session\ncreate-token $luid none 3 2\ntoken-user $token\nclose $token");
  EXPECT_EQ(null["token-user"], "S-1-5-7");
}

TEST(PackageTokens, AFailedCallTakesTheDuplicateBack) {
  const LogWatch log("probe");
  // The handle's value goes to the log, because a call that fails has no answer.
  const Connection connection = Connection::trusted();
  const LogonResult result = connection.logon(
      "Probe",
      "user=alice\nrun=create-session;create-token_$luid_bob_3_2;duplicate_$token;close_$token\nfail=before-session");
  EXPECT_STATUS(STATUS_LOGON_FAILURE, result.status);
  std::string handle, luid;
  for (const std::string& line : log.lines()) {
    if (line.rfind("ran client-handle=", 0) == 0) handle = line.substr(18);
    if (line.rfind("ran luid=", 0) == 0) luid = line.substr(9);
  }
  ASSERT_NE(handle, "");
  ASSERT_NE(handle, "0");
  EXPECT_FALSE(is_open(reinterpret_cast<HANDLE>(std::stoull(handle))));
  EXPECT_TRUE(log.wait({"LogonTerminated", "0", "luid=" + luid})) << "its session ends with it";
}

TEST(PackageTokens, OpenTokenByLogonId) {
  const LogonResult own = logon("alice");
  ASSERT_STATUS(STATUS_SUCCESS, own.status);
  const Connection connection = Connection::trusted();
  const CallResult made =
      connection.call("Probe", "open-token " + std::to_string(own.luid) + "\ntoken-user $token\nclose $token");
  EXPECT_EQ(made["open-token"], status_text(STATUS_SUCCESS));
  EXPECT_EQ(made["token-user"], alice().sid);
  // A session of its present caller, which another package made.
  const CallResult callers = connection.call("Witness", "client-info\nopen-token $logon-id\nclose $token");
  EXPECT_EQ(callers["open-token"], status_text(STATUS_SUCCESS));
  EXPECT_EQ(connection.call("Probe", "open-token 665544332211")["open-token"],
            status_text(STATUS_NO_SUCH_LOGON_SESSION));
}

TEST(PackageTokens, AuthDataBecomeATokenOnce) {
  const Connection connection = Connection::untrusted();
  const CallResult good = connection.call("Probe", "auth-data alice 0\ntoken-user $token\nclose $token");
  ASSERT_EQ(good["auth-data"], status_text(STATUS_SUCCESS));
  EXPECT_EQ(good["without-flat-name"], status_text(STATUS_SUCCESS));
  EXPECT_EQ(good["flat-name"], "alice");
  EXPECT_EQ(good["convert"], status_text(STATUS_SUCCESS));
  EXPECT_EQ(good["converted-account"], "alice");
  EXPECT_EQ(good["token-user"], alice().sid);
  EXPECT_EQ(good["token-logon-id"], good["luid"]);
  EXPECT_EQ(connection.call("Probe", "auth-data nobody-here 0")["auth-data"], status_text(STATUS_NO_SUCH_USER));
  EXPECT_EQ(connection.call("Probe", "auth-data alice 0 spoil")["convert"], status_text(STATUS_INVALID_PARAMETER));
  EXPECT_EQ(connection.call("Witness", "auth-data bob 0")["convert"], status_text(STATUS_ACCESS_DENIED));
}

}  // namespace
}  // namespace openlsa::test
