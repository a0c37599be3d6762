// LsaLogonUser for each SECURITY_LOGON_TYPE: the kind of token, the SIDs of the type, and what is no type.
#include "authority/fixture.hpp"

namespace openlsa::authority {
namespace {

namespace known = nt::well_known;

struct Kind {
  std::uint32_t type;
  const char* name;
  nt::TokenType token;
  std::vector<nt::Sid> sids;
};
const std::vector<Kind> kinds = {
    {2, "Interactive", nt::TokenType::primary, {known::interactive}},
    {3, "Network", nt::TokenType::impersonation, {known::network}},
    {4, "Batch", nt::TokenType::primary, {known::batch}},
    {5, "Service", nt::TokenType::primary, {known::service}},
    {7, "Unlock", nt::TokenType::primary, {known::interactive}},
    {8, "NetworkCleartext", nt::TokenType::primary, {known::network}},
    {10, "RemoteInteractive", nt::TokenType::primary, {known::interactive, known::remote_interactive}},
    {11, "CachedInteractive", nt::TokenType::primary, {known::interactive}},
    {12, "CachedRemoteInteractive", nt::TokenType::primary, {known::interactive, known::remote_interactive}},
    {13, "CachedUnlock", nt::TokenType::primary, {known::interactive}},
};
const nt::Sid type_sids[] = {known::interactive, known::network, known::batch, known::service,
                             known::remote_interactive};

class LogonTypes : public AuthorityTest {
 protected:
  void SetUp() override {
    add_package("fake", u"Fake").logon_user = [this](seam::LogonUserRequest request) {
      asked_.push_back(request.logon_type);
      return accept(request, user_.sid);
    };
    start();
  }
  std::vector<std::uint32_t> asked_;
};

TEST_F(LogonTypes, EachHasItsKindOfTokenAndItsSids) {
  using enum AccountRight;
  ASSERT_EQ(authority_->policy().add_rights(user_.sid, {batch_logon, service_logon, remote_interactive_logon}),
            STATUS_SUCCESS);
  TestClient login = client();
  for (const Kind& kind : kinds) {
    const seam::LsaLogonUserReply reply = login.connection->lsa_logon_user(logon_request(login, "fake", kind.type));
    ASSERT_EQ(reply.status, STATUS_SUCCESS) << kind.name;
    EXPECT_EQ(asked_.back(), kind.type) << kind.name;
    const nt::TokenData token = login.connection->query_token({reply.token}).data;
    EXPECT_EQ(token.type, kind.token) << kind.name;
    EXPECT_EQ(token.logon_type, kind.type) << kind.name;
    EXPECT_EQ(token.origin, login.connection->query_token({0}).data.logon_id) << kind.name;
    EXPECT_EQ(reply.quotas[0] != 0, kind.token == nt::TokenType::primary) << kind.name;
    std::vector<nt::Sid> found;
    bool world = false;
    for (const nt::SidAndAttributes& group : token.information.groups) {
      world |= group.sid == known::world;
      if (std::find(std::begin(type_sids), std::end(type_sids), group.sid) != std::end(type_sids))
        found.push_back(group.sid);
    }
    EXPECT_EQ(found, kind.sids) << kind.name;
    EXPECT_TRUE(world) << kind.name;
    const seam::GetSessionDataReply session = login.connection->get_session_data({0, reply.logon_id});
    ASSERT_TRUE(session.data) << kind.name;
    EXPECT_EQ(session.data->logon_type, kind.type) << kind.name;
  }
}

TEST_F(LogonTypes, WhatIsNoTypeReachesNoPackage) {
  TestClient login = client();
  constexpr std::uint32_t proxy = 6;  // "Not supported" (SECURITY_LOGON_TYPE)
  for (const std::uint32_t type : {0u, 1u, proxy, 14u, 0x80000002u, ~0u}) {
    const seam::LsaLogonUserReply reply = login.connection->lsa_logon_user(logon_request(login, "fake", type));
    EXPECT_EQ(reply.status, STATUS_INVALID_LOGON_TYPE) << type;
    EXPECT_EQ(reply.token, 0u) << type;
  }
  EXPECT_TRUE(asked_.empty());
}

// "NewCredentials: allows the caller to clone its current token and specify new credentials for outbound connections."
class NewCredentials : public AuthorityTest {
 protected:
  static constexpr std::uint32_t new_credentials = 9;
  void SetUp() override {
    add_package("fake", u"Fake").logon_user = [this](seam::LogonUserRequest request) {
      seam::LogonUserReply reply = accept(request, package_says_);
      reply.account_name = u"admin";
      reply.authenticating_authority = u"ELSEWHERE";
      reply.primary.emplace();
      reply.primary->downlevel_name = u"admin";
      reply.primary->password = base::Secret(base::as_bytes("p"));
      reply.primary->flags = 1;  // PRIMARY_CRED_CLEAR_PASSWORD
      return reply;
    };
    add_package("other", u"Other");
    start();
  }
  nt::Sid package_says_ = known::local_system;  // which it may not vouch for
};

TEST_F(NewCredentials, TheTokenIsTheCallersOwnInANewSession) {
  TestClient user = client(user_uid, false);
  const nt::TokenData own = user.connection->query_token({0}).data;
  const seam::LsaLogonUserReply reply = user.connection->lsa_logon_user(logon_request(user, "fake", new_credentials));
  ASSERT_EQ(reply.status, STATUS_SUCCESS);
  const nt::TokenData clone = user.connection->query_token({reply.token}).data;
  EXPECT_EQ(clone.type, nt::TokenType::primary);
  EXPECT_EQ(clone.logon_type, new_credentials);
  EXPECT_EQ(clone.logon_id, reply.logon_id);
  EXPECT_NE(clone.logon_id, own.logon_id);
  EXPECT_EQ(clone.information.user, own.information.user);
  EXPECT_EQ(clone.information.groups, own.information.groups);
  EXPECT_EQ(clone.information.privileges, own.information.privileges);
  ASSERT_TRUE(clone.posix);
  EXPECT_EQ(clone.posix->uid, user_uid);
  EXPECT_EQ(clone.source.name, "Tests");
  // The session is the caller's by name; the credentials are the new ones.
  const seam::GetSessionDataReply session = user.connection->get_session_data({0, reply.logon_id});
  ASSERT_TRUE(session.data);
  EXPECT_EQ(session.data->sid, own.information.user.sid);
  EXPECT_NE(session.data->user_name, u"admin");
  EXPECT_EQ(session.data->logon_type, new_credentials);
  packages_.at("fake").heard->accepted(0, [&](const seam::AcceptCredentialsRequest& heard) {
    EXPECT_EQ(heard.logon_type, new_credentials);
    EXPECT_EQ(heard.account_name, u"admin");
    EXPECT_TRUE(heard.primary->password);
    EXPECT_EQ(heard.primary->user_sid, own.information.user.sid);
    EXPECT_EQ(heard.primary->logon_id, reply.logon_id);
  });
  packages_.at("other").heard->accepted(0, [&](const seam::AcceptCredentialsRequest& heard) {
    EXPECT_EQ(heard.primary->downlevel_name, u"admin");
    EXPECT_FALSE(heard.primary->password);
  });
  EXPECT_NE(audit_lines().find("\"account\":\"admin\""), std::string::npos) << "the audit names the new credentials";
  EXPECT_EQ(user.connection->close_token({reply.token}).status, STATUS_SUCCESS);
  packages_.at("other").heard->wait_for(terminated(reply.logon_id));
}

TEST_F(NewCredentials, AThreadThatImpersonatesClonesWhomItActsAs) {
  package_says_ = user_.sid;
  TestClient login = client();
  const seam::LsaLogonUserReply network = login.connection->lsa_logon_user(logon_request(login, "fake", 3));
  ASSERT_EQ(network.status, STATUS_SUCCESS);
  seam::LsaLogonUserRequest request = logon_request(login, "fake", new_credentials);
  request.frame.token = network.token;
  const seam::LsaLogonUserReply reply = login.connection->lsa_logon_user(std::move(request));
  ASSERT_EQ(reply.status, STATUS_SUCCESS);
  const nt::TokenData clone = login.connection->query_token({reply.token}).data;
  EXPECT_EQ(clone.information.user.sid, user_.sid);
  EXPECT_EQ(clone.type, nt::TokenType::primary);
  const auto& groups = clone.information.groups;
  EXPECT_TRUE(std::any_of(groups.begin(), groups.end(), [](const auto& group) { return group.sid == known::network; }))
      << "a clone has the SIDs of the token that it was made from";
}

TEST_F(NewCredentials, WhoMayOnlyBeIdentifiedIsNotCloned) {
  package_says_ = user_.sid;
  TestClient login = client();
  const seam::LsaLogonUserReply network = login.connection->lsa_logon_user(logon_request(login, "fake", 3));
  const seam::DuplicateTokenReply identification = login.connection->duplicate_token(
      {network.token, false, nt::TokenType::impersonation, nt::ImpersonationLevel::identification, 0});
  ASSERT_EQ(identification.status, STATUS_SUCCESS);
  const std::size_t before = authority_->sessions().size();
  seam::LsaLogonUserRequest request = logon_request(login, "fake", new_credentials);
  request.frame.token = identification.token;
  const seam::LsaLogonUserReply reply = login.connection->lsa_logon_user(std::move(request));
  EXPECT_EQ(reply.status, STATUS_BAD_IMPERSONATION_LEVEL);
  EXPECT_EQ(reply.token, 0u);
  settle();
  EXPECT_EQ(authority_->sessions().size(), before) << "the session that the package made has ended";
}

TEST_F(NewCredentials, LocalGroupsOfALogonProcessAreAdded) {
  TestClient login = client();
  seam::LsaLogonUserRequest request = logon_request(login, "fake", new_credentials);
  const nt::SidAndAttributes logon_sid{nt::Sid{5, {5, 7, 8}}, 7};
  request.local_groups.push_back(logon_sid);
  const seam::LsaLogonUserReply reply = login.connection->lsa_logon_user(std::move(request));
  ASSERT_EQ(reply.status, STATUS_SUCCESS);
  const auto groups = login.connection->query_token({reply.token}).data.information.groups;
  EXPECT_NE(std::find(groups.begin(), groups.end(), logon_sid), groups.end());
  const auto own = login.connection->query_token({0}).data.information.groups;
  EXPECT_EQ(groups.size(), own.size() + 1);
}

}  // namespace
}  // namespace openlsa::authority
