// A host that is lost costs its own packages only, and for a moment.
#include "authority/fixture.hpp"

#include <unistd.h>

namespace openlsa::authority {
namespace {

class HostLoss : public AuthorityTest {
 protected:
  void SetUp() override {
    configuration_.call_deadline_seconds = 1;
    add_package("fake", u"Fake").logon_user = [this](seam::LogonUserRequest request) {
      return accept(request, user_.sid);
    };
    add_package("other", u"Other").logon_user = packages_.at("fake").logon_user;
    start();
  }
  void wait_for_start(std::size_t hosts) {
    while (starter_.started() < hosts || !file("fake")->running()) ::usleep(1000);
  }
  std::shared_ptr<PackageFile> file(const std::string& name) {
    return authority_->registry().find(*nt_name(name))->file;
  }
};

TEST_F(HostLoss, RestartsWithTheSameIdsAndTellsOfLiveSessionsFirst) {
  TestClient login = client();
  const seam::LsaLogonUserReply live = login.connection->lsa_logon_user(logon_request(login, "other"));
  ASSERT_EQ(live.status, STATUS_SUCCESS);
  const seam::PackageId id = id_of("fake");
  ASSERT_EQ(packages_.at("fake").heard->accepted_count(), 1u);
  starter_.host("fake")->die();
  // A logon right after the loss waits for the new host, which then has heard of the session already.
  std::size_t heard_before_first_use = 0;
  packages_.at("fake").logon_user = [&](seam::LogonUserRequest request) {
    heard_before_first_use = packages_.at("fake").heard->accepted_count();
    return accept(request, user_.sid);
  };
  EXPECT_EQ(login.connection->lsa_logon_user(logon_request(login, "fake")).status, STATUS_SUCCESS);
  EXPECT_EQ(heard_before_first_use, 2u);
  EXPECT_EQ(id_of("fake"), id);
  EXPECT_EQ(packages_.at("other").heard->accepted_count(), 2u) << "the other file's packages notice nothing";
  EXPECT_EQ(login.connection->query_token({live.token}).status, STATUS_SUCCESS);
}

TEST_F(HostLoss, FailsTheCallInFlightAndLeavesNothingOfIt) {
  const std::size_t before = authority_->sessions().size();
  packages_.at("fake").logon_user = [&](seam::LogonUserRequest request) {
    seam::LogonUserReply reply = accept(request, user_.sid);
    starter_.host("fake")->die();
    return reply;
  };
  TestClient login = client();
  EXPECT_EQ(login.connection->lsa_logon_user(logon_request(login, "fake")).status, SEC_E_INTERNAL_ERROR);
  settle();
  EXPECT_EQ(authority_->sessions().size(), before);
  EXPECT_EQ(login.connection->lsa_logon_user(logon_request(login, "other")).status, STATUS_SUCCESS);
}

TEST_F(HostLoss, LogonTerminatedIsToldAgainButNotForEver) {
  TestClient login = client();
  const seam::LsaLogonUserReply first = login.connection->lsa_logon_user(logon_request(login, "other"));
  int deaths = 1;
  packages_.at("fake").on_terminated = [&](nt::Luid) {
    if (deaths-- > 0) starter_.host("fake")->die();
  };
  login.connection->close_token({first.token});
  packages_.at("fake").heard->wait_for(terminated(first.logon_id));
  settle();
  deaths = 1000;
  const std::size_t started = starter_.started();
  const seam::LsaLogonUserReply second = login.connection->lsa_logon_user(logon_request(login, "other"));
  login.connection->close_token({second.token});
  settle();
  EXPECT_EQ(packages_.at("fake").heard->count(terminated(second.logon_id)), 0u);
  wait_for_start(started + 1);
  EXPECT_LE(starter_.started(), started + 2);
}

TEST_F(HostLoss, OverTheDeadlineIsKilledAndStartedAgain) {
  packages_.at("fake").logon_user = [&](seam::LogonUserRequest) {
    const std::shared_ptr<FakeHost> host = starter_.host("fake");
    while (!host->dead()) ::usleep(1000);  // hangs until it is killed
    return seam::LogonUserReply{};
  };
  TestClient login = client();
  EXPECT_EQ(login.connection->lsa_logon_user(logon_request(login, "fake")).status, SEC_E_INTERNAL_ERROR);
  EXPECT_EQ(packages_.at("fake").heard->count("killed"), 1u);
  wait_for_start(3);
  EXPECT_NE(audit_lines().find("host-overdue"), std::string::npos);
}

TEST_F(HostLoss, ChangedFileIsNotLoadedAgain) {
  const std::string path = file("fake")->drop_in()->file;
  ASSERT_EQ(::chmod(path.c_str(), 0644), 0);
  std::ofstream(path) << "another file";
  starter_.host("fake")->die();
  while (authority_->registry().status().front().state != FileState::failed &&
         authority_->registry().status().front().reason.find("SHA-256") == std::string::npos)
    ::usleep(1000);
  EXPECT_EQ(starter_.started(), 2u);
  TestClient login = client();
  EXPECT_EQ(login.connection->lsa_logon_user(logon_request(login, "other")).status, STATUS_SUCCESS);
}

// Each of the packages stays within the time of one; together they would hold up every logon of the system.
TEST_F(HostLoss, AFileOfManySlowPackagesHasTheTimeOfOne) {
  packages_.at("fake").on_load = [](seam::LoadReply& reply) {
    for (std::uint32_t i = 1; i < 8; ++i) {
      reply.packages.push_back(reply.packages.front());
      reply.packages.back().id += i;
      reply.packages.back().name += static_cast<char16_t>(u'0' + i);
    }
    reply.table_count = 8;
  };
  starter_.host("fake")->die();
  wait_for_start(3);
  packages_.at("fake").on_accept = [] { ::usleep(700'000); };  // of 1 s
  TestClient login = client();
  EXPECT_EQ(login.connection->lsa_logon_user(logon_request(login, "other")).status, STATUS_SUCCESS);
  packages_.at("fake").heard->wait_for("killed");
}

// A new host hears of every session first; the removal of its file does not wait for that.
TEST_F(HostLoss, AFileWhoseHostIsBeingStartedIsRemovedAtOnce) {
  TestClient login = client();
  for (int i = 0; i < 20; ++i)
    ASSERT_EQ(login.connection->lsa_logon_user(logon_request(login, "other")).status, STATUS_SUCCESS);
  const std::size_t before = packages_.at("fake").heard->accepted_count();
  packages_.at("fake").on_accept = [this] {
    packages_.at("fake").heard->add("accepts");
    ::usleep(200'000);
  };
  starter_.host("fake")->die();
  packages_.at("fake").heard->wait_for("accepts");
  ASSERT_TRUE(authority_->registry().remove("fake"));
  EXPECT_LT(packages_.at("fake").heard->accepted_count(), before + 15);
}

TEST_F(HostLoss, AHostIsToldTheContextThunksOfItsDropIn) {
  DropIn drop_in = *file("fake")->drop_in();
  EXPECT_TRUE(packages_.at("fake").context_thunks.empty());
  drop_in.context_thunks = {{u"Fake", {1, 12}}};
  ASSERT_TRUE(authority_->registry().check(drop_in));
  EXPECT_EQ(packages_.at("fake").context_thunks, drop_in.context_thunks);
}

TEST_F(HostLoss, WhatAHostSaysOfItsPackagesIsBounded) {
  const DropIn drop_in = *file("fake")->drop_in();
  const auto check = [&](std::function<void(seam::LoadReply&)> say) {
    packages_.at("fake").on_load = std::move(say);
    return authority_->registry().check(drop_in);
  };
  EXPECT_TRUE(check([](seam::LoadReply& reply) { reply.packages[0].comment.assign(1024, u'c'); }));
  EXPECT_FALSE(check([](seam::LoadReply& reply) { reply.packages[0].comment.assign(1025, u'c'); }));
  EXPECT_FALSE(check([](seam::LoadReply& reply) { reply.packages[0].extended.gss_oid.resize(257); }));
  EXPECT_FALSE(check([](seam::LoadReply& reply) { reply.packages[0].extended.extra_oids.resize(65); }));
  EXPECT_FALSE(check([](seam::LoadReply& reply) { reply.packages[0].extended.extra_oids = {{0, base::Bytes(257)}}; }));
  EXPECT_FALSE(check([](seam::LoadReply& reply) { reply.packages[0].extended.wow_client_dll.emplace(1025, u'x'); }));
  EXPECT_FALSE(check([](seam::LoadReply& reply) { reply.packages[0].context_thunks.assign(257, 1); }));
  EXPECT_FALSE(check([](seam::LoadReply& reply) { reply.packages[0].name = u"Fake\x1b[2J"; }));
  EXPECT_FALSE(check([](seam::LoadReply& reply) { reply.packages[0].name = u"Fake\x9b"; }));
  const auto many = check([](seam::LoadReply& reply) {
    reply.dropped.assign(1000, {1, seam::Text(5000, u'n'), STATUS_UNSUCCESSFUL, std::string(50'000, 'r')});
  });
  ASSERT_TRUE(many);
  EXPECT_EQ(many->dropped.size(), ids_per_file);
  EXPECT_LE(many->dropped[0].name.size(), 256u);
  EXPECT_LE(many->dropped[0].reason.size(), 2048u);
  const auto refused = check([](seam::LoadReply& reply) {
    reply.status = STATUS_UNSUCCESSFUL;
    reply.reason = "a\x1b[2J\nlsad: all is well";
  });
  ASSERT_FALSE(refused);
  EXPECT_NE(refused.error().message.find("a?[2J lsad: all is well"), std::string::npos) << refused.error().message;
}

}  // namespace
}  // namespace openlsa::authority
