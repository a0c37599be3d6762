// LsaLogonUser that fails, at each step: the statuses, and that nothing stays behind.
#include <gtest/gtest.h>
#include <openlsa/ntstatus.h>

#include "support/authority_environment.hpp"
#include "support/child.hpp"
#include "support/composition.hpp"
#include "support/lsa_client.hpp"
#include "support/tokens.hpp"

namespace openlsa::test {
namespace {

LogonResult logon(const std::string& script, SECURITY_LOGON_TYPE type = Interactive) {
  return Connection::trusted().logon("Probe", script, type);
}

// The LUID of the session that the probe made in the last logon.
unsigned long long session_of(const LogWatch& log) {
  const std::string line = log.find({"LogonUser", "0"});
  const std::size_t at = line.find("luid=");
  return at == std::string::npos ? 0 : std::stoull(line.substr(at + 5));
}

void expect_nothing(const LogonResult& result) {
  EXPECT_FALSE(result.token);
  EXPECT_EQ(result.luid, 0u);
  EXPECT_FALSE(result.profile_given);
  EXPECT_EQ(result.profile_size, 0u);
}

TEST(LogonFailure, ThePackagesStatusComesThrough) {
  const LogonResult result = logon("user=alice\nfail=before-session\nstatus=0xC0000064");
  EXPECT_STATUS(STATUS_NO_SUCH_USER, result.status);
  EXPECT_STATUS(STATUS_SUCCESS, result.sub_status) << "SubStatus is for valid accounts only";
  expect_nothing(result);
}

TEST(LogonFailure, SubStatusIsSetForARestrictedAccountOnly) {
  const LogonResult restricted = logon("user=alice\nfail=before-session\nstatus=0xC000006E\nsub-status=0xC0000071");
  EXPECT_STATUS(STATUS_ACCOUNT_RESTRICTION, restricted.status);
  EXPECT_STATUS(STATUS_PASSWORD_EXPIRED, restricted.sub_status);
  const LogonResult wrong = logon("user=alice\nfail=before-session\nstatus=0xC000006D\nsub-status=0xC0000071");
  EXPECT_STATUS(STATUS_LOGON_FAILURE, wrong.status);
  EXPECT_STATUS(STATUS_SUCCESS, wrong.sub_status);
  const LogonResult classic = Connection::trusted().logon("ClassicProbe", "");
  EXPECT_STATUS(STATUS_ACCOUNT_RESTRICTION, classic.status);
  EXPECT_STATUS(STATUS_PASSWORD_EXPIRED, classic.sub_status);
}

TEST(LogonFailure, AtEachStepNothingStays) {
  for (const char* step : {"after-session", "after-token", "after-profile"}) {
    const LogWatch log("probe");
    const LogonResult result = logon(std::string("user=alice\nprofile=text\nstatus=0xC000006D\nfail=") + step);
    EXPECT_STATUS(STATUS_LOGON_FAILURE, result.status) << step;
    expect_nothing(result);
    const unsigned long long luid = session_of(log);
    ASSERT_NE(luid, 0u) << step;
    EXPECT_FALSE(session_listed(luid)) << step;
    const std::string piece = "luid=" + std::to_string(luid);
    EXPECT_EQ(log.count({"AcceptCredentials", piece}), 0) << step;
    // The session is gone: its LUID is free again.
    EXPECT_EQ(Connection::untrusted().call("Probe", "create-session " + std::to_string(luid) + "\ndelete-session " +
                                                        std::to_string(luid))["create-session"],
              status_text(STATUS_SUCCESS))
        << step;
    // A notification would come before that of a later session.
    LogonResult later = logon("user=alice");
    later.token.close();
    ASSERT_TRUE(log.wait({"LogonTerminated", "0", "luid=" + std::to_string(later.luid)})) << step;
    EXPECT_EQ(log.count({"LogonTerminated", piece}), 0) << step << ": before success there is no notification";
  }
}

TEST(LogonFailure, ASessionThatThePackageForgetsGoesWithTheCall) {
  const LogWatch log("probe");
  const LogonResult result = logon("user=alice\nfail=after-session\nkeep-session=1\nstatus=0xC000006D");
  EXPECT_STATUS(STATUS_LOGON_FAILURE, result.status);
  const unsigned long long luid = session_of(log);
  ASSERT_NE(luid, 0u);
  EXPECT_EQ(Connection::untrusted().call("Probe", "create-session " + std::to_string(luid) + "\ndelete-session " +
                                                      std::to_string(luid))["create-session"],
            status_text(STATUS_SUCCESS));
}

TEST(LogonFailure, ALateFailureOfTheAuthorityEndsTheSession) {
  // The package succeeds; the token information is of a kind that there is not.
  const LogWatch log("probe");
  const LogonResult result = logon("user=alice\ntype=bad\nprofile=text");
  EXPECT_FALSE(NT_SUCCESS(result.status));
  expect_nothing(result);
  const unsigned long long luid = session_of(log);
  ASSERT_NE(luid, 0u);
  EXPECT_FALSE(session_listed(luid));
  EXPECT_EQ(log.count({"AcceptCredentials", "luid=" + std::to_string(luid)}), 0);
}

TEST(LogonFailure, AfterThePackagesSuccessTheEndIsANotification) {
  // The authority refuses the user: from the package's success on the session was the authority's.
  const LogWatch log("probe");
  const LogonResult result = logon("user=S-1-5-18\nprofile=text");
  EXPECT_STATUS(STATUS_ACCESS_DENIED, result.status);
  expect_nothing(result);
  const unsigned long long luid = session_of(log);
  ASSERT_NE(luid, 0u);
  EXPECT_TRUE(log.wait({"LogonTerminated", "0", "luid=" + std::to_string(luid)}));
  EXPECT_FALSE(session_listed(luid));
  EXPECT_EQ(log.count({"AcceptCredentials", "luid=" + std::to_string(luid)}), 0);
}

TEST(LogonFailure, NobodyVouchesForThePowerfulByAStar) {
  for (const char* user : {"S-1-5-18", "S-1-5-32-544", "S-1-22-1-0"}) {
    const LogonResult result = logon(std::string("user=") + user);
    EXPECT_FALSE(NT_SUCCESS(result.status)) << user;
    expect_nothing(result);
  }
  EXPECT_STATUS(STATUS_ACCESS_DENIED, logon("user=alice\ngroups=S-1-5-32-544").status) << "an administrator by group";
}

TEST(LogonFailure, APackageVouchesForItsAccountsOnly) {
  const Connection connection = Connection::trusted();
  EXPECT_STATUS(STATUS_SUCCESS, connection.logon("Witness", "user=alice").status);
  LogonResult result = connection.logon("Witness", "user=bob");
  EXPECT_STATUS(STATUS_ACCESS_DENIED, result.status);
  expect_nothing(result);
}

TEST(LogonFailure, AnotherPackagesSessionIsRefusedAndAudited) {
  OPENLSA_NEEDS_ISOLATION();  // the host that lies is ended
  const LogonResult own = logon("user=alice");
  ASSERT_STATUS(STATUS_SUCCESS, own.status);
  const LogonResult stolen = Connection::trusted().logon("Witness", "user=alice\nsession=" + std::to_string(own.luid));
  EXPECT_FALSE(NT_SUCCESS(stolen.status));
  expect_nothing(stolen);
  EXPECT_TRUE(eventually([] { return installation().audit().find("host-lied") != std::string::npos; }));
  EXPECT_TRUE(session_listed(own.luid)) << "the session that was named is not touched";
  EXPECT_TRUE(eventually([] { return NT_SUCCESS(Connection::trusted().logon("Witness", "user=alice").status); }))
      << "the host comes back";
}

TEST(LogonFailure, OneSessionIsOneLogon) {
  const LogonResult first = logon("user=alice");
  ASSERT_STATUS(STATUS_SUCCESS, first.status);
  const LogonResult again = logon("user=bob\nsession=" + std::to_string(first.luid));
  EXPECT_STATUS(STATUS_BAD_LOGON_SESSION_STATE, again.status);
  EXPECT_EQ(token_user(first.token.get()), alice().sid);
  const LogonResult never = logon("user=bob\nsession=123456789123");
  EXPECT_STATUS(STATUS_NO_SUCH_LOGON_SESSION, never.status);
}

TEST(LogonFailure, AProfileOutsideTheWindowIsRefused) {
  static char victim[64] = {};
  const LogWatch log("probe");
  const LogonResult result =
      logon("user=alice\nwild-profile=" + std::to_string(reinterpret_cast<std::uintptr_t>(victim)));
  EXPECT_FALSE(NT_SUCCESS(result.status));
  expect_nothing(result);
  EXPECT_FALSE(session_listed(session_of(log)));
}

TEST(LogonFailure, BadArguments) {
  const Connection connection = Connection::trusted();
  for (const int type : {0, 1, 6, 14, 99})
    EXPECT_STATUS(STATUS_INVALID_LOGON_TYPE,
                  connection.logon("Probe", "user=alice", static_cast<SECURITY_LOGON_TYPE>(type)).status)
        << type;
  EXPECT_STATUS(STATUS_NO_SUCH_PACKAGE, connection.logon("No Such Package", "user=alice").status);
  // A package that is no authentication package.
  EXPECT_FALSE(NT_SUCCESS(connection.logon("FailingFirst", "user=alice").status));
}

TEST(LogonFailure, AnExceptionIsAFailedLogon) {
  const LogonResult result = logon("user=alice\nthrow=1");
  EXPECT_FALSE(NT_SUCCESS(result.status));
  expect_nothing(result);
  EXPECT_STATUS(STATUS_SUCCESS, logon("user=alice").status);
}

TEST(LogonFailure, TheAuditNamesTheAccount) {
  logon("user=mallory\nfail=before-session\nstatus=0xC000006D");
  EXPECT_TRUE(eventually([] { return installation().audit().find("mallory") != std::string::npos; }));
}

TEST(LogonFailure, TheAuditTrailHoldsNoSecret) {
  LogonResult result = logon("user=alice\npassword=hunter2hunter2\nsupplemental=Probe2:extra-secret-bytes");
  ASSERT_STATUS(STATUS_SUCCESS, result.status);
  const std::string audit = installation().audit();
  EXPECT_NE(audit.find("alice"), std::string::npos);
  EXPECT_EQ(audit.find("hunter2"), std::string::npos);
  EXPECT_EQ(audit.find("extra-secret"), std::string::npos);
}

}  // namespace
}  // namespace openlsa::test
