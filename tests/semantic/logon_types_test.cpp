// LsaLogonUser for every SECURITY_LOGON_TYPE, and who may ask for what.
#include <gtest/gtest.h>
#include <openlsa/ntstatus.h>
#include <unistd.h>

#include <set>

#include "support/authority_environment.hpp"
#include "support/child.hpp"
#include "support/composition.hpp"
#include "support/lsa_client.hpp"
#include "support/tokens.hpp"

namespace openlsa::test {
namespace {

const std::set<std::string> type_sids = {"S-1-5-2", "S-1-5-3", "S-1-5-4", "S-1-5-6", "S-1-5-14"};

std::set<std::string> logon_type_sids(HANDLE token) {
  std::set<std::string> found;
  for (const auto& [sid, attributes] : token_groups(token))
    if (type_sids.contains(sid)) found.insert(sid);
  return found;
}

TEST(LogonTypes, EachGivesItsKindOfTokenWithItsSids) {
  const struct {
    SECURITY_LOGON_TYPE type;
    TOKEN_TYPE token;
    std::set<std::string> sids;
  } kinds[] = {
      {Interactive, TokenPrimary, {"S-1-5-4"}},
      {Network, TokenImpersonation, {"S-1-5-2"}},
      {Batch, TokenPrimary, {"S-1-5-3"}},
      {Service, TokenPrimary, {"S-1-5-6"}},
      {Unlock, TokenPrimary, {"S-1-5-4"}},
      {NetworkCleartext, TokenPrimary, {"S-1-5-2"}},
      {RemoteInteractive, TokenPrimary, {"S-1-5-4", "S-1-5-14"}},
      {CachedInteractive, TokenPrimary, {"S-1-5-4"}},
      {CachedRemoteInteractive, TokenPrimary, {"S-1-5-4", "S-1-5-14"}},
      {CachedUnlock, TokenPrimary, {"S-1-5-4"}},
  };
  for (const auto& kind : kinds) {
    const LogWatch log("probe");
    const LogonResult result = Connection::trusted().logon("Probe", "user=alice", kind.type);
    ASSERT_STATUS(STATUS_SUCCESS, result.status) << kind.type;
    EXPECT_EQ(token_statistics(result.token.get()).TokenType, kind.token) << kind.type;
    EXPECT_EQ(logon_type_sids(result.token.get()), kind.sids) << kind.type;
    EXPECT_EQ(token_user(result.token.get()), alice().sid) << kind.type;
    EXPECT_TRUE(token_groups(result.token.get()).contains("S-1-1-0")) << kind.type;
    EXPECT_EQ(log.count({"LogonUser", "0", "type=" + std::to_string(kind.type)}), 1);
  }
}

TEST(LogonTypes, WhatIsNoTypeIsRefusedBeforeAnyPackage) {
  const LogWatch probe("probe"), witness("witness");
  for (const int type : {0, 1, static_cast<int>(Proxy), 14, 77, -1}) {
    const LogonResult result =
        Connection::trusted().logon("Probe", "user=alice", static_cast<SECURITY_LOGON_TYPE>(type));
    EXPECT_STATUS(STATUS_INVALID_LOGON_TYPE, result.status) << type;
    EXPECT_FALSE(result.token) << type;
    EXPECT_EQ(result.luid, 0u) << type;
  }
  for (const LogWatch* log : {&probe, &witness})  // which may still hear of sessions of other tests
    for (const char* entry : {"BeforeLogon", "LogonUser", "AfterLogon"}) EXPECT_EQ(log->count({entry}), 0) << entry;
}

TEST(LogonTypes, TheTokenSaysWhoLoggedOn) {
  HANDLE own = nullptr;
  ASSERT_TRUE(OpenProcessToken(GetCurrentProcess(), TOKEN_QUERY, &own));
  const LogonResult result = Connection::trusted().logon("Probe", "user=alice");
  TOKEN_ORIGIN origin{};
  DWORD written = 0;
  ASSERT_TRUE(GetTokenInformation(result.token.get(), TokenOrigin, &origin, sizeof origin, &written));
  EXPECT_EQ(value_of(origin.OriginatingLogonSession), token_logon_id(own));
  ASSERT_TRUE(GetTokenInformation(own, TokenOrigin, &origin, sizeof origin, &written));
  EXPECT_EQ(value_of(origin.OriginatingLogonSession), 0u) << "nobody logged this process on";
  CloseHandle(own);
}

// There are no split tokens here, so a session has no twin.
TEST(PostLogonUser, NamesNoLinkedSession) {
  const LogWatch probe("probe");
  const LogonResult result = Connection::trusted().logon("Probe", "user=alice");
  ASSERT_STATUS(STATUS_SUCCESS, result.status);
  const std::string luid = "luid=" + std::to_string(result.luid);
  EXPECT_EQ(probe.count({"PostLogonUser", "0", luid, "flags=0", "linked=0"}), 1);
  EXPECT_EQ(probe.count({"PostLogonUser", "1", luid}), 0) << "it is for the package that logged on";
  EXPECT_STATUS(STATUS_LOGON_FAILURE, Connection::trusted().logon("Probe", "user=alice\nfail=after-session").status);
  EXPECT_EQ(probe.count({"PostLogonUser"}), 1) << "and for a logon that succeeded";
}

TEST(NewCredentials, CloneTheCallersTokenForANewSession) {
  HANDLE own = nullptr;
  ASSERT_TRUE(OpenProcessToken(GetCurrentProcess(), TOKEN_QUERY, &own));
  const LogWatch probe("probe"), witness("witness");
  LogonResult result = Connection::untrusted().logon("Probe", "user=bob\npassword=elsewhere", NewCredentials);
  ASSERT_STATUS(STATUS_SUCCESS, result.status);
  EXPECT_EQ(token_user(result.token.get()), token_user(own)) << "the same local identity";
  EXPECT_EQ(token_groups(result.token.get()), token_groups(own));
  EXPECT_EQ(token_privileges(result.token.get()), token_privileges(own));
  EXPECT_EQ(token_statistics(result.token.get()).TokenType, TokenPrimary);
  EXPECT_EQ(token_logon_id(result.token.get()), result.luid);
  EXPECT_NE(result.luid, token_logon_id(own));
  const OPENLSA_POSIX_IDENTITY identity = posix_identity(result.token.get());
  EXPECT_EQ(identity.HasIdentity, 1u);
  EXPECT_EQ(identity.Uid, ::geteuid());
  // ... but uses different credentials for other network connections.
  const std::string luid = "luid=" + std::to_string(result.luid);
  EXPECT_EQ(probe.count({"AcceptCredentials", "0", luid, "name=bob", "password=elsewhere", "type=9"}), 1);
  EXPECT_EQ(witness.count({"AcceptCredentials", "0", luid, "name=bob", "password=(none)"}), 1);
  EXPECT_TRUE(result.token.close());
  EXPECT_TRUE(probe.wait({"LogonTerminated", "0", luid}));
  CloseHandle(own);
}

TEST(NewCredentials, OfAThreadThatImpersonatesAreForWhomItActsAs) {
  const Connection connection = Connection::trusted();
  LogonResult network = connection.logon("Probe", "user=alice", Network);
  ASSERT_STATUS(STATUS_SUCCESS, network.status);
  ASSERT_STATUS(STATUS_SUCCESS, OpenLsaImpersonateTokenOnly(network.token.get()));
  const LogonResult clone = connection.logon("Probe", "user=bob", NewCredentials);
  ASSERT_TRUE(RevertToSelf());
  ASSERT_STATUS(STATUS_SUCCESS, clone.status);
  EXPECT_EQ(token_user(clone.token.get()), alice().sid);
  EXPECT_NE(clone.luid, network.luid);
}

TEST(NewCredentials, AThatFailedLeavesNothing) {
  const LogWatch log("probe");
  const auto before = session_list();
  const LogonResult result =
      Connection::untrusted().logon("Probe", "user=bob\nfail=after-session\nstatus=0xC000006D", NewCredentials);
  EXPECT_STATUS(STATUS_LOGON_FAILURE, result.status);
  EXPECT_FALSE(result.token);
  EXPECT_EQ(session_list(), before);
  EXPECT_EQ(log.count({"AcceptCredentials", "0", "type=9"}), 0);
}

// LsaLogonUser: "the caller is required to have SeTcbPrivilege only if" it uses a sub-authentication package, asks for
// an impersonation token with KERB_S4U_LOGON, or gives LocalGroups. The first two are in the submission, which only the
// package understands: it learns from GetClientInfo whether its caller has the privilege.
TEST(UntrustedLogon, ThePackageLearnsWhetherItsCallerIsTrusted) {
  const std::string script = "user=alice\nrun=client-info";
  {
    const LogWatch log("probe");
    EXPECT_STATUS(STATUS_SUCCESS, Connection::trusted().logon("Probe", script).status);
    EXPECT_EQ(log.count({"ran", "tcb=1"}), 1);
  }
  OPENLSA_NEEDS_DAEMON();
  OPENLSA_NEEDS_ROOT();
  const LogWatch log("probe");
  const std::string said = in_child(
      [&] {
        const Connection connection = Connection::untrusted();
        return status_text(connection.logon("Probe", script).status) + " " +
               status_text(connection.logon("Probe", "user=alice", NewCredentials).status);
      },
      Identity{alice().uid, alice().gid});
  EXPECT_EQ(said, status_text(STATUS_SUCCESS) + " " + status_text(STATUS_SUCCESS));
  EXPECT_EQ(log.count({"ran", "tcb=0"}), 1);
  EXPECT_EQ(log.count({"ran", "tcb=1"}), 0);
}

}  // namespace
}  // namespace openlsa::test
