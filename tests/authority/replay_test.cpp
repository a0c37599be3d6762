// AcceptCredentials said again: to a package that was added live, and to a host that was started again.
#include <thread>

#include "authority/fixture.hpp"
#include "authority/gate.hpp"
#include "authority/logon/accept_credentials.hpp"

namespace openlsa::authority {
namespace {

// PRIMARY_CRED_* (ntsecpkg.h)
constexpr std::uint32_t clear_password = 0x1, owf_password = 0x2, update = 0x4, cached = 0x8, logon_no_tcb = 0x10,
                        packed = 0x8000;

class Replay : public AuthorityTest {
 protected:
  void SetUp() override {
    add_package("producer", u"Producer").logon_user = [this](seam::LogonUserRequest request) {
      seam::LogonUserReply reply = accept(request, user_.sid);
      seam::PrimaryCredentials& primary = reply.primary.emplace();
      primary.downlevel_name = u"alice";
      primary.domain_name = u"BOX";
      primary.dns_domain_name = u"box.test";
      primary.upn = u"alice@box.test";
      primary.logon_server = u"SERVER";
      primary.password = base::Secret(base::as_bytes("password"));
      primary.old_password = base::Secret(base::as_bytes("before"));
      primary.flags = clear_password | cached | logon_no_tcb;
      reply.supplemental.push_back({u"LATE", base::Secret(base::as_bytes("for late"))});
      reply.supplemental.push_back({u"Other", base::Secret(base::as_bytes("for other"))});
      return reply;
    };
    start();
    login_ = std::make_unique<TestClient>(client());
  }
  void TearDown() override { login_.reset(); }

  seam::LsaLogonUserReply logon(std::uint32_t type = 2) {
    seam::LsaLogonUserReply reply = login_->connection->lsa_logon_user(logon_request(*login_, "producer", type));
    EXPECT_EQ(reply.status, STATUS_SUCCESS);
    return reply;
  }
  Heard& heard(const std::string& name) { return *packages_.at(name).heard; }
  std::vector<nt::Luid> told(const std::string& name) {
    std::vector<nt::Luid> sessions;
    for (std::size_t i = 0; i < heard(name).accepted_count(); ++i)
      heard(name).accepted(i, [&](const auto& request) { sessions.push_back(request.primary->logon_id); });
    return sessions;
  }
  static Rights with_passwords() {
    Rights rights = everyone();
    rights.clear_text_passwords = true;
    return rights;
  }

