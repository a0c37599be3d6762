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

}  // namespace
}  // namespace openlsa::authority
