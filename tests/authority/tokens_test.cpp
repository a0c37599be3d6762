// Tokens: what the authority adds, whom a package may vouch for, and handles that name nothing.
#include <set>

#include "authority/fixture.hpp"

namespace openlsa::authority {
namespace {

class Tokens : public AuthorityTest {
 protected:
  void SetUp() override { start(); }
  TokenRequest request(const nt::Sid& user, const Rights* rights, std::uint32_t logon_type = 2) {
    const nt::Luid id = authority_->sessions().allocate();
    EXPECT_EQ(authority_->sessions().create(id, 1, {}), STATUS_SUCCESS);
    TokenRequest request;
    request.session = authority_->sessions().find(id);
    request.rights = rights;
    request.logon_type = logon_type;
    request.information.type = 1;
    request.information.user.sid = user;
    return request;
  }
  nt::Status status_of(TokenRequest request) {
    const auto token = authority_->tokens().create(std::move(request));
    return token ? STATUS_SUCCESS : token.error();
  }
  static bool has(const nt::TokenInformation& information, const nt::Sid& group) {
    return std::any_of(information.groups.begin(), information.groups.end(),
                       [&](const nt::SidAndAttributes& candidate) { return candidate.sid == group; });
  }
  const Rights rights_ = everyone();
};

TEST_F(Tokens, HaveWhatTheSystemAssignsAndThePackageCannot) {
  TokenRequest asked = request(user_.sid, &rights_, 3);
  asked.information.groups.push_back({nt::well_known::interactive, 7});  // not for a package to say
  asked.information.groups.push_back({nt::Sid{5, {21, 1, 2, 3, 1100}}, 7});
  const auto token = authority_->tokens().create(std::move(asked));
  ASSERT_TRUE(token);
  const nt::TokenData data = (*token)->data();
  EXPECT_TRUE(has(data.information, nt::well_known::world));
  EXPECT_TRUE(has(data.information, nt::well_known::network));
  EXPECT_FALSE(has(data.information, nt::well_known::interactive));
  EXPECT_TRUE(has(data.information, nt::Sid{5, {21, 1, 2, 3, 1100}}));
  EXPECT_TRUE(has(data.information, nt::well_known::unix_groups.with_rid(2001)));
  EXPECT_EQ(data.type, nt::TokenType::impersonation);
  ASSERT_EQ(data.information.privileges.size(), 2u) << "what everyone has, and what users have";
  EXPECT_EQ(data.information.privileges[0].luid.value, 23u) << "SeChangeNotifyPrivilege";
  EXPECT_EQ(data.information.privileges[1].luid.value, 33u) << "SeIncreaseWorkingSetPrivilege";
  ASSERT_TRUE(data.posix);
  EXPECT_EQ(data.posix->uid, user_.uid);
  EXPECT_EQ(data.posix->gid, user_.gid);
}

TEST_F(Tokens, ArePosixUsersOnlyByTheSidMap) {
  const auto domain_user = authority_->tokens().create(request(nt::Sid{5, {21, 9, 9, 9, 1000}}, &rights_));
  ASSERT_TRUE(domain_user);
  EXPECT_FALSE((*domain_user)->posix());
}

TEST_F(Tokens, NeedTheRightToVouch) {
  Rights none;
  Rights system;
  system.vouch_for = {"SYSTEM"};
  EXPECT_EQ(status_of(request(user_.sid, &none)), STATUS_ACCESS_DENIED);
  EXPECT_EQ(status_of(request(nt::well_known::local_system, &rights_)), STATUS_ACCESS_DENIED);
  EXPECT_EQ(status_of(request(nt::well_known::local_system, &system)), STATUS_SUCCESS);
  EXPECT_EQ(status_of(request(nt::well_known::unix_users.with_rid(0), &rights_)), STATUS_ACCESS_DENIED);
  for (const nt::Sid& group : {nt::well_known::administrators, nt::well_known::local_system,
                               nt::well_known::unix_groups.with_rid(0), nt::Sid{5, {21, 1, 2, 3, 512}}}) {
    TokenRequest as_group = request(user_.sid, &rights_);
    as_group.information.groups.push_back({group, 7});
    EXPECT_EQ(status_of(std::move(as_group)), STATUS_ACCESS_DENIED) << group.to_string();
    TokenRequest as_primary = request(user_.sid, &rights_);
    as_primary.information.primary_group = group;
    EXPECT_EQ(status_of(std::move(as_primary)), STATUS_ACCESS_DENIED) << group.to_string();
  }
}

TEST_F(Tokens, OfANamedAccountAreNoAdministratorsByThePackagesWord) {
  Rights alice;
  alice.vouch_for = {"alice"};
  EXPECT_EQ(status_of(request(user_.sid, &alice)), STATUS_SUCCESS);
  for (const nt::Sid& group : {nt::well_known::administrators, nt::Sid{5, {21, 1, 2, 3, 512}}}) {
    TokenRequest made = request(user_.sid, &alice);
    made.information.groups.push_back({group, 7});
    EXPECT_EQ(status_of(std::move(made)), STATUS_ACCESS_DENIED) << group.to_string();
  }
}

TEST_F(Tokens, HaveTheGroupsOfThisMachineFromTheAccountOnly) {
  TokenRequest asked = request(user_.sid, &rights_);
  const nt::Sid foreign = nt::well_known::unix_groups.with_rid(27), domain_group{5, {21, 1, 2, 3, 1200}};
  for (const nt::Sid& group : {foreign, domain_group}) asked.information.groups.push_back({group, 7});
  const auto token = authority_->tokens().create(std::move(asked));
  ASSERT_TRUE(token);
  EXPECT_FALSE(has((*token)->data().information, foreign));
  EXPECT_TRUE(has((*token)->data().information, domain_group));
  EXPECT_TRUE(has((*token)->data().information, nt::well_known::unix_groups.with_rid(user_.groups.front())));
}

TEST_F(Tokens, HaveTheGroupsOfTheAuthorityFromTheirMembersOnly) {
  AccountStore& accounts = authority_->accounts();
  const nt::Sid crew = accounts.add_group({"crew", 3000, ""})->sid;
  const auto made = [&] {
    TokenRequest asked = request(user_.sid, &rights_);
    asked.information.groups.push_back({crew, 7});  // not for a package to say
    const auto token = authority_->tokens().create(std::move(asked));
    EXPECT_TRUE(token);
    return token ? (*token)->data() : nt::TokenData();
  };
  EXPECT_FALSE(has(made().information, crew));
  ASSERT_TRUE(accounts.add_member(crew, user_.sid));
  ASSERT_EQ(authority_->policy().add_rights(crew, {AccountRight::backup}), STATUS_SUCCESS);
  EXPECT_EQ(status_of(request(user_.sid, &rights_)), STATUS_ACCESS_DENIED)
      << "the policy gives its members more than the others have: the package must name them";
  ASSERT_EQ(authority_->policy().remove_rights(crew, {AccountRight::backup}), STATUS_SUCCESS);
  const nt::TokenData member = made();
  EXPECT_TRUE(has(member.information, crew));
  EXPECT_FALSE(has(member.information, nt::well_known::unix_groups.with_rid(3000))) << "a gid has one SID";
  ASSERT_TRUE(member.posix);
  EXPECT_EQ(member.posix->groups, (std::vector<std::uint32_t>{2001, 3000}));
}

TEST_F(Tokens, AreOwnedByTheirUserOrAGroup) {
  for (const nt::Sid& owner : {nt::well_known::administrators, nt::well_known::local_system}) {
    TokenRequest asked = request(user_.sid, &rights_);
    asked.information.owner = owner;
    EXPECT_EQ(status_of(std::move(asked)), STATUS_INVALID_OWNER) << owner.to_string();
  }
  TokenRequest users = request(user_.sid, &rights_);
  users.information.owner = nt::well_known::users;
  EXPECT_EQ(status_of(std::move(users)), STATUS_SUCCESS);
}

TEST_F(Tokens, AreNotMadeFromBadInformation) {
  EXPECT_EQ(status_of(request({}, &rights_)), STATUS_INVALID_SID);
  EXPECT_EQ(status_of(request(nt::well_known::world, &rights_)), STATUS_INVALID_SID);
  TokenRequest privileged = request(user_.sid, &rights_);
  privileged.information.privileges.push_back({{7}, 3});  // SeTcbPrivilege
  EXPECT_EQ(status_of(std::move(privileged)), STATUS_PRIVILEGE_NOT_HELD);
  TokenRequest unknown = request(user_.sid, &rights_);
  unknown.information.type = 4;
  EXPECT_EQ(status_of(std::move(unknown)), STATUS_INVALID_PARAMETER);
  TokenRequest acl = request(user_.sid, &rights_);
  acl.information.default_dacl = {2, 0, 200, 0, 0, 0, 0, 0};
  EXPECT_EQ(status_of(std::move(acl)), STATUS_INVALID_PARAMETER);
}

TEST_F(Tokens, OfADisabledAccountAreRefused) {
  ASSERT_TRUE(authority_->accounts().set_disabled(user_.sid, true));
  EXPECT_EQ(status_of(request(user_.sid, &rights_)), STATUS_ACCOUNT_DISABLED);
}

TEST_F(Tokens, OfNullInformationAreAnonymous) {
  TokenRequest asked = request(user_.sid, &rights_, 3);
  asked.information.type = 0;
  asked.information.groups.push_back({nt::well_known::administrators, 7});
  const auto token = authority_->tokens().create(std::move(asked));
  ASSERT_TRUE(token);
  const nt::TokenData data = (*token)->data();
  EXPECT_EQ(data.information.user.sid, nt::well_known::anonymous);
  EXPECT_FALSE(has(data.information, nt::well_known::administrators));
  EXPECT_TRUE(has(data.information, nt::well_known::world));
  EXPECT_FALSE(data.posix);
}

TEST_F(Tokens, DuplicatesNeverSayMore) {
  TestClient root = client(0);
  const auto copy = [&](std::uint32_t token, nt::TokenType type, nt::ImpersonationLevel level) {
    return root.connection->duplicate_token({token, false, type, level});
  };
  const auto identification = copy(0, nt::TokenType::impersonation, nt::ImpersonationLevel::identification);
  ASSERT_EQ(identification.status, STATUS_SUCCESS);
  EXPECT_EQ(copy(identification.token, nt::TokenType::impersonation, nt::ImpersonationLevel::impersonation).status,
            STATUS_BAD_IMPERSONATION_LEVEL);
  EXPECT_EQ(copy(identification.token, nt::TokenType::primary, nt::ImpersonationLevel::impersonation).status,
            STATUS_BAD_IMPERSONATION_LEVEL);
  EXPECT_EQ(copy(identification.token, nt::TokenType::impersonation, nt::ImpersonationLevel::anonymous).status,
            STATUS_SUCCESS);
  EXPECT_EQ(copy(0, nt::TokenType::impersonation, static_cast<nt::ImpersonationLevel>(4)).status,
            STATUS_BAD_IMPERSONATION_LEVEL);
  EXPECT_EQ(copy(0, static_cast<nt::TokenType>(3), nt::ImpersonationLevel::impersonation).status,
            STATUS_INVALID_PARAMETER);
}

TEST_F(Tokens, StaleAndForgedHandlesNameNothing) {
  TestClient root = client(0), user = client(user_uid, false);
  const seam::TokenReply copy = root.connection->duplicate_token({0, true, {}, {}});
  ASSERT_EQ(copy.status, STATUS_SUCCESS);
  EXPECT_EQ(copy.token % 8, 0u);
  EXPECT_LE(copy.token, 0x7fffffffu);
  EXPECT_EQ(root.connection->query_token({copy.token}).status, STATUS_SUCCESS);
  EXPECT_EQ(user.connection->query_token({copy.token}).status, STATUS_INVALID_HANDLE) << "another client's";
  for (const std::uint32_t forged : {copy.token + 1, copy.token + 8, copy.token | 0x80000000u, 0x7ffffff8u, 4u})
    EXPECT_EQ(root.connection->query_token({forged}).status, STATUS_INVALID_HANDLE) << forged;
  EXPECT_EQ(root.connection->close_token({copy.token}).status, STATUS_SUCCESS);
  EXPECT_EQ(root.connection->close_token({copy.token}).status, STATUS_INVALID_HANDLE);
  EXPECT_EQ(root.connection->query_token({copy.token}).status, STATUS_INVALID_HANDLE);
}

// What a forked child has from its parent shall not name a token of the child's own client.
TEST_F(Tokens, HandlesOfClientsBeginAnywhere) {
  std::set<std::uint32_t> first_handles;
  for (int i = 0; i < 4; ++i) {
    TestClient fresh = client(user_uid, false);
    const seam::TokenReply made = fresh.connection->duplicate_token({0, true});
    ASSERT_EQ(made.status, STATUS_SUCCESS);
    first_handles.insert(made.token);
  }
  EXPECT_GT(first_handles.size(), 1u);
}

TEST_F(Tokens, KeepTheirInformationWhole) {
  nt::TokenInformation information;
  information.type = 2;
  information.expiration = {77};
  information.user = {user_.sid, 0};
  information.groups = {{nt::well_known::world, 7},
                        {nt::Sid{5, {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15}}, 9}};
  information.primary_group = nt::well_known::users;
  information.privileges = {{{23}, 3}};
  information.owner = user_.sid;
  information.default_dacl = {2, 0, 8, 0, 0, 0, 0, 0};
  const PackedInformation packed(information, nt::PosixIdentity{1, 2, {3, 4}});
  const nt::TokenInformation back = packed.information();
  EXPECT_EQ(back.type, 2u);
  EXPECT_EQ(back.expiration.ticks, 77);
  EXPECT_EQ(back.user, information.user);
  EXPECT_EQ(back.groups, information.groups);
  EXPECT_EQ(back.primary_group, information.primary_group);
  EXPECT_EQ(back.privileges, information.privileges);
  EXPECT_EQ(back.owner, information.owner);
  EXPECT_EQ(back.default_dacl, information.default_dacl);
  EXPECT_EQ(packed.posix()->groups, (std::vector<std::uint32_t>{3, 4}));
  EXPECT_TRUE(packed.has_group(nt::well_known::world));
  EXPECT_FALSE(packed.has_group(nt::well_known::users));
}

}  // namespace
}  // namespace openlsa::authority