  std::unique_ptr<TestClient> login_;
};

TEST_F(Replay, ALiveAddHearsOfEachLiveSessionAsTheOthersDid) {
  const seam::LsaLogonUserReply first = logon(2), second = logon(8);
  add_package("late", u"Late", with_passwords());
  ASSERT_TRUE(load("late"));
  ASSERT_EQ(told("late"), (std::vector{first.logon_id, second.logon_id})) << "in the order of their LUIDs, each once";
  heard("late").accepted(1, [](const auto& request) { EXPECT_EQ(request.logon_type, 8u); });
  heard("late").accepted(0, [&](const seam::AcceptCredentialsRequest& request) {
    EXPECT_EQ(request.package, id_of("late"));
    EXPECT_EQ(request.logon_type, 2u);
    EXPECT_EQ(request.account_name, u"alice");
    ASSERT_TRUE(request.primary);
    EXPECT_EQ(request.primary->downlevel_name, u"alice");
    EXPECT_EQ(request.primary->domain_name, u"BOX");
    EXPECT_EQ(request.primary->dns_domain_name, u"box.test");
    EXPECT_EQ(request.primary->upn, u"alice@box.test");
    EXPECT_EQ(request.primary->logon_server, u"SERVER");
    EXPECT_EQ(request.primary->user_sid, user_.sid);
    EXPECT_EQ(request.primary->flags, clear_password | cached | logon_no_tcb);
    ASSERT_TRUE(request.primary->password);
    EXPECT_TRUE(base::equal(request.primary->password->reveal(), base::as_bytes("password")));
    EXPECT_TRUE(base::equal(request.primary->old_password->reveal(), base::as_bytes("before")));
    ASSERT_TRUE(request.supplemental) << "names compare without case";
    EXPECT_TRUE(base::equal(request.supplemental->credentials.reveal(), base::as_bytes("for late")));
  });
}

TEST_F(Replay, WithholdsWhatTheRightsWithhold) {
  logon();
  add_package("late", u"Late");
  ASSERT_TRUE(load("late"));
  heard("late").accepted(0, [&](const seam::AcceptCredentialsRequest& request) {
    EXPECT_FALSE(request.primary->password);
    EXPECT_FALSE(request.primary->old_password);
    EXPECT_EQ(request.primary->flags, cached | logon_no_tcb);
    EXPECT_TRUE(request.supplemental) << "its own element is no password of the account";
  });
  add_package("nobodys", u"Nobodys");
  ASSERT_TRUE(load("nobodys"));
  heard("nobodys").accepted(0, [](const auto& request) { EXPECT_FALSE(request.supplemental); });
}

TEST_F(Replay, SaysWhatHoldsNow) {
  const seam::LsaLogonUserReply session = logon();
  starter_.host("producer")->die();
  while (heard("producer").accepted_count() < 2) std::this_thread::yield();
  heard("producer").accepted(1, [](const seam::AcceptCredentialsRequest& request) {
    EXPECT_TRUE(base::equal(request.primary->password->reveal(), base::as_bytes("password")));
  });
  // The credentials of the session were updated meanwhile.
  LogonCredentials now = *authority_->credentials().logon(session.logon_id);
  now.primary->password = base::Secret(base::as_bytes("newer"));
  now.primary->old_password = base::Secret(base::as_bytes("password"));
  authority_->credentials().keep_logon(session.logon_id, now);
  add_package("late", u"Late", with_passwords());
  ASSERT_TRUE(load("late"));
  ASSERT_EQ(heard("late").accepted_count(), 1u);
  heard("late").accepted(0, [](const seam::AcceptCredentialsRequest& request) {
    EXPECT_TRUE(base::equal(request.primary->password->reveal(), base::as_bytes("newer")));
    EXPECT_TRUE(base::equal(request.primary->old_password->reveal(), base::as_bytes("password")));
    EXPECT_EQ(request.primary->flags & update, 0u) << "for this package it is the first it hears";
  });
}

TEST_F(Replay, LeavesOutSessionsThatAreOver) {
  const seam::LsaLogonUserReply over = logon(), lives = logon();
  login_->connection->close_token({over.token});
  heard("producer").wait_for(terminated(over.logon_id));
  settle();
  add_package("late", u"Late");
  ASSERT_TRUE(load("late"));
  EXPECT_EQ(told("late"), std::vector{lives.logon_id})
      << "neither one that has ended, nor the machine's own, which no logon made";
}

TEST_F(Replay, ASlowNewcomerHoldsUpNobodyAndMissesNothing) {
  const seam::LsaLogonUserReply first = logon();
  Gate gate;
  add_package("late", u"Late").on_accept = [&] { gate.pass(); };
  std::thread adds([&] { EXPECT_TRUE(load("late")); });
  gate.wait_for_arrival();
  const seam::LsaLogonUserReply second = logon();
  EXPECT_EQ(authority_->registry().find(u"Late"), std::nullopt) << "not in use before it has heard of all sessions";
  gate.open();
  adds.join();
  EXPECT_EQ(told("late"), (std::vector{first.logon_id, second.logon_id}));
  EXPECT_TRUE(authority_->registry().find(u"Late"));
}

TEST_F(Replay, ANewcomerThatDiesOfItIsNotAdded) {
  logon();
  add_package("late", u"Late").on_accept = [this] { starter_.host("late")->die(); };
  EXPECT_FALSE(load("late"));
  EXPECT_FALSE(authority_->registry().find(u"Late"));
  logon();
}

TEST_F(Replay, EveryPackageOfTheFileHearsOfASessionBeforeTheNext) {
  const seam::LsaLogonUserReply first = logon(), second = logon();
  add_package("late", u"Late").on_load = [](seam::LoadReply& reply) {
    reply.packages.push_back(reply.packages.front());
    reply.packages.back().id += 1;
    reply.packages.back().name = u"Twin";
    reply.table_count = 2;
  };
  ASSERT_TRUE(load("late"));
  std::vector<std::pair<seam::PackageId, nt::Luid>> order;
  for (std::size_t i = 0; i < heard("late").accepted_count(); ++i)
    heard("late").accepted(
        i, [&](const auto& request) { order.emplace_back(request.package, request.primary->logon_id); });
  const seam::PackageId id = id_of("late");
  EXPECT_EQ(order,
            (std::vector<std::pair<seam::PackageId, nt::Luid>>{
                {id, first.logon_id}, {id + 1, first.logon_id}, {id, second.logon_id}, {id + 1, second.logon_id}}));
}

// accept_request alone: each flag that says what the password members hold goes with them.
TEST_F(Replay, ClearsTheFlagsOfAWithheldPassword) {
  seam::PackageInfo package;
  package.id = 99;
  LogonCredentials credentials;
  credentials.producer = 1;
  credentials.primary.emplace();
  for (const std::uint32_t flags : {clear_password, owf_password, packed, 0x20000u, clear_password | packed}) {
    credentials.primary->password = base::Secret(base::as_bytes("password"));
    credentials.primary->flags = flags | cached;
    const auto withheld = accept_request(credentials, package, {});
    EXPECT_FALSE(withheld.primary->password) << flags;
    EXPECT_EQ(withheld.primary->flags, cached) << flags;
    const auto given = accept_request(credentials, package, with_passwords());
    EXPECT_TRUE(given.primary->password) << flags;
    EXPECT_EQ(given.primary->flags, flags | cached) << flags;
  }
}

}  // namespace
}  // namespace openlsa::authority
