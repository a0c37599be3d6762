// Account rights: who changes them, what is kept, and what they decide: the privileges of tokens, who logs on how, and
// who belongs to the TCB.
#include <gtest/gtest.h>
#include <openlsa/ntstatus.h>

#include <algorithm>

#include "support/authority_environment.hpp"
#include "support/child.hpp"
#include "support/composition.hpp"
#include "support/policy_client.hpp"
#include "support/tokens.hpp"

namespace openlsa::test {
namespace {

constexpr const char* stranger = "S-1-5-21-9-8-7-1234";
constexpr const char* claimed_group = "S-1-5-21-1-2-3-4444";
constexpr unsigned time_zone = 34, debug = 20;

bool contains(const std::vector<std::string>& list, const std::string& text) {
  return std::find(list.begin(), list.end(), text) != list.end();
}

LogonResult logon(const std::string& script, SECURITY_LOGON_TYPE type = Interactive, const char* package = "Probe") {
  return Connection::trusted().logon(package, script, type);
}

TEST(Rights, AreAddedEnumeratedAndRemoved) {
  const Policy policy(rights_access);
  NTSTATUS status = 0;
  EXPECT_TRUE(policy.rights(stranger, &status).empty());
  EXPECT_STATUS(STATUS_OBJECT_NAME_NOT_FOUND, status);
  ASSERT_STATUS(STATUS_SUCCESS, policy.add(stranger, {"SeServiceLogonRight", "setimezoneprivilege"}));
  EXPECT_EQ(policy.rights(stranger, &status), (std::vector<std::string>{"SeTimeZonePrivilege", "SeServiceLogonRight"}));
  EXPECT_STATUS(STATUS_SUCCESS, status);
  EXPECT_STATUS(STATUS_SUCCESS, policy.add(stranger, {"SeTimeZonePrivilege"})) << "what it has is ignored";
  EXPECT_STATUS(STATUS_SUCCESS, policy.remove(stranger, {"SeTimeZonePrivilege", "SeUndockPrivilege"}))
      << "what it has not is ignored";
  EXPECT_EQ(policy.rights(stranger), std::vector<std::string>{"SeServiceLogonRight"});
  EXPECT_STATUS(STATUS_SUCCESS, policy.remove(stranger, {"SeServiceLogonRight"}));
  policy.rights(stranger, &status);
  EXPECT_STATUS(STATUS_OBJECT_NAME_NOT_FOUND, status) << "without a right there is no account";
  EXPECT_STATUS(STATUS_OBJECT_NAME_NOT_FOUND, policy.remove(stranger, {"SeServiceLogonRight"}));
  EXPECT_STATUS(STATUS_OBJECT_NAME_NOT_FOUND, policy.remove(stranger, {}, true));
}

TEST(Rights, AllOfThemGoAtOnce) {
  const Policy policy(rights_access);
  ASSERT_STATUS(STATUS_SUCCESS, policy.add(stranger, {"SeServiceLogonRight", "SeTimeZonePrivilege"}));
  EXPECT_STATUS(STATUS_SUCCESS, policy.remove(stranger, {"ignored"}, true));
  NTSTATUS status = 0;
  policy.rights(stranger, &status);
  EXPECT_STATUS(STATUS_OBJECT_NAME_NOT_FOUND, status);
}

TEST(Rights, AccountsAreFoundByTheirRight) {
  const Policy policy(rights_access);
  const GivenRights given(stranger, {"SeSyncAgentPrivilege"});
  NTSTATUS status = 0;
  EXPECT_EQ(policy.accounts_with("SeSyncAgentPrivilege", &status), std::vector<std::string>{stranger});
  EXPECT_STATUS(STATUS_SUCCESS, status);
  EXPECT_TRUE(contains(policy.accounts_with("SeNetworkLogonRight"), "S-1-1-0"));
  EXPECT_FALSE(contains(policy.accounts_with("SeNetworkLogonRight"), stranger));
  EXPECT_TRUE(contains(policy.accounts_with(std::nullopt), stranger)) << "without a right: every account";
  EXPECT_TRUE(policy.accounts_with("SeRelabelPrivilege", &status).empty());
  EXPECT_STATUS(STATUS_NO_MORE_ENTRIES, status);
  policy.accounts_with("SeNoSuchPrivilege", &status);
  EXPECT_STATUS(STATUS_NO_SUCH_PRIVILEGE, status);
}

TEST(Rights, HaveNamesAndNoOthers) {
  const Policy policy(rights_access);
  for (const char* none : {"SeNoSuchPrivilege", "", "Tcb", "SeTcbPrivilege ", "7"}) {
    EXPECT_STATUS(STATUS_NO_SUCH_PRIVILEGE, policy.add(stranger, {"SeTimeZonePrivilege", none})) << none;
    EXPECT_STATUS(STATUS_NO_SUCH_PRIVILEGE, policy.remove("S-1-1-0", {none})) << none;
  }
  NTSTATUS status = 0;
  policy.rights(stranger, &status);
  EXPECT_STATUS(STATUS_OBJECT_NAME_NOT_FOUND, status) << "all or nothing";
}

TEST(Rights, ByDefaultAreThoseOfAServer) {
  const Policy policy(rights_access);
  EXPECT_TRUE(contains(policy.rights("S-1-1-0"), "SeNetworkLogonRight"));
  EXPECT_TRUE(contains(policy.rights("S-1-5-32-545"), "SeInteractiveLogonRight"));
  EXPECT_FALSE(contains(policy.rights("S-1-5-32-545"), "SeServiceLogonRight"));
  const auto administrators = policy.rights("S-1-5-32-544");
  for (const char* right : {"SeInteractiveLogonRight", "SeRemoteInteractiveLogonRight", "SeDebugPrivilege"})
    EXPECT_TRUE(contains(administrators, right)) << right;
  for (const char* right : {"SeTcbPrivilege", "SeCreateTokenPrivilege", "SeServiceLogonRight"})
    EXPECT_FALSE(contains(administrators, right)) << right;
  NTSTATUS status = 0;
  policy.accounts_with("SeTcbPrivilege", &status);
  EXPECT_STATUS(STATUS_NO_MORE_ENTRIES, status) << "only SYSTEM, which needs no policy";
}

TEST(Rights, AreChangedByAdministratorsOnly) {
  const GivenRights given(stranger, {"SeUndockPrivilege"});
  const Policy opened_before(rights_access);
  const Policy cannot_create(POLICY_LOOKUP_NAMES);
  EXPECT_STATUS(STATUS_ACCESS_DENIED, cannot_create.add("S-1-5-21-9-8-7-5678", {"SeUndockPrivilege"}))
      << "a new account needs POLICY_CREATE_ACCOUNT";
  EXPECT_STATUS(STATUS_SUCCESS, cannot_create.add(stranger, {"SeUndockPrivilege"}));
  const Policy viewing(POLICY_VIEW_LOCAL_INFORMATION);
  EXPECT_STATUS(STATUS_ACCESS_DENIED, viewing.remove(stranger, {"SeUndockPrivilege"}));
  const LogonResult alice_on = logon("user=alice");
  ASSERT_STATUS(STATUS_SUCCESS, alice_on.status);
  const ActingAs alice(alice_on.token);
  const Policy own;
  EXPECT_EQ(own.rights(stranger), std::vector<std::string>{"SeUndockPrivilege"}) << "to see is for anybody";
  for (const Policy* policy : {&own, &opened_before}) {
    EXPECT_STATUS(STATUS_ACCESS_DENIED, policy->add(stranger, {"SeTcbPrivilege"}));
    EXPECT_STATUS(STATUS_ACCESS_DENIED, policy->remove(stranger, {"SeUndockPrivilege"}));
    EXPECT_STATUS(STATUS_ACCESS_DENIED, policy->remove(stranger, {}, true));
  }
  EXPECT_EQ(own.rights(stranger), std::vector<std::string>{"SeUndockPrivilege"});
}

TEST(Rights, ChangesAreInTheAuditTrail) {
  const GivenRights given(stranger, {"SeRelabelPrivilege"});
  const std::string trail = installation().audit();
  EXPECT_NE(trail.find("\"event\":\"add-rights\""), std::string::npos);
  EXPECT_NE(trail.find("SeRelabelPrivilege"), std::string::npos);
}

TEST(Rights, BecomePrivilegesOfTheNextToken) {
  const LogonResult before = logon("user=alice");
  ASSERT_STATUS(STATUS_SUCCESS, before.status);
  {
    const GivenRights given(alice().sid, {"SeTimeZonePrivilege"});
    const LogonResult after = logon("user=alice");
    ASSERT_STATUS(STATUS_SUCCESS, after.status);
    const auto privileges = token_privileges(after.token.get());
    ASSERT_TRUE(privileges.contains(time_zone));
    EXPECT_EQ(privileges.at(time_zone), 0u) << "held, and enabled by whoever needs it";
    EXPECT_FALSE(token_privileges(before.token.get()).contains(time_zone)) << "a token stays what it was";
    const LogonResult other = logon("user=bob");
    ASSERT_STATUS(STATUS_SUCCESS, other.status);
    EXPECT_FALSE(token_privileges(other.token.get()).contains(time_zone)) << "alice's, not bob's";
  }
  const LogonResult again = logon("user=alice");
  ASSERT_STATUS(STATUS_SUCCESS, again.status);
  EXPECT_FALSE(token_privileges(again.token.get()).contains(time_zone));
}

TEST(Rights, OfAGroupAreItsMembers) {
  const GivenRights unix_group("S-1-22-2-" + std::to_string(alice().gid), {"SeTimeZonePrivilege"});
  const GivenRights domain_group(claimed_group, {"SeUndockPrivilege"});
  const LogonResult member = logon("user=alice\ngroups=" + std::string(claimed_group));
  const LogonResult no_member = logon("user=bob");
  ASSERT_STATUS(STATUS_SUCCESS, member.status);
  ASSERT_STATUS(STATUS_SUCCESS, no_member.status);
  EXPECT_TRUE(token_privileges(member.token.get()).contains(time_zone));
  EXPECT_TRUE(token_privileges(member.token.get()).contains(25)) << "SeUndockPrivilege";
  EXPECT_FALSE(token_privileges(no_member.token.get()).contains(time_zone));
}

// The probe may vouch for every ordinary account ("*"), the witness for alice by her name.
TEST(Rights, ThatPutAnAccountAboveOthersNeedAPackageThatMayVouchForItByName) {
  const GivenRights given(alice().sid, {"SeDebugPrivilege"});
  EXPECT_STATUS(STATUS_ACCESS_DENIED, logon("user=alice").status);
  EXPECT_STATUS(STATUS_SUCCESS, logon("user=bob").status);
  const LogonResult named = logon("user=alice", Interactive, "Witness");
  ASSERT_STATUS(STATUS_SUCCESS, named.status);
  EXPECT_TRUE(token_privileges(named.token.get()).contains(debug));
}

TEST(Rights, OfAGroupAreNotForAPackageToClaim) {
  const GivenRights given(claimed_group, {"SeDebugPrivilege"});
  const std::string script = "user=alice\ngroups=" + std::string(claimed_group);
  EXPECT_STATUS(STATUS_ACCESS_DENIED, logon(script).status);
  EXPECT_STATUS(STATUS_ACCESS_DENIED, logon(script, Interactive, "Witness").status)
      << "alice is named, the group is not";
  EXPECT_STATUS(STATUS_SUCCESS, logon("user=alice").status);
}

struct LogonRight {
  SECURITY_LOGON_TYPE type;
  const char* allows;
  const char* denies;
};
constexpr LogonRight logon_rights[] = {
    {Interactive, "SeInteractiveLogonRight", "SeDenyInteractiveLogonRight"},
    {Network, "SeNetworkLogonRight", "SeDenyNetworkLogonRight"},
    {Batch, "SeBatchLogonRight", "SeDenyBatchLogonRight"},
    {Service, "SeServiceLogonRight", "SeDenyServiceLogonRight"},
    {RemoteInteractive, "SeRemoteInteractiveLogonRight", "SeDenyRemoteInteractiveLogonRight"},
};

TEST(Rights, ToLogOnAreNeededForEachType) {
  const Policy policy(rights_access);
  for (const char* user : {"user=alice", "user=bob"})
    for (const LogonRight& right : logon_rights) EXPECT_STATUS(STATUS_SUCCESS, logon(user, right.type).status);
  for (const LogonRight& right : logon_rights) {
    std::vector<std::string> holders = policy.accounts_with(right.allows);
    for (const std::string& holder : holders) ASSERT_STATUS(STATUS_SUCCESS, policy.remove(holder, {right.allows}));
    EXPECT_STATUS(STATUS_LOGON_TYPE_NOT_GRANTED, logon("user=bob", right.type).status) << right.allows;
    for (const LogonRight& other : logon_rights) {
      if (other.type == right.type) continue;
      EXPECT_STATUS(STATUS_SUCCESS, logon("user=bob", other.type).status);
    }
    for (const std::string& holder : holders) ASSERT_STATUS(STATUS_SUCCESS, policy.add(holder, {right.allows}));
  }
}

TEST(Rights, ThatDenyALogonCountForMoreThanThoseThatAllowIt) {
  for (const LogonRight& right : logon_rights) {
    const GivenRights denied(bob().sid, {right.denies});
    for (const LogonRight& other : logon_rights)
      EXPECT_STATUS(other.type == right.type ? STATUS_LOGON_TYPE_NOT_GRANTED : STATUS_SUCCESS,
                    logon("user=bob", other.type).status)
          << right.denies << " " << other.type;
    EXPECT_STATUS(STATUS_SUCCESS, logon("user=alice", right.type).status);
  }
  const GivenRights everybody("S-1-5-32-545", {"SeDenyNetworkLogonRight"});
  EXPECT_STATUS(STATUS_LOGON_TYPE_NOT_GRANTED, logon("user=alice", Network).status) << "as a member of Users";
  EXPECT_EQ(LsaNtStatusToWinError(STATUS_LOGON_TYPE_NOT_GRANTED), 1385u);
}

TEST(Rights, ThatAreMissingLeaveNoSessionBehind) {
  const LogWatch log("probe");
  const std::size_t before = session_list().size();
  const GivenRights denied(bob().sid, {"SeDenyInteractiveLogonRight"});
  const LogonResult refused = logon("user=bob\nprofile=text");
  EXPECT_STATUS(STATUS_LOGON_TYPE_NOT_GRANTED, refused.status);
  EXPECT_FALSE(refused.token);
  EXPECT_FALSE(refused.profile_given);
  EXPECT_TRUE(log.wait({"LogonTerminated", "0"}));
  EXPECT_TRUE(eventually([&] { return session_list().size() <= before; }));
}

// What a process of that user may do that only the TCB may.
std::string register_as(const TestAccount& account) {
  return in_child(
      [] {
        Connection connection = Connection::trusted("a service of bob's");
        return status_text(connection.status());
      },
      Identity{account.uid, account.gid});
}

TEST(Rights, ToBePartOfTheOperatingSystemMakeTheTcb) {
  OPENLSA_NEEDS_ROOT();
  OPENLSA_NEEDS_DAEMON();
  EXPECT_EQ(register_as(bob()), status_text(STATUS_PORT_CONNECTION_REFUSED));
  {
    const GivenRights given(bob().sid, {"SeTcbPrivilege"});
    EXPECT_TRUE(eventually([] { return register_as(bob()) == status_text(STATUS_SUCCESS); }));
    EXPECT_EQ(register_as(alice()), status_text(STATUS_PORT_CONNECTION_REFUSED));
  }
  EXPECT_TRUE(eventually([] { return register_as(bob()) == status_text(STATUS_PORT_CONNECTION_REFUSED); }));
}

TEST(Rights, ArgumentsAreChecked) {
  const Policy policy(rights_access);
  std::vector<UCHAR> sid = parse_sid(stranger), bad = sid;
  bad[0] = 9;
  WideText right("SeUndockPrivilege");
  LSA_UNICODE_STRING odd{3, 8, right.get()->Buffer};
  ULONG count = 77;
  PLSA_UNICODE_STRING rights = right.get();
  PVOID buffer = &count;
  EXPECT_STATUS(STATUS_INVALID_PARAMETER, LsaAddAccountRights(policy.get(), nullptr, right.get(), 1));
  EXPECT_STATUS(STATUS_INVALID_SID, LsaAddAccountRights(policy.get(), bad.data(), right.get(), 1));
  EXPECT_STATUS(STATUS_INVALID_PARAMETER, LsaAddAccountRights(policy.get(), sid.data(), nullptr, 1));
  EXPECT_STATUS(STATUS_INVALID_PARAMETER, LsaAddAccountRights(policy.get(), sid.data(), right.get(), 0));
  EXPECT_STATUS(STATUS_INVALID_PARAMETER, LsaAddAccountRights(policy.get(), sid.data(), right.get(), 0xffffffff));
  EXPECT_STATUS(STATUS_INVALID_PARAMETER, LsaAddAccountRights(policy.get(), sid.data(), &odd, 1));
  EXPECT_STATUS(STATUS_INVALID_HANDLE, LsaAddAccountRights(nullptr, sid.data(), right.get(), 1));
  EXPECT_STATUS(STATUS_INVALID_PARAMETER, LsaRemoveAccountRights(policy.get(), sid.data(), FALSE, nullptr, 0));
  EXPECT_STATUS(STATUS_INVALID_PARAMETER, LsaEnumerateAccountRights(policy.get(), sid.data(), nullptr, &count));
  EXPECT_STATUS(STATUS_INVALID_PARAMETER, LsaEnumerateAccountRights(policy.get(), sid.data(), &rights, nullptr));
  EXPECT_STATUS(STATUS_OBJECT_NAME_NOT_FOUND, LsaEnumerateAccountRights(policy.get(), sid.data(), &rights, &count));
  EXPECT_STATUS(STATUS_INVALID_PARAMETER, LsaEnumerateAccountsWithUserRight(policy.get(), &odd, &buffer, &count));
  EXPECT_EQ(count, 77u) << "written by a call that failed";
  EXPECT_EQ(rights, right.get());
  EXPECT_EQ(buffer, &count);
  EXPECT_STATUS(STATUS_INVALID_SID, policy.add("S-1-5", {"SeUndockPrivilege"})) << "an authority is no account";
}

}  // namespace
}  // namespace openlsa::test
