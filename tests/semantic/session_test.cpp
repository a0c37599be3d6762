// Logon sessions: enumeration, data, their end with the last token, and the packages' credentials in them.
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
std::string luid_piece(const LogonResult& result) { return "luid=" + std::to_string(result.luid); }

TEST(Sessions, AreListedFromLogonToLastToken) {
  LogonResult result = logon("user=alice");
  ASSERT_STATUS(STATUS_SUCCESS, result.status);
  EXPECT_TRUE(session_listed(result.luid));
  EXPECT_TRUE(result.token.close());
  EXPECT_TRUE(eventually([&] { return !session_listed(result.luid); }));
}

TEST(Sessions, DataSayWhoseTheyAre) {
  const LogonResult result = logon("user=alice", Batch);
  ASSERT_STATUS(STATUS_SUCCESS, result.status);
  LUID luid = luid_of(result.luid);
  PSECURITY_LOGON_SESSION_DATA data = nullptr;
  ASSERT_STATUS(STATUS_SUCCESS, LsaGetLogonSessionData(&luid, &data));
  ASSERT_NE(data, nullptr);
  EXPECT_GE(data->Size, offsetof(SECURITY_LOGON_SESSION_DATA, LogonTime));
  EXPECT_EQ(value_of(data->LogonId), result.luid);
  EXPECT_EQ(narrow(data->UserName), "alice");
  EXPECT_EQ(narrow(data->LogonDomain), "PROBE");
  EXPECT_EQ(narrow(data->AuthenticationPackage), "Probe");
  EXPECT_EQ(data->LogonType, ULONG{Batch});
  EXPECT_EQ(sid_text(data->Sid), alice().sid);
  EXPECT_EQ(narrow(data->LogonServer), "PROBESERVER");
  EXPECT_EQ(narrow(data->DnsDomainName), "probe.test");
  EXPECT_EQ(narrow(data->Upn), "alice@probe.test");
  EXPECT_GT(data->LogonTime.QuadPart, 0);
  EXPECT_STATUS(STATUS_SUCCESS, LsaFreeReturnBuffer(data));
}

TEST(Sessions, DataOfUnknownSessionsAndBadArguments) {
  LUID luid = luid_of(0x7777777777);
  PSECURITY_LOGON_SESSION_DATA data = nullptr;
  EXPECT_STATUS(STATUS_NO_SUCH_LOGON_SESSION, LsaGetLogonSessionData(&luid, &data));
  EXPECT_EQ(data, nullptr);
  EXPECT_STATUS(STATUS_INVALID_PARAMETER, LsaGetLogonSessionData(nullptr, &data));
  EXPECT_STATUS(STATUS_INVALID_PARAMETER, LsaGetLogonSessionData(&luid, nullptr));
  EXPECT_STATUS(STATUS_INVALID_PARAMETER, LsaEnumerateLogonSessions(nullptr, nullptr));
}

TEST(Sessions, DataAreForTheirOwnerAndAdministrators) {
  OPENLSA_NEEDS_DAEMON();
  OPENLSA_NEEDS_ROOT();
  const LogonResult hers = logon("user=alice");
  ASSERT_STATUS(STATUS_SUCCESS, hers.status);
  const auto ask = [&hers] {
    LUID luid = luid_of(hers.luid);
    PSECURITY_LOGON_SESSION_DATA data = nullptr;
    return status_text(LsaGetLogonSessionData(&luid, &data));
  };
  EXPECT_EQ(in_child(ask, Identity{alice().uid, alice().gid}), status_text(STATUS_SUCCESS));
  EXPECT_EQ(in_child(ask, Identity{bob().uid, bob().gid}), status_text(STATUS_ACCESS_DENIED));
}

