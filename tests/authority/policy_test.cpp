// The policy as a client reaches it: handles and their access, and what the authority decides by rights.
#include <sstream>

#include "authority/fixture.hpp"

namespace openlsa::authority {
namespace {

constexpr std::uint32_t lookup_access = 0x0801;  // POLICY_LOOKUP_NAMES | POLICY_VIEW_LOCAL_INFORMATION
constexpr std::uint32_t secret_access = 0x0024;  // POLICY_CREATE_SECRET | POLICY_GET_PRIVATE_INFORMATION
constexpr std::uint32_t maximum_allowed = 0x02000000;

class Policy : public AuthorityTest {
 protected:
  void SetUp() override { start(); }
  std::uint32_t open(TestClient& client, std::uint32_t access, std::uint32_t token = 0) {
    const seam::OpenPolicyReply reply = client.connection->open_policy({token, access});
    EXPECT_EQ(reply.status, STATUS_SUCCESS);
    return reply.policy;
  }
  TestClient user(std::uint32_t uid = user_uid) { return client(uid, false); }
  // An administrator of the machine that is not of the TCB: its account is in the group of gid 0.
  TestClient administrator() {
    NewAccount fresh;
    fresh.name = "operator";
    fresh.uid = 5001;
    fresh.groups = {0};
    EXPECT_TRUE(authority_->accounts().add(fresh));
    return user(5001);
  }
  static base::Secret secret(std::string_view text) { return base::Secret(base::as_bytes(text)); }
  nt::Status logon_status(std::uint32_t logon_type, const nt::Sid& sid, const Rights& rights) {
    TokenRequest request;
    const nt::Luid id = authority_->sessions().allocate();
    EXPECT_EQ(authority_->sessions().create(id, 1, {}), STATUS_SUCCESS);
    request.session = authority_->sessions().find(id);
    request.rights = &rights;
    request.logon_type = logon_type;
    request.information.type = 1;
    request.information.user.sid = sid;
    const auto token = authority_->tokens().create(std::move(request));
    return token ? STATUS_SUCCESS : token.error();
  }
};

TEST_F(Policy, HandlesBelongToTheirClient) {
  TestClient one = client(), other = client();
  const std::uint32_t policy = open(one, lookup_access);
  EXPECT_EQ(other.connection->check_policy({policy, 0}).status, STATUS_INVALID_HANDLE);
  EXPECT_EQ(other.connection->close_policy({policy}).status, STATUS_INVALID_HANDLE);
  EXPECT_EQ(one.connection->check_policy({policy, lookup_access}).status, STATUS_SUCCESS);
  EXPECT_EQ(one.connection->check_policy({policy, lookup_access | 0x10}).status, STATUS_ACCESS_DENIED);
  EXPECT_EQ(one.connection->check_policy({one.lsa, 0}).status, STATUS_INVALID_HANDLE) << "an LSA handle";
  EXPECT_EQ(one.connection->disconnect({policy}).status, STATUS_INVALID_HANDLE) << "a policy handle";
  EXPECT_EQ(one.connection->close_policy({policy}).status, STATUS_SUCCESS);
  EXPECT_EQ(one.connection->close_policy({policy}).status, STATUS_INVALID_HANDLE);
  EXPECT_EQ(one.connection->open_policy({0x7ffffff8, 0}).status, STATUS_INVALID_HANDLE) << "no token of its own";
}

TEST_F(Policy, IsReadByAllAndChangedByAdministrators) {
  TestClient somebody = user(), operators = administrator(), system = client();
  for (TestClient* one : {&somebody, &operators, &system}) {
    const std::uint32_t policy = open(*one, maximum_allowed);
    const bool may = one != &somebody;
    EXPECT_EQ(one->connection->check_policy({policy, secret_access}).status,
              may ? STATUS_SUCCESS : STATUS_ACCESS_DENIED);
    EXPECT_EQ(one->connection->check_policy({policy, lookup_access}).status, STATUS_SUCCESS);
    const nt::Status wanted = may ? STATUS_SUCCESS : STATUS_ACCESS_DENIED;
    // The account has no right yet, so that the access to create it is asked for first.
    EXPECT_EQ(one->connection->add_account_rights({0, policy, user_.sid, {u"SeUndockPrivilege"}}).status, wanted);
    EXPECT_EQ(one->connection->remove_account_rights({0, policy, nt::well_known::service, false, {u"SeDebugPrivilege"}})
                  .status,
              wanted);
    EXPECT_EQ(one->connection->store_private_data({0, policy, u"L$key", secret("text")}).status, wanted);
    EXPECT_EQ(one->connection->retrieve_private_data({0, policy, u"L$key"}).status, wanted);
    EXPECT_EQ(one->connection->register_policy_notification({0, 7}).status, wanted);
  }
  std::istringstream lines(audit_lines());
  bool refusal = false;
  for (std::string line; std::getline(lines, line);)
    refusal |= line.find(R"("event":"store-private-data")") != std::string::npos &&
               line.find("0xc0000022") != std::string::npos;
  EXPECT_TRUE(refusal) << audit_lines();
  EXPECT_NE(audit_lines().find(R"("event":"add-rights")"), std::string::npos);
  EXPECT_EQ(audit_lines().find("text"), std::string::npos) << "what is private is not in the trail";
}

TEST_F(Policy, KeepsMachineObjectsForTheOperatingSystem) {
  TestClient operators = administrator(), system = client();
  const std::uint32_t theirs = open(operators, secret_access), ours = open(system, secret_access);
  for (const std::u16string_view key : {u"M$key", u"m$key", u"NL$1", u"_sc_service"}) {
    EXPECT_EQ(operators.connection->store_private_data({0, theirs, std::u16string(key), secret("x")}).status,
              STATUS_ACCESS_DENIED);
    EXPECT_EQ(system.connection->store_private_data({0, ours, std::u16string(key), secret("x")}).status,
              STATUS_SUCCESS);
    EXPECT_EQ(operators.connection->retrieve_private_data({0, theirs, std::u16string(key)}).status,
              STATUS_ACCESS_DENIED);
    EXPECT_EQ(operators.connection->store_private_data({0, theirs, std::u16string(key), std::nullopt}).status,
              STATUS_ACCESS_DENIED);
    EXPECT_EQ(system.connection->retrieve_private_data({0, ours, std::u16string(key)}).status, STATUS_SUCCESS);
  }
}

// A token at the level "identification" says who its user is, and lets nobody act as it.
TEST_F(Policy, IsNotChangedByWhoActsForAnAdministratorWithoutTheLevel) {
  TestClient system = client();
  const auto act = [&](nt::ImpersonationLevel level) {
    return system.connection->duplicate_token({0, false, nt::TokenType::impersonation, level}).token;
  };
  const std::uint32_t identified = act(nt::ImpersonationLevel::identification);
  const std::uint32_t acting = act(nt::ImpersonationLevel::impersonation);
  EXPECT_EQ(system.connection->open_policy({identified, secret_access}).status, STATUS_ACCESS_DENIED);
  EXPECT_EQ(system.connection->open_policy({identified, lookup_access}).status, STATUS_SUCCESS);
  EXPECT_EQ(system.connection->open_policy({acting, secret_access}).status, STATUS_SUCCESS);
  const std::uint32_t policy = open(system, secret_access);
  EXPECT_EQ(system.connection->store_private_data({identified, policy, u"L$key", secret("x")}).status,
            STATUS_ACCESS_DENIED);
  EXPECT_EQ(system.connection->store_private_data({acting, policy, u"L$key", secret("x")}).status, STATUS_SUCCESS);
}

TEST_F(Policy, AGroupForDenialOnlyMakesNoAdministrator) {
  nt::TokenInformation information;
  information.user.sid = user_.sid;
  for (const std::uint32_t attributes : {0x10u, 0x0u, 0x17u, 0x7u}) {  // SE_GROUP_*
    information.groups = {{nt::well_known::administrators, attributes}};
    const PackedInformation packed(information, std::nullopt);
    EXPECT_EQ(packed.has_enabled_group(nt::well_known::administrators), attributes == 0x7u) << attributes;
  }
}

TEST_F(Policy, RightsMakeTheTcbOfAUid) {
  ASSERT_EQ(authority_->policy().add_rights(user_.sid, {AccountRight::tcb}), STATUS_SUCCESS);
  {
    const TestClient trusted = user(user_.uid), other = user();
    EXPECT_TRUE(trusted.connection->has_tcb());
    EXPECT_FALSE(other.connection->has_tcb());
    // A token stays what it is, and a process with it.
    ASSERT_EQ(authority_->policy().remove_rights(user_.sid, {AccountRight::tcb}), STATUS_SUCCESS);
    EXPECT_TRUE(trusted.connection->has_tcb());
  }
  settle();
  EXPECT_FALSE(user(user_.uid).connection->has_tcb());
}

TEST_F(Policy, RightsDoNotMakeTheTcbOfNobody) {
  ASSERT_EQ(authority_->policy().add_rights(nt::well_known::anonymous, {AccountRight::tcb}), STATUS_SUCCESS);
  ASSERT_EQ(authority_->policy().add_rights(nt::well_known::world, {AccountRight::tcb}), STATUS_SUCCESS);
  EXPECT_FALSE(user(overflow_uid).connection->has_tcb()) << "a uid of a foreign user namespace";
}

TEST_F(Policy, PackagesDoNotReachTheTcbThroughIt) {
  Rights star = everyone(), named;
  named.vouch_for = {"alice"};
  EXPECT_EQ(logon_status(2, user_.sid, star), STATUS_SUCCESS);
  ASSERT_EQ(authority_->policy().add_rights(user_.sid, {AccountRight::tcb}), STATUS_SUCCESS);
  EXPECT_EQ(logon_status(2, user_.sid, star), STATUS_ACCESS_DENIED);
  EXPECT_EQ(logon_status(2, user_.sid, named), STATUS_SUCCESS);
  ASSERT_EQ(authority_->policy().remove_rights(user_.sid, {AccountRight::tcb}), STATUS_SUCCESS);
  const nt::Sid gid = nt::well_known::unix_groups.with_rid(user_.groups.front());
  ASSERT_EQ(authority_->policy().add_rights(gid, {AccountRight::tcb}), STATUS_SUCCESS);
  EXPECT_EQ(logon_status(2, user_.sid, star), STATUS_ACCESS_DENIED) << "by the account's group";
  EXPECT_EQ(logon_status(2, user_.sid, named), STATUS_SUCCESS);
}

TEST_F(Policy, AGroupWithPrivilegesIsClaimedOnlyByName) {
  const nt::Sid group{5, {21, 1, 2, 3, 1100}};
  ASSERT_EQ(authority_->policy().add_rights(group, {AccountRight::tcb}), STATUS_SUCCESS);
  Rights star = everyone(), named = everyone();
  named.vouch_for.push_back(group.to_string());
  const auto claim = [&](const Rights& rights) {
    TokenRequest request;
    const nt::Luid id = authority_->sessions().allocate();
    EXPECT_EQ(authority_->sessions().create(id, 1, {}), STATUS_SUCCESS);
    request.session = authority_->sessions().find(id);
    request.rights = &rights;
    request.logon_type = 2;
    request.information.type = 1;
    request.information.user.sid = user_.sid;
    request.information.groups.push_back({group, 7});
    return authority_->tokens().create(std::move(request));
  };
  EXPECT_FALSE(claim(star));
  const auto token = claim(named);
  ASSERT_TRUE(token);
  EXPECT_TRUE(holds_tcb(**token));
  // What everybody gets from the groups that the authority assigns is nothing that a package reaches.
  ASSERT_EQ(authority_->policy().add_rights(nt::well_known::users, {AccountRight::debug}), STATUS_SUCCESS);
  EXPECT_EQ(logon_status(2, user_.sid, star), STATUS_SUCCESS);
}

TEST_F(Policy, RightsDecideWhoLogsOnHow) {
  const Rights rights = everyone();
  EXPECT_EQ(logon_status(2, user_.sid, rights), STATUS_SUCCESS);
  EXPECT_EQ(logon_status(3, user_.sid, rights), STATUS_SUCCESS);
  for (const std::uint32_t type : {4u, 5u, 10u})
    EXPECT_EQ(logon_status(type, user_.sid, rights), STATUS_LOGON_TYPE_NOT_GRANTED) << type;
  ASSERT_EQ(authority_->policy().add_rights(user_.sid, {AccountRight::service_logon}), STATUS_SUCCESS);
  EXPECT_EQ(logon_status(5, user_.sid, rights), STATUS_SUCCESS);
  EXPECT_EQ(logon_status(4, user_.sid, rights), STATUS_LOGON_TYPE_NOT_GRANTED);
  ASSERT_EQ(authority_->policy().add_rights(nt::well_known::users, {AccountRight::deny_service_logon}), STATUS_SUCCESS);
  EXPECT_EQ(logon_status(5, user_.sid, rights), STATUS_LOGON_TYPE_NOT_GRANTED) << "a denial counts for more";
  Rights system;
  system.vouch_for = {"SYSTEM"};
  for (const std::uint32_t type : {2u, 3u, 4u, 5u, 10u})
    EXPECT_EQ(logon_status(type, nt::well_known::local_system, system), STATUS_SUCCESS) << type;
}

TEST_F(Policy, LooksUpNoMoreThanAMessageMayAsk) {
  TestClient somebody = user();
  const std::uint32_t policy = open(somebody, lookup_access);
  const auto names = [&](std::size_t count) {
    return somebody.connection->lookup_names({policy, std::vector<seam::Text>(count, u"alice")}).status;
  };
  EXPECT_EQ(names(1), STATUS_SUCCESS);
  EXPECT_EQ(names(1000), STATUS_SUCCESS);
  for (const std::size_t count : {std::size_t{0}, std::size_t{1001}}) EXPECT_EQ(names(count), STATUS_INVALID_PARAMETER);
  const auto sids = [&](std::size_t count) {
    return somebody.connection->lookup_sids({policy, std::vector<nt::Sid>(count, user_.sid)}).status;
  };
  EXPECT_EQ(sids(20480), STATUS_SUCCESS);
  for (const std::size_t count : {std::size_t{0}, std::size_t{20481}}) EXPECT_EQ(sids(count), STATUS_INVALID_PARAMETER);
  EXPECT_EQ(somebody.connection->lookup_names({0, {u"alice"}}).status, STATUS_INVALID_HANDLE);
}

TEST_F(Policy, SignalsThoseWhoRegistered) {
  TestClient system = client(), other = client();
  const std::uint32_t policy = open(system, secret_access);
  auto password = system.connection->register_policy_notification({0, 7});
  auto audit = system.connection->register_policy_notification({0, 1});
  auto lost = other.connection->register_policy_notification({0, 7});
  ASSERT_EQ(password.status, STATUS_SUCCESS);
  const auto received = [](const base::UniqueFd& signal) {
    char bytes[16];
    return ::read(signal.get(), bytes, sizeof bytes);
  };
  EXPECT_LT(received(password.signal), 0);
  other.connection.reset();
  EXPECT_EQ(received(lost.signal), 0) << "the client is gone";
  for (int i = 0; i < 3; ++i)
    ASSERT_EQ(system.connection->store_private_data({0, policy, u"$MACHINE.ACC", secret("x")}).status, STATUS_SUCCESS);
  EXPECT_EQ(received(password.signal), 3);
  EXPECT_LT(received(password.signal), 0);
  EXPECT_LT(received(audit.signal), 0) << "another class";
  ASSERT_EQ(system.connection->store_private_data({0, policy, u"$MACHINE.ACC2", secret("x")}).status, STATUS_SUCCESS);
  EXPECT_LT(received(password.signal), 0) << "another key";
  for (const std::uint32_t none : {0u, 9u, 0xffffffffu})
    EXPECT_EQ(system.connection->register_policy_notification({0, none}).status, STATUS_INVALID_PARAMETER) << none;
}

TEST_F(Policy, HoldsABoundedNumberOfRegistrations) {
  TestClient system = client();
  std::vector<base::UniqueFd> held;
  for (std::size_t i = 0; i < PolicyNotifications::max_registrations; ++i) {
    auto reply = system.connection->register_policy_notification({0, 7});
    ASSERT_EQ(reply.status, STATUS_SUCCESS) << i;
    held.push_back(std::move(reply.signal));
  }
  EXPECT_EQ(system.connection->register_policy_notification({0, 7}).status, STATUS_QUOTA_EXCEEDED);
  held.pop_back();
  EXPECT_EQ(system.connection->register_policy_notification({0, 7}).status, STATUS_SUCCESS);
}

TEST_F(Policy, NamesATokenForWhoeverHoldsIt) {
  TestClient somebody = user(user_.uid);
  const seam::NamesOfTokenReply own = somebody.connection->names_of_token({0});
  EXPECT_EQ(own.domain + u"\\" + own.name, u"BOX\\alice");
  TestClient stranger = user(4321);
  const seam::NamesOfTokenReply without_account = stranger.connection->names_of_token({0});
  EXPECT_EQ(without_account.domain + u"\\" + without_account.name, u"Unix User\\4321");
  TestClient system = client();
  const auto hidden =
      system.connection->duplicate_token({0, false, nt::TokenType::impersonation, nt::ImpersonationLevel::anonymous});
  EXPECT_EQ(system.connection->names_of_token({hidden.token}).name, u"ANONYMOUS LOGON");
  EXPECT_EQ(system.connection->names_of_token({0}).name, u"SYSTEM");
  EXPECT_EQ(system.connection->names_of_token({0x7ffffff8}).status, STATUS_INVALID_HANDLE);
}

TEST_F(Policy, AnswersNobodyBeforeHello) {
  const auto silent = authority_->connect({99, 0, 0, 1}, nullptr);
  EXPECT_EQ(silent->open_policy({0, 0}).status, STATUS_ACCESS_DENIED);
  EXPECT_EQ(silent->query_policy({1, 5}).status, STATUS_ACCESS_DENIED);
  EXPECT_EQ(silent->lookup_names({1, {u"alice"}}).status, STATUS_ACCESS_DENIED);
  EXPECT_EQ(silent->add_account_rights({0, 1, user_.sid, {u"SeTcbPrivilege"}}).status, STATUS_ACCESS_DENIED);
  EXPECT_EQ(silent->retrieve_private_data({0, 1, u"L$key"}).status, STATUS_ACCESS_DENIED);
  EXPECT_EQ(silent->names_of_token({0}).status, STATUS_ACCESS_DENIED);
}

}  // namespace
}  // namespace openlsa::authority
