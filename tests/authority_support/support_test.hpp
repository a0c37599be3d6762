// Two package files, "alpha" and "beta", and what their hosts ask of the authority. Beta may call nobody.
#pragma once

#include "authority/fixture.hpp"
#include "authority/support/host_support.hpp"

namespace openlsa::authority {

class SupportTest : public AuthorityTest {
 protected:
  void SetUp() override {
    Rights rights = everyone();
    rights.call_packages = {"Beta"};
    add_package("alpha", u"Alpha", rights);
    add_package("beta", u"Beta");
    start();
    alpha_ = std::make_unique<HostSupport>(*authority_, context("alpha"));
    beta_ = std::make_unique<HostSupport>(*authority_, context("beta"));
  }
  std::shared_ptr<HostContext> context(const std::string& name) {
    return authority_->registry().find(*nt_name(name))->file->running()->context;
  }
  // A thread of the package's own.
  seam::SupportCaller nobody(const std::string& name) { return {id_of(name), {}, {}, {}}; }
  // An SSPI call of the client, on a direct channel.
  seam::SupportCaller on_channel(TestClient& client, const std::string& name, std::uint32_t token = 0) {
    const seam::OpenChannelReply opened = client.connection->open_channel({token, *nt_name(name)});
    EXPECT_EQ(opened.status, STATUS_SUCCESS);
    return {id_of(name), client.connection->client(), opened.channel, {}};
  }
  static seam::SupportCaller of(const seam::CallOrigin& origin, seam::PackageId package) {
    return {package, origin.view.client, origin.view.channel, origin.chain};
  }
  nt::Luid make_session(HostSupport& host, const seam::SupportCaller& caller) {
    const nt::Luid id = host.host_allocate_luids({1}).first;
    EXPECT_EQ(host.create_logon_session({caller, id}).status, STATUS_SUCCESS);
    return id;
  }
  static seam::CreateTokenRequest token_request(const seam::SupportCaller& caller, nt::Luid session,
                                                const nt::Sid& user) {
    seam::CreateTokenRequest request;
    request.caller = caller;
    request.logon_id = session;
    request.source = {"Alpha", {}};
    request.logon_type = 3;
    request.information.type = 1;
    request.information.user.sid = user;
    request.information.primary_group = nt::well_known::users;
    return request;
  }
  // A session of the package with a token in its host.
  std::uint32_t make_token(HostSupport& host, const seam::SupportCaller& caller, nt::Luid session) {
    const seam::CreateTokenReply reply = host.create_token(token_request(caller, session, user_.sid));
    EXPECT_EQ(reply.status, STATUS_SUCCESS);
    return reply.token;
  }
  // What the audit trail got since the last time.
  std::string audited() {
    const std::string all = audit_lines();
    std::string fresh = all.substr(audited_);
    audited_ = all.size();
    return fresh;
  }
  testing::AssertionResult refused(const std::string& part) {
    const std::string lines = audited();
    if (lines.find(R"("event":"refused")") != std::string::npos && lines.find(part) != std::string::npos)
      return testing::AssertionSuccess();
    return testing::AssertionFailure() << "no refusal with '" << part << "' in: " << lines;
  }

  std::unique_ptr<HostSupport> alpha_, beta_;
  std::size_t audited_ = 0;
};

}  // namespace openlsa::authority
