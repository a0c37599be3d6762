// PreLogonUserSurrogate before the logon package, PostLogonUserSurrogate after it: who is asked, who sees what, and
// that none of them changes the logon.
#include "authority/fixture.hpp"

namespace openlsa::authority {
namespace {

constexpr std::array<std::uint8_t, 16> some_type{1, 2, 3};

seam::SurrogateEntry entry(std::string_view data) {
  seam::SurrogateEntry made;
  made.type = some_type;
  made.data = base::Secret(base::as_bytes(data));
  return made;
}
std::string text(const std::optional<base::Secret>& data) {
  return data ? std::string(data->reveal().begin(), data->reveal().end()) : "(none)";
}
std::string text(const seam::SurrogateLogon& logon) {
  std::string all;
  for (const seam::SurrogateEntry& one : logon.entries) all += text(one.data) + ";";
  return all;
}

class Surrogates : public AuthorityTest {
 protected:
  void SetUp() override {
    Rights trusted;
    trusted.clear_text_passwords = true;
    FakePackage& logon = add_package("a-logon", u"Logon");
    add_surrogate(logon, "a-logon");
    logon.logon_user = [this](seam::LogonUserRequest request) {
      order_ += "logon(" + text(request.surrogate) + ") ";
      surrogate_ids_.push_back(request.surrogate.id);
      seam::LogonUserReply reply = accept(request, user_.sid);
      reply.primary.emplace();
      reply.primary->password = base::Secret(base::as_bytes("p"));
      reply.primary->flags = 1;  // PRIMARY_CRED_CLEAR_PASSWORD
      reply.supplemental.push_back({u"Plain", base::Secret(base::as_bytes("for plain"))});
      reply.profile_address = window_base;
      reply.profile_size_bytes = 2;
      reply.writes.allocations.push_back({window_base, 2});
      reply.writes.writes.push_back({window_base, base::Bytes{7, 8}});
      reply.status = status_;
      return reply;
    };
    add_surrogate(add_package("b-plain", u"Plain"), "b-plain");
    add_surrogate(add_package("c-trusted", u"Trusted", trusted), "c-trusted");
    add_package("d-none", u"None");
    start();
  }
  void add_surrogate(FakePackage& package, const std::string& name) {
    package.pre_surrogate = [this, name](seam::PreLogonSurrogateRequest request) {
      order_ += "pre " + name + " ";
      pre_[name] = text(request.submit_buffer);
      surrogate_ids_.push_back(request.surrogate_id);
      EXPECT_EQ(request.origin.window.size_bytes, 0u) << "a surrogate returns nothing to the client";
      seam::PreLogonSurrogateReply reply;
      if (on_pre_) on_pre_(name, reply);
      return reply;
    };
    package.post_surrogate = [this, name](seam::PostLogonSurrogateRequest request) {
      order_ += "post " + name + " ";
      post_.insert_or_assign(name, std::move(request));
      return seam::PostLogonSurrogateReply{post_status_};
    };
  }
  seam::LsaLogonUserReply log_on() {
    TestClient login = client();
    return login.connection->lsa_logon_user(logon_request(login, "a-logon"));
  }
  std::size_t audited_failures() {
    const std::string lines = audit_lines();
    std::size_t count = 0;
    for (std::size_t at = 0; (at = lines.find(R"("event":"surrogate")", at)) != std::string::npos; ++at) ++count;
    return count;
  }