TEST(Sessions, TerminateOnceAfterTheLastTokenOfAll) {
  const LogWatch probe("probe"), witness("witness"), classic("classic");
  LogonResult result = logon("user=alice");
  ASSERT_STATUS(STATUS_SUCCESS, result.status);
  HANDLE second = nullptr;
  ASSERT_TRUE(DuplicateTokenEx(result.token.get(), 0, nullptr, SecurityImpersonation, TokenPrimary, &second));
  EXPECT_TRUE(result.token.close());
  EXPECT_TRUE(session_listed(result.luid)) << "a duplicate keeps it";
  // The packages' threads have nothing to say yet; a call through each makes sure that it would have been said.
  Connection::untrusted().call("Probe", "log settled");
  EXPECT_EQ(probe.count({"LogonTerminated", luid_piece(result)}), 0);
  EXPECT_TRUE(CloseHandle(second));
  EXPECT_TRUE(probe.wait({"LogonTerminated", "0", luid_piece(result)}));
  EXPECT_TRUE(probe.wait({"LogonTerminated", "1", luid_piece(result)}));
  EXPECT_TRUE(witness.wait({"LogonTerminated", "0", luid_piece(result)})) << "every package is told";
  EXPECT_TRUE(classic.wait({"LsaApLogonTerminated", luid_piece(result)}));
  EXPECT_TRUE(eventually([&] { return !session_listed(result.luid); }));
  EXPECT_EQ(probe.count({"LogonTerminated", "0", luid_piece(result)}), 1);
  EXPECT_EQ(probe.count({"LogonTerminated", "1", luid_piece(result)}), 1);
}

TEST(Sessions, WhileOneTerminatesItsCredentialsCanBeReadAndNoTokenOpens) {
  const LogWatch log("probe");
  LogonResult result = logon("user=alice");
  ASSERT_STATUS(STATUS_SUCCESS, result.status);
  const CallResult kept =
      Connection::untrusted().call("Probe", "add-credential " + std::to_string(result.luid) + " kept the-secret");
  ASSERT_EQ(kept["add-credential"], status_text(STATUS_SUCCESS));
  EXPECT_TRUE(result.token.close());
  ASSERT_TRUE(log.wait({"LogonTerminated", "0", luid_piece(result)}));
  EXPECT_EQ(log.count({"LogonTerminated", "0", luid_piece(result), "kept=the-secret"}), 1);
  EXPECT_EQ(
      log.count({"LogonTerminated", "0", luid_piece(result), "open=" + status_text(STATUS_NO_SUCH_LOGON_SESSION)}), 1);
}

TEST(Sessions, ACallersTokenKeepsItsSession) {
  // A thread that impersonates holds the token although the handle is closed.
  const LogWatch log("probe");
  LogonResult result = logon("user=alice", Network);
  ASSERT_STATUS(STATUS_SUCCESS, result.status);
  ASSERT_STATUS(STATUS_SUCCESS, OpenLsaImpersonateTokenOnly(result.token.get()));
  EXPECT_TRUE(result.token.close());
  EXPECT_TRUE(session_listed(result.luid));
  ASSERT_TRUE(RevertToSelf());
  EXPECT_TRUE(log.wait({"LogonTerminated", "0", luid_piece(result)}));
}

TEST(Sessions, CreateAndDelete) {
  const Connection connection = Connection::untrusted();
  const CallResult result = connection.call("Probe", "create-session\ncreate-session $luid\n");
  EXPECT_EQ(result["create-session"], status_text(STATUS_LOGON_SESSION_COLLISION)) << "the second one";
  const CallResult deleted = connection.call("Probe", "create-session\ndelete-session $luid");
  EXPECT_EQ(deleted["create-session"], status_text(STATUS_SUCCESS));
  EXPECT_EQ(deleted["delete-session"], status_text(STATUS_SUCCESS));
  EXPECT_EQ(connection.call("Probe", "delete-session " + deleted["luid"])["delete-session"],
            status_text(STATUS_NO_SUCH_LOGON_SESSION));
}

TEST(Sessions, OneWithATokenIsNotDeleted) {
  const LogonResult result = logon("user=alice");
  ASSERT_STATUS(STATUS_SUCCESS, result.status);
  EXPECT_EQ(Connection::untrusted().call("Probe", "delete-session " + std::to_string(result.luid))["delete-session"],
            status_text(STATUS_BAD_LOGON_SESSION_STATE));
  EXPECT_TRUE(session_listed(result.luid));
}

