// LogonTerminated when a host is slow, dead, or on its way back.
#include "authority/fixture.hpp"
#include "authority/gate.hpp"

namespace openlsa::authority {
namespace {

class Termination : public AuthorityTest {
 protected:
  void SetUp() override {
    for (const char* name : {"slow", "other"}) {
      add_package(name, name == std::string("slow") ? u"Slow" : u"Other").logon_user =
          [this](seam::LogonUserRequest request) { return accept(request, user_.sid); };
    }
  }
  void begin() {
    start();
    login_ = std::make_unique<TestClient>(client());
  }
  void TearDown() override {
    gate_.open();  // the authority's end waits for its hosts
    login_.reset();
    authority_.reset();  // whose threads may still be in the gate
  }
  seam::LsaLogonUserReply logon() {
    seam::LsaLogonUserReply reply = login_->connection->lsa_logon_user(logon_request(*login_, "other"));
    EXPECT_EQ(reply.status, STATUS_SUCCESS);
    return reply;
  }
  void close(const seam::LsaLogonUserReply& session) { login_->connection->close_token({session.token}); }
  Heard& heard(const std::string& name) { return *packages_.at(name).heard; }
  std::optional<SessionState> state(nt::Luid id) { return authority_->sessions().state(id); }

  Gate gate_;
  std::unique_ptr<TestClient> login_;
};

TEST_F(Termination, ASlowHostDelaysOnlyItself) {
  configuration_.call_deadline_seconds = 600;
  configuration_.session_end_deadline_seconds = 600;
  begin();
  packages_.at("slow").on_terminated = [this](nt::Luid) { gate_.pass(); };
  const seam::LsaLogonUserReply first = logon(), second = logon();
  const seam::PackageId other = id_of("other");
  ASSERT_EQ(authority_->credentials().add(first.logon_id, other, {1}, base::Secret(base::as_bytes("key"))),
            STATUS_SUCCESS);
  close(first);
  gate_.wait_for_arrival();
  heard("other").wait_for(terminated(first.logon_id));
  close(second);
  heard("other").wait_for(terminated(second.logon_id));
  EXPECT_EQ(heard("slow").count(terminated(second.logon_id)), 0u) << "its notifications come in order";
  // Until all have answered the session terminates: what is kept in it can be read and deleted, and its LUID is taken.
  EXPECT_EQ(state(first.logon_id), SessionState::terminating);
  seam::GetCredentialsRequest request;
  request.logon_id = first.logon_id;
  request.primary_key = {1};
  EXPECT_EQ(authority_->credentials().get(other, request).status, STATUS_SUCCESS);
  EXPECT_EQ(authority_->credentials().remove(first.logon_id, other, {1}), STATUS_SUCCESS);
  EXPECT_EQ(authority_->credentials().get(other, request).status, STATUS_UNSUCCESSFUL);
  EXPECT_EQ(authority_->sessions().create(first.logon_id, other, {}), STATUS_LOGON_SESSION_COLLISION);
  const auto listed = login_->connection->enumerate_sessions({}).sessions;
  EXPECT_EQ(std::count(listed.begin(), listed.end(), first.logon_id), 0) << "and it is not listed";
  logon();
  gate_.open();
  settle();
  EXPECT_EQ(state(first.logon_id), std::nullopt);
  for (const auto& session : {first.logon_id, second.logon_id})
    for (const char* name : {"slow", "other"}) EXPECT_EQ(heard(name).count(terminated(session)), 1u) << name;
}

TEST_F(Termination, TheDeadlineEndsTheWait) {
  configuration_.call_deadline_seconds = 600;
  configuration_.session_end_deadline_seconds = 1;
  begin();
  packages_.at("slow").on_terminated = [this](nt::Luid) { gate_.pass(); };
  const seam::LsaLogonUserReply session = logon();
  ASSERT_EQ(authority_->credentials().add(session.logon_id, id_of("other"), {1}, base::Secret(base::as_bytes("key"))),
            STATUS_SUCCESS);
  close(session);
  gate_.wait_for_arrival();
  settle();  // although one has not answered
  EXPECT_EQ(state(session.logon_id), std::nullopt);
  EXPECT_EQ(heard("other").count(terminated(session.logon_id)), 1u);
  EXPECT_EQ(heard("slow").count(terminated(session.logon_id)), 0u);
  EXPECT_EQ(authority_->credentials().sessions(), 0u) << "the credentials went with it";
  gate_.open();
  heard("slow").wait_for(terminated(session.logon_id));  // and its answer is nobody's any more
  const seam::LsaLogonUserReply next = logon();
  close(next);
  heard("slow").wait_for(terminated(next.logon_id));
  settle();
}

TEST_F(Termination, AHostThatIsAwayHearsOfItWhenItIsBack) {
  begin();
  const seam::LsaLogonUserReply session = logon();
  Gate returning;
  packages_.at("slow").on_load = [&](seam::LoadReply&) { returning.pass(); };
  starter_.host("slow")->die();
  returning.wait_for_arrival();
  close(session);
  heard("other").wait_for(terminated(session.logon_id));
  EXPECT_EQ(state(session.logon_id), SessionState::terminating);
  returning.open();
  heard("slow").wait_for(terminated(session.logon_id));
  settle();
  EXPECT_EQ(heard("slow").count(terminated(session.logon_id)), 1u);
  EXPECT_EQ(heard("other").count(terminated(session.logon_id)), 1u);
}

// A host that was lost in the middle of its packages tells all of them again: the new one knows nothing of the first.
TEST_F(Termination, AFileThatWasLostHearsOfItAsAWhole) {
  packages_.at("slow").on_load = [](seam::LoadReply& reply) {
    reply.packages.push_back(reply.packages.front());
    reply.packages.back().id += 1;
    reply.packages.back().name = u"Twin";
    reply.table_count = 2;
  };
  begin();
  const seam::LsaLogonUserReply session = logon();
  int calls = 0;
  packages_.at("slow").on_terminated = [&](nt::Luid) {
    if (++calls == 2) starter_.host("slow")->die();  // the twin's
  };
  close(session);
  settle();
  EXPECT_EQ(calls, 4);
  EXPECT_EQ(heard("slow").count(terminated(session.logon_id)), 3u) << "the first, then both";
  EXPECT_EQ(heard("other").count(terminated(session.logon_id)), 1u);
}

TEST_F(Termination, ARemovedFileHoldsUpNobody) {
  configuration_.session_end_deadline_seconds = 600;
  begin();
  const seam::LsaLogonUserReply first = logon(), second = logon();
  close(first);
  ASSERT_TRUE(authority_->registry().remove("slow"));
  close(second);
  settle();
  EXPECT_EQ(heard("other").count(terminated(second.logon_id)), 1u);
  EXPECT_EQ(heard("slow").count(terminated(second.logon_id)), 0u);
}

}  // namespace
}  // namespace openlsa::authority