  std::string order_;
  std::map<std::string, std::string> pre_;
  std::map<std::string, seam::PostLogonSurrogateRequest> post_;
  std::vector<nt::Luid> surrogate_ids_;
  std::function<void(const std::string&, seam::PreLogonSurrogateReply&)> on_pre_;
  nt::Status status_ = STATUS_SUCCESS;
  nt::Status post_status_ = STATUS_SUCCESS;
};

TEST_F(Surrogates, EachIsAskedBeforeAndAfterAndTheLogonPackageGetsWhatTheyAdded) {
  on_pre_ = [](const std::string& name, seam::PreLogonSurrogateReply& reply) {
    reply.entries.push_back(entry("of " + name));
  };
  const seam::LsaLogonUserReply reply = log_on();
  ASSERT_EQ(reply.status, STATUS_SUCCESS);
  EXPECT_EQ(order_,
            "pre a-logon pre b-plain pre c-trusted logon(of a-logon;of b-plain;of c-trusted;) "
            "post a-logon post b-plain post c-trusted ");
  for (const nt::Luid id : surrogate_ids_) EXPECT_EQ(id, surrogate_ids_.front());
  EXPECT_NE(surrogate_ids_.front(), nt::Luid{});
  for (const auto& [name, request] : post_) {
    EXPECT_EQ(text(request.surrogate), "of " + name + ";") << "each gets its own entries back";
    EXPECT_EQ(request.surrogate.id, surrogate_ids_.front()) << name;
    EXPECT_EQ(request.logon_status, STATUS_SUCCESS) << name;
    EXPECT_EQ(request.logon_id, reply.logon_id) << name;
    EXPECT_EQ(request.account_name, u"alice") << name;
    ASSERT_TRUE(request.token_information) << name;
    EXPECT_EQ(request.token_information->user.sid, user_.sid) << name;
  }
  EXPECT_EQ(audited_failures(), 0u);
  const nt::Luid first = surrogate_ids_.front();
  ASSERT_EQ(log_on().status, STATUS_SUCCESS);
  EXPECT_NE(surrogate_ids_.back(), first) << "each logon has an id of its own";
}

TEST_F(Surrogates, WhatUsersTypeIsForTheLogonPackageAndThoseWithTheRight) {
  ASSERT_EQ(log_on().status, STATUS_SUCCESS);
  EXPECT_EQ(pre_["a-logon"], "name and password");
  EXPECT_EQ(pre_["c-trusted"], "name and password");
  EXPECT_EQ(pre_["b-plain"], "(none)");
  for (const char* name : {"a-logon", "c-trusted"}) {
    const seam::PostLogonSurrogateRequest& request = post_.at(name);
    EXPECT_EQ(text(request.submit_buffer), "name and password") << name;
    EXPECT_EQ(request.profile_address, window_base) << name;
    ASSERT_EQ(request.profile.size(), 1u) << name;
    EXPECT_TRUE(request.primary->password) << name;
  }
  const seam::PostLogonSurrogateRequest& plain = post_.at("b-plain");
  EXPECT_FALSE(plain.submit_buffer);
  EXPECT_EQ(plain.profile_address, 0u);
  EXPECT_TRUE(plain.profile.empty());
  ASSERT_TRUE(plain.primary);
  EXPECT_FALSE(plain.primary->password);
  EXPECT_EQ(plain.primary->flags, 0u) << "with a withheld password its flags go";
  ASSERT_EQ(plain.supplemental.size(), 1u);
  EXPECT_TRUE(post_.at("c-trusted").supplemental.empty()) << "a supplemental element is for the package it names";
}

TEST_F(Surrogates, AFailureOfOneIsAuditedAndTheLogonGoesOn) {
  on_pre_ = [](const std::string& name, seam::PreLogonSurrogateReply& reply) {
    reply.entries.push_back(entry("of " + name));
    if (name == "b-plain") reply.status = STATUS_ACCESS_DENIED;
  };
  post_status_ = STATUS_UNSUCCESSFUL;
  ASSERT_EQ(log_on().status, STATUS_SUCCESS);
  EXPECT_NE(order_.find("logon(of a-logon;of c-trusted;)"), std::string::npos) << order_;
  EXPECT_EQ(audited_failures(), 4u) << audit_lines();
}

TEST_F(Surrogates, ADeadOneDoesNotEndTheLogon) {
  on_pre_ = [this](const std::string& name, seam::PreLogonSurrogateReply& reply) {
    if (name != "b-plain") return;
    starter_.host("b-plain")->die();
    reply.status = SEC_E_INTERNAL_ERROR;
  };
  EXPECT_EQ(log_on().status, STATUS_SUCCESS);
}

TEST_F(Surrogates, MoreThanTheLimitsIsNothing) {
  on_pre_ = [](const std::string& name, seam::PreLogonSurrogateReply& reply) {
    if (name == "a-logon")
      for (int i = 0; i < 17; ++i) reply.entries.push_back(entry("x"));
    if (name == "b-plain") reply.entries.push_back(entry(std::string(64 * 1024 + 1, 'x')));
    if (name == "c-trusted")
      for (int i = 0; i < 16; ++i) reply.entries.push_back(entry("y"));
  };
  ASSERT_EQ(log_on().status, STATUS_SUCCESS);
  std::string all_of_c;
  for (int i = 0; i < 16; ++i) all_of_c += "y;";
  EXPECT_NE(order_.find("logon(" + all_of_c + ")"), std::string::npos) << order_;
  EXPECT_EQ(audited_failures(), 2u);
}

TEST_F(Surrogates, ALogonThatFailedHasNoResultsButItsNames) {
  status_ = STATUS_ACCOUNT_RESTRICTION;
  EXPECT_EQ(log_on().status, STATUS_ACCOUNT_RESTRICTION);
  ASSERT_EQ(post_.size(), 3u);
  for (const auto& [name, request] : post_) {
    EXPECT_EQ(request.logon_status, STATUS_ACCOUNT_RESTRICTION) << name;
    EXPECT_EQ(request.logon_id, nt::Luid{}) << name;
    EXPECT_EQ(request.account_name, u"alice") << name;
    EXPECT_FALSE(request.token_information) << name;
    EXPECT_FALSE(request.primary) << name;
    EXPECT_EQ(request.profile_address, 0u) << name;
  }
}

TEST_F(Surrogates, ALogonThatTheAuthorityRefusesIsAFailureForThem) {
  packages_.at("a-logon").logon_user = [this](seam::LogonUserRequest request) {
    return accept(request, nt::well_known::local_system);
  };
  EXPECT_EQ(log_on().status, STATUS_ACCESS_DENIED);
  EXPECT_EQ(post_.at("b-plain").logon_status, STATUS_ACCESS_DENIED);
  EXPECT_FALSE(post_.at("b-plain").token_information);
}

TEST_F(Surrogates, ABadRequestReachesNone) {
  TestClient login = client();
  EXPECT_EQ(login.connection->lsa_logon_user(logon_request(login, "a-logon", 6)).status, STATUS_INVALID_LOGON_TYPE);
  seam::LsaLogonUserRequest request = logon_request(login, "a-logon");
  request.package = 999;
  EXPECT_EQ(login.connection->lsa_logon_user(std::move(request)).status, STATUS_NO_SUCH_PACKAGE);
  EXPECT_EQ(order_, "");
}

}  // namespace
}  // namespace openlsa::authority
