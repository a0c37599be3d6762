#include "authority_domain/domain_test.hpp"

#include "nt/utf.hpp"

namespace openlsa::authority {

base::Secret secret(std::u16string_view text) { return base::Secret(base::as_bytes(text.data(), text.size() * 2)); }

seam::DomainAccount DomainTest::alice() {
  seam::DomainAccount account;
  account.user_name = u"alice";
  account.full_name = u"Alice of Corp";
  account.domain_name = u"CORP";
  account.dns_domain_name = u"corp.example";
  account.user = corp.with_rid(1104);
  account.primary_group = corp.with_rid(513);
  account.groups = {{corp.with_rid(2001), 7}, {trust.with_rid(2002), 7}};
  account.posix = nt::PosixIdentity{200'104, 200'513, {202'001}};
  return account;
}

void DomainTest::open_door(FakePackage& door) {
  door.enumerate_domains = [this] {
    ++enumerated_;
    seam::EnumerateDomainsReply reply;
    reply.status = reachable_ && enumerates_ ? STATUS_SUCCESS : STATUS_NO_LOGON_SERVERS;
    if (reply.status == STATUS_SUCCESS) reply.domains = domains_;
    return reply;
  };
  door.log_on_domain = [this](seam::LogOnDomainAccountRequest request) {
    ++logons_;
    seam::LogOnDomainAccountReply reply;
    const auto found = accounts_.find(request.user_name);
    const bool right = !request.password || base::equal(request.password->reveal(), secret(right_password).reveal());
    reply.status = !reachable_                ? STATUS_NO_LOGON_SERVERS
                   : found == accounts_.end() ? STATUS_NO_SUCH_USER
                   : right                    ? status_
                                              : STATUS_WRONG_PASSWORD;
    if (reply.status == STATUS_SUCCESS) {
      reply.account = found->second;
      reply.logon_server = extra_.logon_server;
      reply.user_flags = extra_.user_flags;
      reply.session_base_key = extra_.session_base_key.duplicate();
      reply.lm_session_key = extra_.lm_session_key.duplicate();
      reply.times = extra_.times;
    }
    asked_ = std::move(request);
    return reply;
  };
  door.look_up_domain = [this](seam::LookUpDomainAccountRequest request) {
    ++look_ups_;
    seam::LookUpDomainAccountReply reply;
    reply.status = reachable_ ? STATUS_NONE_MAPPED : STATUS_NO_LOGON_SERVERS;
    for (const auto& [name, account] : accounts_)
      if (reachable_ && (request.sid ? account.user == *request.sid : name == request.user_name)) {
        reply.status = STATUS_SUCCESS;
        reply.account = account;
      }
    return reply;
  };
  door.change_domain_password = [this](seam::ChangeDomainPasswordRequest request) {
    ++changes_;
    return seam::ChangeDomainPasswordReply{base::equal(request.old_password.reveal(), secret(right_password).reveal())
                                               ? STATUS_SUCCESS
                                               : STATUS_WRONG_PASSWORD};
  };
}

void DomainTest::SetUp() {
  domains_ = {{u"CORP", u"corp.example", corp}, {u"TRUST", u"trust.example", trust}};
  accounts_[u"alice"] = alice();
  extra_.logon_server = u"DC1";
  extra_.session_base_key = base::Secret(base::Bytes(16, 7));
  extra_.lm_session_key = base::Secret(base::Bytes(8, 8));
  Rights keys;
  keys.account_keys = true;
  keys.vouch_for = {"*"};
  add_package("keeper", u"Keeper", keys);
  open_door(add_door("domain", seam::Door::domain));
  SupportTest::SetUp();
  keeper_ = std::make_unique<HostSupport>(*authority_, context("keeper"));
  trusted_ = client(0, true);
}

void DomainTest::restart() {
  trusted_ = {};
  keeper_.reset();
  alpha_.reset();
  beta_.reset();
  authority_->shut_down();
  authority_.reset();
  auto created = Authority::create(configuration_, starter_);
  ASSERT_TRUE(created) << created.error().message;
  authority_ = std::move(*created);
  ASSERT_TRUE(authority_->start_packages());
  keeper_ = std::make_unique<HostSupport>(*authority_, context("keeper"));
  trusted_ = client(0, true);
}

seam::LogOnAccountRequest DomainTest::attempt(std::u16string_view user, std::u16string_view domain,
                                              std::u16string_view password, std::uint32_t logon_type) {
  seam::LogOnAccountRequest request;
  request.caller = nobody("keeper");
  request.flags = OPENLSA_ATTEMPT_PASSWORD;
  request.logon_type = logon_type;
  request.source = {"Keeper", {}};
  request.user_name = user;
  request.domain_name = domain;
  request.password = secret(password);
  return request;
}

seam::LogOnAccountReply DomainTest::log_on(seam::LogOnAccountRequest request) {
  seam::LogOnAccountRequest again;
  again.caller = request.caller;
  again.flags = request.flags;
  again.logon_type = request.logon_type;
  again.level = request.level;
  again.source = request.source;
  again.user_name = request.user_name;
  again.domain_name = request.domain_name;
  again.workstation = request.workstation;
  if (request.password) again.password = request.password->duplicate();
  again.challenge = request.challenge;
  again.accepted_responses = request.accepted_responses;
  again.nt_response = request.nt_response;
  again.lm_response = request.lm_response;
  seam::LogOnAccountReply reply = keeper_->log_on_account(std::move(request));
  return reply.elsewhere ? keeper_->log_on_elsewhere(std::move(again)) : std::move(reply);
}

bool DomainTest::is_elsewhere(std::u16string_view user, std::u16string_view domain) {
  return keeper_->log_on_account(attempt(user, domain)).elsewhere;
}

seam::LsaLogonUserReply DomainTest::log_on_user(std::u16string_view user, std::uint32_t logon_type,
                                                std::function<void(seam::LogonUserReply&)> says) {
  packages_["keeper"].logon_user = [&](seam::LogonUserRequest request) {
    seam::LogOnAccountRequest asked = attempt(user, u"CORP", right_password, logon_type);
    asked.caller = of(request.origin, request.package);
    const seam::LogOnAccountReply judged = keeper_->log_on_elsewhere(std::move(asked));
    seam::LogonUserReply reply;
    reply.status = judged.status;
    if (judged.status != STATUS_SUCCESS) return reply;
    reply = accept(request, judged.user);
    reply.token_information.groups = judged.groups;
    reply.token_information.primary_group = judged.primary_group;
    reply.account_name = judged.user_name;
    reply.authenticating_authority = judged.domain_name;
    if (says) says(reply);
    return reply;
  };
  return trusted_.connection->lsa_logon_user(logon_request(trusted_, "keeper", logon_type));
}

}  // namespace openlsa::authority
