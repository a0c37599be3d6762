// LsaLogonUser that succeeds: session, token, profile, credentials.
#include <gtest/gtest.h>
#include <openlsa/ntstatus.h>

#include "support/authority_environment.hpp"
#include "support/composition.hpp"
#include "support/lsa_client.hpp"
#include "support/tokens.hpp"

namespace openlsa::test {
namespace {

constexpr const char* world = "S-1-1-0";
constexpr const char* authenticated_users = "S-1-5-11";
constexpr const char* interactive_sid = "S-1-5-4";
constexpr const char* network_sid = "S-1-5-2";
constexpr const char* batch_sid = "S-1-5-3";
constexpr const char* service_sid = "S-1-5-6";

LogonResult logon(const std::string& script, SECURITY_LOGON_TYPE type = Interactive, PTOKEN_GROUPS local = nullptr) {
  return Connection::trusted().logon("Probe", script, type, local);
}

TEST(Logon, GivesATokenOfTheUser) {
  const LogonResult result = logon("user=alice");
  ASSERT_STATUS(STATUS_SUCCESS, result.status);
  EXPECT_STATUS(STATUS_SUCCESS, result.sub_status);
  ASSERT_TRUE(result.token);
  EXPECT_EQ(reinterpret_cast<std::uintptr_t>(result.token.get()) % 4, 0u);
  EXPECT_LT(reinterpret_cast<std::uintptr_t>(result.token.get()), 0x80000000u) << "packages pack handles as ULONG";
  EXPECT_EQ(token_user(result.token.get()), alice().sid);
  EXPECT_EQ(token_logon_id(result.token.get()), result.luid);
  EXPECT_NE(result.luid, 0u);
  EXPECT_FALSE(result.profile_given);
  EXPECT_EQ(result.profile_size, 0u);
}

TEST(Logon, TheTokenHasThePosixIdentityOfTheAccount) {
  const LogonResult result = logon("user=bob");
  ASSERT_STATUS(STATUS_SUCCESS, result.status);
  const OPENLSA_POSIX_IDENTITY identity = posix_identity(result.token.get());
  EXPECT_EQ(identity.HasIdentity, 1u);
  EXPECT_EQ(identity.Uid, bob().uid);
  EXPECT_EQ(identity.Gid, bob().gid);
}

TEST(Logon, TheAuthorityAddsWorldAndTheLogonType) {
  const std::pair<SECURITY_LOGON_TYPE, const char*> kinds[] = {
      {Interactive, interactive_sid}, {Network, network_sid}, {Batch, batch_sid}, {Service, service_sid}};
  for (const auto& [type, sid] : kinds) {
    const LogonResult result = logon("user=alice\ngroups=S-1-5-21-1-2-3-4444", type);
    ASSERT_STATUS(STATUS_SUCCESS, result.status);
    const auto groups = token_groups(result.token.get());
    constexpr ULONG enabled = SE_GROUP_MANDATORY | SE_GROUP_ENABLED | SE_GROUP_ENABLED_BY_DEFAULT;
    for (const char* expected : {world, authenticated_users, sid, "S-1-5-21-1-2-3-4444"}) {
      ASSERT_TRUE(groups.contains(expected)) << type << " " << expected;
      EXPECT_EQ(groups.at(expected) & enabled, enabled) << type << " " << expected;
    }
    for (const auto& [other, other_sid] : kinds)
      EXPECT_EQ(groups.contains(other_sid), other == type) << type << other_sid;
  }
}

TEST(Logon, ThePackageCannotAssignWhatTheSystemAssigns) {
  const LogonResult result = logon("user=alice\ngroups=S-1-5-6+S-1-5-4", Network);
  ASSERT_STATUS(STATUS_SUCCESS, result.status);
  const auto groups = token_groups(result.token.get());
  EXPECT_FALSE(groups.contains(service_sid));
  EXPECT_FALSE(groups.contains(interactive_sid));
  EXPECT_TRUE(groups.contains(network_sid));
}

TEST(Logon, TheLogonTypeDecidesTheTokenType) {
  const LogonResult interactive = logon("user=alice", Interactive);
  const LogonResult network = logon("user=alice", Network);
  ASSERT_STATUS(STATUS_SUCCESS, interactive.status);
  ASSERT_STATUS(STATUS_SUCCESS, network.status);
  EXPECT_EQ(token_statistics(interactive.token.get()).TokenType, TokenPrimary);
  EXPECT_EQ(token_statistics(network.token.get()).TokenType, TokenImpersonation);
  EXPECT_EQ(token_statistics(network.token.get()).ImpersonationLevel, SecurityImpersonation);
  EXPECT_NE(interactive.luid, network.luid);
  // "Quotas: only for a primary token".
  EXPECT_NE(interactive.quotas.PagedPoolLimit, 0u);
  EXPECT_EQ(network.quotas.PagedPoolLimit, 0u);
  for (const SECURITY_LOGON_TYPE type : {Batch, Service, Unlock}) {
    const LogonResult other = logon("user=alice", type);
    ASSERT_STATUS(STATUS_SUCCESS, other.status) << type;
    EXPECT_EQ(token_statistics(other.token.get()).TokenType, TokenPrimary) << type;
  }
}

TEST(Logon, TheTokenNamesItsSource) {
  const LogonResult result = logon("user=alice");
  ASSERT_STATUS(STATUS_SUCCESS, result.status);
  TOKEN_SOURCE source{};
  DWORD written = 0;
  ASSERT_TRUE(GetTokenInformation(result.token.get(), TokenSource, &source, sizeof source, &written));
  EXPECT_EQ(std::string(source.SourceName, 7), "SemTest");
}

TEST(Logon, PrivilegesFollowThePolicy) {
  const auto plain = logon("user=alice");
  ASSERT_STATUS(STATUS_SUCCESS, plain.status);
  const auto privileges = token_privileges(plain.token.get());
  EXPECT_TRUE(privileges.contains(23)) << "SeChangeNotifyPrivilege is everyone's";
  EXPECT_FALSE(privileges.contains(7)) << "SeTcbPrivilege";
  const auto more = logon("user=alice\nprivileges=shutdown");
  ASSERT_STATUS(STATUS_SUCCESS, more.status);
  EXPECT_TRUE(token_privileges(more.token.get()).contains(19));
  EXPECT_FALSE(privileges.contains(19));
}

TEST(Logon, EachFormOfTokenInformation) {
  for (const char* form : {"v1", "v2"}) {
    const LogonResult result =
        logon(std::string("user=alice\ngroups=S-1-5-21-1-2-3-4444+S-1-5-21-1-2-3-5555\ntype=") + form);
    ASSERT_STATUS(STATUS_SUCCESS, result.status) << form;
    EXPECT_EQ(token_user(result.token.get()), alice().sid) << form;
    const auto groups = token_groups(result.token.get());
    EXPECT_TRUE(groups.contains("S-1-5-21-1-2-3-4444")) << form;
    EXPECT_TRUE(groups.contains("S-1-5-21-1-2-3-5555")) << form;
  }
  const LogonResult null = logon("user=alice\ntype=null", Network);
  ASSERT_STATUS(STATUS_SUCCESS, null.status);
  EXPECT_EQ(token_user(null.token.get()), "S-1-5-7") << "ANONYMOUS";
  EXPECT_EQ(posix_identity(null.token.get()).HasIdentity, 0u);
  EXPECT_FALSE(token_groups(null.token.get()).contains(authenticated_users));
}

TEST(Logon, LocalGroupsNeedARegisteredLogonProcess) {
  std::vector<UCHAR> sid = parse_sid("S-1-5-5-77-88");
  TOKEN_GROUPS groups{};
  groups.GroupCount = 1;
  groups.Groups[0].Sid = sid.data();
  groups.Groups[0].Attributes = SE_GROUP_MANDATORY | SE_GROUP_ENABLED | SE_GROUP_ENABLED_BY_DEFAULT | SE_GROUP_LOGON_ID;
  const LogonResult trusted = logon("user=alice", Interactive, &groups);
  ASSERT_STATUS(STATUS_SUCCESS, trusted.status);
  const auto found = token_groups(trusted.token.get());
  ASSERT_TRUE(found.contains("S-1-5-5-77-88"));
  EXPECT_EQ(found.at("S-1-5-5-77-88") & SE_GROUP_LOGON_ID, SE_GROUP_LOGON_ID);

  const LogonResult untrusted = Connection::untrusted().logon("Probe", "user=alice", Interactive, &groups);
  EXPECT_STATUS(STATUS_PRIVILEGE_NOT_HELD, untrusted.status);
  EXPECT_FALSE(untrusted.token);
  EXPECT_STATUS(STATUS_SUCCESS, Connection::untrusted().logon("Probe", "user=alice").status);
}

TEST(Logon, TheProfileComesWithItsEmbeddedPointer) {
  const LogonResult result = logon("user=alice\nprofile=a text of the profile");
  ASSERT_STATUS(STATUS_SUCCESS, result.status);
  EXPECT_TRUE(result.profile_given);
  EXPECT_EQ(result.profile_size, sizeof(ProbeProfile));
  EXPECT_EQ(result.profile_text, "a text of the profile");
}

TEST(Logon, AClassicPackageLogsOnToo) {
  const std::vector<UCHAR> sid = parse_sid(bob().sid);
  const std::string submit(sid.begin(), sid.end());
  const LogWatch log("classic");
  LogonResult result = Connection::trusted().logon("ClassicProbe", submit);
  ASSERT_STATUS(STATUS_SUCCESS, result.status);
  EXPECT_EQ(token_user(result.token.get()), bob().sid);
  EXPECT_TRUE(result.token.close());
  EXPECT_TRUE(log.wait({"LsaApLogonTerminated", "luid=" + std::to_string(result.luid)}));
}

TEST(Credentials, EveryPackageHearsOfALogon) {
  const LogWatch probe("probe"), witness("witness");
  LogonResult result = logon("user=alice\npassword=topsecret\nsupplemental=Probe2:extra");
  ASSERT_STATUS(STATUS_SUCCESS, result.status);
  const std::string luid = "luid=" + std::to_string(result.luid);
  ASSERT_TRUE(probe.wait({"AcceptCredentials", "1", luid}));
  EXPECT_EQ(
      probe.count({"AcceptCredentials", "0", luid, "type=2", "account=alice", "name=alice", "sid=" + alice().sid}), 1);
  EXPECT_EQ(probe.count({"AcceptCredentials", "1", luid, "supplemental=extra"}), 1) << "its own element";
  EXPECT_EQ(probe.count({"AcceptCredentials", "0", luid, "supplemental=extra"}), 0) << "not that of another";
  EXPECT_TRUE(witness.wait({"AcceptCredentials", "0", luid}));
  EXPECT_TRUE(probe.wait({"PostLogonUser", "0", luid}));
  EXPECT_EQ(witness.count({"PostLogonUser"}), 0) << "PostLogonUser is for the package that logged on";
}

TEST(Credentials, APasswordIsWithheldFromThoseWithoutTheRight) {
  const LogWatch probe("probe"), witness("witness");
  LogonResult result = logon("user=alice\npassword=topsecret");
  ASSERT_STATUS(STATUS_SUCCESS, result.status);
  const std::string luid = "luid=" + std::to_string(result.luid);
  ASSERT_TRUE(witness.wait({"AcceptCredentials", "0", luid}));
  ASSERT_TRUE(probe.wait({"AcceptCredentials", "1", luid}));
  EXPECT_EQ(probe.count({"AcceptCredentials", "1", luid, "password=topsecret", "clear=1"}), 1);
  EXPECT_EQ(witness.count({"AcceptCredentials", "0", luid, "password=(none)", "clear=0"}), 1);
  // The package that produced it keeps its own, without the right.
  LogonResult own = Connection::trusted().logon("Witness", "user=alice\npassword=mine");
  ASSERT_STATUS(STATUS_SUCCESS, own.status);
  const std::string own_luid = "luid=" + std::to_string(own.luid);
  ASSERT_TRUE(witness.wait({"AcceptCredentials", "0", own_luid}));
  EXPECT_EQ(witness.count({"AcceptCredentials", "0", own_luid, "password=mine", "clear=1"}), 1);
}

}  // namespace
}  // namespace openlsa::test