TEST(Sessions, OfAnotherPackageFileAreOutOfReach) {
  const LogonResult result = logon("user=alice");
  ASSERT_STATUS(STATUS_SUCCESS, result.status);
  const std::string luid = std::to_string(result.luid);
  const CallResult refused = Connection::untrusted().call(
      "Witness", "delete-session " + luid + "\nopen-token " + luid + "\nget-credential " + luid +
                     " kept\nadd-credential " + luid + " kept stolen\ncreate-token " + luid + " alice 3 2");
  for (const char* name : {"delete-session", "open-token", "create-token"})
    EXPECT_EQ(refused[name], status_text(STATUS_ACCESS_DENIED)) << name;
  EXPECT_TRUE(session_listed(result.luid));
  EXPECT_TRUE(eventually([] {
    const std::string audit = installation().audit();
    return audit.find("OpenTokenByLogonId") != std::string::npos && audit.find("refused") != std::string::npos;
  }));
}

TEST(Credentials, AreKeptBySessionPackageAndKey) {
  const LogonResult result = logon("user=alice");
  ASSERT_STATUS(STATUS_SUCCESS, result.status);
  const std::string luid = std::to_string(result.luid);
  const Connection connection = Connection::untrusted();
  ASSERT_EQ(connection.call("Probe", "add-credential " + luid + " first one\nadd-credential " + luid +
                                         " second two")["add-credential"],
            status_text(STATUS_SUCCESS));
  EXPECT_EQ(connection.call("Probe", "get-credential " + luid + " second")["value"], "two");
  EXPECT_EQ(connection.call("Probe", "get-credential " + luid + " third")["get-credential"],
            status_text(STATUS_UNSUCCESSFUL));
  EXPECT_EQ(connection.call("Probe2", "get-credential " + luid + " first")["get-credential"],
            status_text(STATUS_UNSUCCESSFUL))
      << "another package of the same file has a list of its own";
  const CallResult gone =
      connection.call("Probe", "delete-credential " + luid + " first\nget-credential " + luid + " first");
  EXPECT_EQ(gone["delete-credential"], status_text(STATUS_SUCCESS));
  EXPECT_EQ(gone["get-credential"], status_text(STATUS_UNSUCCESSFUL));
}

TEST(Credentials, TheCursorVisitsEachOnce) {
  const LogonResult result = logon("user=alice");
  ASSERT_STATUS(STATUS_SUCCESS, result.status);
  const std::string luid = std::to_string(result.luid);
  std::string script;
  for (const char* pair : {"a 1", "b 2", "a 3", "longer-key 4"}) script += "add-credential " + luid + " " + pair + "\n";
  const Connection connection = Connection::untrusted();
  connection.call("Probe", script);
  const CallResult all = connection.call("Probe", "list-credentials " + luid);
  EXPECT_EQ(all["list"], "a:1,b:2,a:3,longer-key:4,");
  EXPECT_EQ(all["list-credentials"], status_text(STATUS_UNSUCCESSFUL)) << "the documented end of the list";
  const CallResult small = connection.call("Probe", "list-credentials " + luid + " 3");
  EXPECT_EQ(small["list"], "a:1,b:2,a:3,");
  EXPECT_EQ(small["list-credentials"], status_text(STATUS_MORE_ENTRIES)) << "a key that does not fit";
  EXPECT_EQ(small["list-key-length"], "10");
}

TEST(Credentials, OfASessionThatIsNotThere) {
  const CallResult result =
      Connection::untrusted().call("Probe",
                                   "add-credential 998877665544 k v\nget-credential 998877665544 k\n"
                                   "delete-credential 998877665544 k");
  for (const char* name : {"add-credential", "get-credential", "delete-credential"})
    EXPECT_EQ(result[name], status_text(STATUS_NO_SUCH_LOGON_SESSION)) << name;
}

TEST(Credentials, AForeignPackageIdIsRefused) {
  const Connection connection = Connection::untrusted();
  const LogonResult result = logon("user=alice");
  ASSERT_STATUS(STATUS_SUCCESS, result.status);
  const std::string luid = std::to_string(result.luid), foreign = std::to_string(connection.package("Witness"));
  EXPECT_EQ(connection.call("Probe", "get-credential " + luid + " k " + foreign)["get-credential"],
            status_text(STATUS_ACCESS_DENIED));
}

}  // namespace
}  // namespace openlsa::test
