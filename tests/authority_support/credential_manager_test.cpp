// CrediWrite, CrediRead, CrediReadDomainCredentials: whose sets a package reaches, what it reads there, which
// credential is for a target, and the limits.
#include "authority_support/support_test.hpp"

namespace openlsa::authority {
namespace {

enum Type : std::uint32_t { generic = 1, password = 2, certificate = 3, visible = 4, extended = 6 };

class CredentialManager : public SupportTest {
 protected:
  void SetUp() override {
    SupportTest::SetUp();
    session_ = make_session(*alpha_, nobody("alpha"));
  }
  static seam::Credential credential(const std::u16string& target, std::uint32_t type = password,
                                     const char* secret = "secret") {
    seam::Credential value;
    value.type = type;
    value.target_name = target;
    value.user_name = u"BOX\\alice";
    value.blob = base::Secret(base::as_bytes(std::string_view(secret)));
    value.persist = 1;
    return value;
  }
  nt::Status write(seam::Credential value) {
    return alpha_->write_credential({nobody("alpha"), session_, std::move(value)}).status;
  }
  seam::ReadCredentialReply read(const std::u16string& target, std::uint32_t type = password) {
    return alpha_->read_credential({nobody("alpha"), session_, target, type});
  }
  // Target names of what is found, in order.
  std::vector<std::u16string> find(seam::CredentialTarget target) {
    const seam::ReadDomainCredentialsReply reply =
        alpha_->read_domain_credentials({nobody("alpha"), session_, std::move(target)});
    last_status_ = reply.status;
    std::vector<std::u16string> names;
    for (const seam::Credential& found : reply.credentials) names.push_back(found.target_name);
    return names;
  }
  static seam::CredentialTarget server() {
    seam::CredentialTarget target;
    target.target_name = u"files";
    target.netbios_server_name = u"FILES";
    target.dns_server_name = u"files.lab.example.com";
    target.netbios_domain_name = u"LAB";
    target.dns_domain_name = u"lab.example.com";
    return target;
  }
  static std::string text(const base::Secret& secret) {
    return {reinterpret_cast<const char*>(secret.reveal().data()), secret.size()};
  }

  nt::Luid session_;
  nt::Status last_status_ = 0;
};

TEST_F(CredentialManager, WhatIsWrittenIsRead) {
  seam::Credential value = credential(u"Server", generic);
  value.comment = u"a comment";
  value.target_alias = u"alias";
  value.attributes = {{u"Acme_Key", 0, base::to_bytes(base::as_bytes("value"))}};
  value.flags = 0x2;  // PROMPT_NOW "is ignored on input"
  value.last_written.ticks = 42;
  ASSERT_EQ(write(std::move(value)), STATUS_SUCCESS);
  const seam::ReadCredentialReply reply = read(u"SERVER", generic);
  ASSERT_EQ(reply.status, STATUS_SUCCESS) << "a target name compares without case";
  EXPECT_EQ(reply.credential.target_name, u"Server");
  EXPECT_EQ(reply.credential.flags, 0u);
  EXPECT_EQ(text(reply.credential.blob), "secret");
  EXPECT_EQ(*reply.credential.comment, u"a comment");
  EXPECT_EQ(*reply.credential.target_alias, u"alias");
  EXPECT_EQ(*reply.credential.user_name, u"BOX\\alice");
  ASSERT_EQ(reply.credential.attributes.size(), 1u);
  EXPECT_EQ(reply.credential.attributes[0].keyword, u"Acme_Key");
  EXPECT_GT(reply.credential.last_written.ticks, 42) << "the time is the authority's";
  EXPECT_EQ(read(u"Server", password).status, STATUS_NOT_FOUND) << "the type is part of the name";
  EXPECT_EQ(read(u"other", generic).status, STATUS_NOT_FOUND);
  EXPECT_EQ(read(u"Server", visible).status, STATUS_INVALID_PARAMETER);
  EXPECT_EQ(read(u"", generic).status, STATUS_INVALID_PARAMETER);
}

TEST_F(CredentialManager, TheSameNameIsReplaced) {
  ASSERT_EQ(write(credential(u"server", password, "one")), STATUS_SUCCESS);
  ASSERT_EQ(write(credential(u"SERVER", password, "two")), STATUS_SUCCESS);
  ASSERT_EQ(write(credential(u"server", certificate, "pin")), STATUS_SUCCESS);
  EXPECT_EQ(text(read(u"server").credential.blob), "two");
  EXPECT_EQ(text(read(u"server", certificate).credential.blob), "pin");
}

TEST_F(CredentialManager, OfSessionsThatAreReachedOnly) {
  ASSERT_EQ(write(credential(u"server")), STATUS_SUCCESS);
  EXPECT_EQ(beta_->read_credential({nobody("beta"), session_, u"server", password}).status, STATUS_ACCESS_DENIED);
  EXPECT_TRUE(refused("CrediRead: "));
  EXPECT_EQ(beta_->write_credential({nobody("beta"), session_, credential(u"server")}).status, STATUS_ACCESS_DENIED);
  EXPECT_TRUE(refused("CrediWrite"));
  EXPECT_EQ(beta_->read_domain_credentials({nobody("beta"), session_, server()}).status, STATUS_ACCESS_DENIED);
  EXPECT_TRUE(refused("CrediReadDomainCredentials"));
  EXPECT_EQ(alpha_->read_credential({nobody("beta"), session_, u"server", password}).status, STATUS_ACCESS_DENIED)
      << "a host speaks for its own packages";
  EXPECT_EQ(alpha_->read_credential({nobody("alpha"), nt::Luid{0x12345678}, u"server", password}).status,
            STATUS_NO_SUCH_LOGON_SESSION);

  // Of its caller's session too.
  TestClient user = client(user_uid, false);
  const seam::SupportCaller caller = on_channel(user, "beta");
  const nt::Luid own = authority_->own_sessions().token_of(user_uid, user_uid).value()->logon_id();
  EXPECT_EQ(beta_->write_credential({caller, own, credential(u"server")}).status, STATUS_SUCCESS);
  EXPECT_EQ(beta_->read_credential({caller, own, u"server", password}).status, STATUS_SUCCESS);
  EXPECT_EQ(alpha_->read_credential({nobody("alpha"), own, u"server", password}).status, STATUS_ACCESS_DENIED);
}

TEST_F(CredentialManager, SecretsAreForThoseWithTheRightAndForTheirWriter) {
  TestClient user = client(user_uid, false);
  const nt::Luid own = authority_->own_sessions().token_of(user_uid, user_uid).value()->logon_id();
  const seam::SupportCaller alpha = on_channel(user, "alpha"), beta = on_channel(user, "beta");
  ASSERT_EQ(alpha_->write_credential({alpha, own, credential(u"server")}).status, STATUS_SUCCESS);
  EXPECT_EQ(text(alpha_->read_credential({alpha, own, u"server", password}).credential.blob), "secret");
  const seam::ReadCredentialReply withheld = beta_->read_credential({beta, own, u"server", password});
  EXPECT_EQ(withheld.status, STATUS_SUCCESS);
  EXPECT_TRUE(withheld.credential.blob.empty());
  EXPECT_EQ(*withheld.credential.user_name, u"BOX\\alice");
  const auto domain = beta_->read_domain_credentials({beta, own, [] {
                                                        seam::CredentialTarget target;
                                                        target.dns_server_name = u"server";
                                                        return target;
                                                      }()});
  ASSERT_EQ(domain.credentials.size(), 1u);
  EXPECT_TRUE(domain.credentials[0].blob.empty());
}

TEST_F(CredentialManager, ANetworkLogonHasNoSet) {
  ASSERT_EQ(write(credential(u"server")), STATUS_SUCCESS);
  make_token(*alpha_, nobody("alpha"), session_);  // of logon type 3
  EXPECT_EQ(write(credential(u"server")), STATUS_NO_SUCH_LOGON_SESSION);
  EXPECT_EQ(read(u"server").status, STATUS_NO_SUCH_LOGON_SESSION);
  EXPECT_TRUE(find(server()).empty());
  EXPECT_EQ(last_status_, STATUS_NO_SUCH_LOGON_SESSION);
}

TEST_F(CredentialManager, TheSetEndsWithItsSession) {
  const nt::Luid session = make_session(*alpha_, nobody("alpha"));
  ASSERT_EQ(alpha_->write_credential({nobody("alpha"), session, credential(u"server")}).status, STATUS_SUCCESS);
  seam::CreateTokenRequest request = token_request(nobody("alpha"), session, user_.sid);
  request.logon_type = 2;
  const seam::CreateTokenReply token = alpha_->create_token(std::move(request));
  ASSERT_EQ(token.status, STATUS_SUCCESS);
  EXPECT_EQ(alpha_->read_credential({nobody("alpha"), session, u"server", password}).status, STATUS_SUCCESS);
  const std::size_t sessions = authority_->credentials().sessions();
  alpha_->close_host_token({token.token});
  settle();
  EXPECT_EQ(authority_->credentials().sessions(), sessions - 1);
  EXPECT_EQ(alpha_->read_credential({nobody("alpha"), session, u"server", password}).status,
            STATUS_NO_SUCH_LOGON_SESSION);
}

TEST_F(CredentialManager, TheMostSpecificOneOfEachTypeIsFound) {
  // From the least specific to the most specific, as CredReadDomainCredentials documents them.
  for (const char16_t* target : {u"*", u"*Session", u"LAB\\*", u"lab.example.com\\*", u"*.example.com",
                                 u"*.lab.example.com", u"FILES", u"files.lab.example.com"}) {
    ASSERT_EQ(write(credential(target)), STATUS_SUCCESS);
    EXPECT_EQ(find(server()), std::vector<std::u16string>{target});
  }
  seam::CredentialTarget share = server();
  share.target_name = u"dfs\\share";
  ASSERT_EQ(write(credential(u"DFS\\share")), STATUS_SUCCESS);
  EXPECT_EQ(find(share), std::vector<std::u16string>{u"DFS\\share"});
}

TEST_F(CredentialManager, WhatIsForOtherTargetsIsNotFound) {
  for (const char16_t* target : {u"other", u"*.other.com", u"OTHER\\*", u"other.com\\*", u"*example.com", u"LAB",
                                 u"files.lab.example.com.evil", u"xlab.example.com\\*"})
    ASSERT_EQ(write(credential(target)), STATUS_SUCCESS);
  ASSERT_EQ(write(credential(u"FILES", generic)), STATUS_SUCCESS);
  EXPECT_TRUE(find(server()).empty());
  EXPECT_EQ(last_status_, STATUS_NOT_FOUND);
  seam::CredentialTarget nameless;
  nameless.target_name = u"files";
  EXPECT_TRUE(find(nameless).empty());
  EXPECT_EQ(last_status_, STATUS_INVALID_PARAMETER) << "none of the naming members";
}

TEST_F(CredentialManager, AliasesNameTheServerAndTheDomain) {
  seam::Credential by_alias = credential(u"nas.elsewhere.org");
  by_alias.target_alias = u"files";
  ASSERT_EQ(write(std::move(by_alias)), STATUS_SUCCESS);
  EXPECT_EQ(find(server()), std::vector<std::u16string>{u"nas.elsewhere.org"});
}

TEST_F(CredentialManager, TypesInTheOrderOfTheTarget) {
  ASSERT_EQ(write(credential(u"FILES", password)), STATUS_SUCCESS);
  ASSERT_EQ(write(credential(u"*", certificate)), STATUS_SUCCESS);
  EXPECT_EQ(find(server()), (std::vector<std::u16string>{u"*", u"FILES"})) << "certificate first";
  seam::CredentialTarget target = server();
  target.types = {password, certificate};
  EXPECT_EQ(find(target), (std::vector<std::u16string>{u"FILES", u"*"}));
  target.types = {password};
  EXPECT_EQ(find(target), std::vector<std::u16string>{u"FILES"});
  target.types = {generic};
  EXPECT_TRUE(find(target).empty());
  target.types = {extended, password};
  EXPECT_TRUE(find(target).empty());
  EXPECT_EQ(last_status_, STATUS_INVALID_PARAMETER) << "an extended type cannot be mixed";
}

TEST_F(CredentialManager, WhatACredentialMayHold) {
  const auto status_of = [&](auto change, std::uint32_t type = password) {
    seam::Credential value = credential(u"server", type);
    change(value);
    return write(std::move(value));
  };
  using C = seam::Credential&;
  EXPECT_EQ(status_of([](C c) { c.persist = 2; }), STATUS_NOT_SUPPORTED) << "nothing is kept on disk";
  EXPECT_EQ(status_of([](C c) { c.persist = 3; }), STATUS_NOT_SUPPORTED);
  EXPECT_EQ(status_of([](C c) { c.persist = 0; }), STATUS_INVALID_PARAMETER);
  EXPECT_EQ(status_of([](C c) { c.type = visible; }), STATUS_INVALID_PARAMETER);
  EXPECT_EQ(status_of([](C c) { c.type = 0; }), STATUS_INVALID_PARAMETER);
  EXPECT_EQ(status_of([](C c) { c.target_name.clear(); }), STATUS_INVALID_PARAMETER);
  EXPECT_EQ(status_of([](C c) { c.target_name.assign(337, u'x'); }), STATUS_INVALID_PARAMETER);
  EXPECT_EQ(status_of([](C c) { c.target_name.assign(337, u'x'); }, generic), STATUS_SUCCESS);
  EXPECT_EQ(status_of([](C c) { c.user_name.reset(); }), STATUS_INVALID_PARAMETER);
  EXPECT_EQ(status_of([](C c) { c.user_name.reset(); }, generic), STATUS_SUCCESS);
  EXPECT_EQ(status_of([](C c) { c.user_name.emplace(513, u'x'); }), STATUS_INVALID_PARAMETER);
  EXPECT_EQ(status_of([](C c) { c.comment.emplace(256, u'x'); }), STATUS_INVALID_PARAMETER);
  EXPECT_EQ(status_of([](C c) { c.target_alias.emplace(256, u'x'); }), STATUS_INVALID_PARAMETER);
  EXPECT_EQ(status_of([](C c) { c.blob = base::Secret(std::size_t{2561}); }), STATUS_INVALID_PARAMETER);
  EXPECT_EQ(status_of([](C c) { c.blob = base::Secret(std::size_t{2560}); }), STATUS_SUCCESS);
  EXPECT_EQ(status_of([](C c) { c.attributes.resize(65, {u"k", 0, {}}); }), STATUS_INVALID_PARAMETER);
  EXPECT_EQ(status_of([](C c) { c.attributes = {{u"k", 0, base::Bytes(257)}}; }), STATUS_INVALID_PARAMETER);
  EXPECT_EQ(status_of([](C c) { c.attributes = {{u"", 0, {}}}; }), STATUS_INVALID_PARAMETER);
  EXPECT_EQ(status_of([](C c) { c.flags = 0x4; }), STATUS_INVALID_PARAMETER) << "target and user name differ";
  EXPECT_EQ(status_of([](C c) {
              c.flags = 0x4;
              c.target_name = *c.user_name;
            }),
            STATUS_SUCCESS);
  EXPECT_EQ(status_of([](C) {}, extended), STATUS_INVALID_PARAMETER) << "without a namespace";
  EXPECT_EQ(status_of([](C c) { c.target_name = u"Domain:target=files"; }, extended), STATUS_SUCCESS);
  EXPECT_EQ(status_of([](C c) { c.target_name = u"Domain:target=*"; }, extended), STATUS_INVALID_PARAMETER);
}

TEST_F(CredentialManager, ASetIsBounded) {
  std::size_t written = 0;
  while (write(credential(u"target " + std::u16string(written % 7, u'x') + static_cast<char16_t>(u'a' + written))) ==
         STATUS_SUCCESS)
    ASSERT_LE(++written, CredentialSet::max_credentials);
  EXPECT_EQ(written, CredentialSet::max_credentials);
  EXPECT_EQ(write(credential(u"one more")), STATUS_QUOTA_EXCEEDED);
  EXPECT_EQ(write(credential(u"target a", password, "new")), STATUS_SUCCESS) << "what is there is replaced";
}

TEST_F(CredentialManager, BytesOfASetAreBounded) {
  const auto large = [](char16_t name) {
    seam::Credential value = credential(std::u16string(30'000, name), generic);
    return value;
  };
  std::size_t written = 0;
  while (written < 40 && write(large(static_cast<char16_t>(u'0' + written))) == STATUS_SUCCESS) ++written;
  EXPECT_LT(written, 20u) << "a mebibyte, 60000 bytes at a time";
  EXPECT_GT(written, 10u);
  EXPECT_EQ(write(credential(u"small")), STATUS_SUCCESS);
}

}  // namespace
}  // namespace openlsa::authority
