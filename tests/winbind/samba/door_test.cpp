// Against winbindd and a controller: what the domain says is what the door says.
#include <signal.h>
#include <unistd.h>

#include <fstream>

#include "member.hpp"

namespace winbind::test {
namespace {

TEST_F(Member, ALogonWithAPasswordGivesWhatWinbindKnows) {
  for (const char* account : {"alice", "bob"}) {
    const auto reply = log_on(account, password_of(account));
    ASSERT_EQ(reply.status, STATUS_SUCCESS) << account;
    EXPECT_EQ(reply.account.user_name, wide(account));
    EXPECT_EQ(reply.account.domain_name, wide(environment("OPENLSA_TEST_DOMAIN")));
    EXPECT_EQ(reply.account.dns_domain_name, u"example.test");
    EXPECT_EQ(reply.logon_server, u"DC1");
    EXPECT_TRUE(reply.session_base_key.empty());
    EXPECT_EQ(reply.times.kick_off, 0x7fffffffffffffff);
    EXPECT_GT(reply.times.password_set, 0);
    expect_as_wbinfo_says(reply.account, account);
  }
}

TEST_F(Member, NamesAreThoseOfADirectory) {
  const auto right = password_of("alice");
  EXPECT_EQ(log_on("ALICE", right, "example.test").account.user_name, u"alice");
  EXPECT_EQ(log_on("alice@example.test", right, "").account.user_name, u"alice");
  EXPECT_EQ(log_on("alice", right, "ELSEWHERE").status, STATUS_NO_SUCH_USER);
}

TEST_F(Member, AResponseGivesTheControllersSessionKey) {
  base::Bytes key;
  const auto reply = respond("alice", password_of("alice"), key);
  ASSERT_EQ(reply.status, STATUS_SUCCESS);
  EXPECT_TRUE(base::equal(reply.session_base_key.reveal(), key));
  EXPECT_EQ(reply.account.user_name, u"alice");
  expect_as_wbinfo_says(reply.account, "alice");
  EXPECT_EQ(respond("alice", "wrong", key).status, STATUS_WRONG_PASSWORD);
  EXPECT_EQ(respond("mallory", "wrong", key).status, STATUS_NO_SUCH_USER);
}

TEST_F(Member, RefusalsAreTheDomains) {
  const std::pair<const char*, nt::Status> expected[]{{"locked", STATUS_ACCOUNT_LOCKED_OUT},
                                                      {"disabled", STATUS_ACCOUNT_DISABLED},
                                                      {"mustchange", STATUS_PASSWORD_MUST_CHANGE},
                                                      {"expired", STATUS_ACCOUNT_EXPIRED}};
  for (const auto& [account, status] : expected) {
    EXPECT_EQ(log_on(account, password_of(account)).status, status) << account;
    base::Bytes key;
    EXPECT_EQ(respond(account, password_of(account), key).status, status) << account;
  }
  EXPECT_EQ(log_on("alice", "wrong").status, STATUS_WRONG_PASSWORD);
  EXPECT_EQ(log_on("mallory", "wrong").status, STATUS_NO_SUCH_USER);
}

TEST_F(Member, ALookUpIsALogonWithoutAProof) {
  const auto reply = look_up("ALICE");
  ASSERT_EQ(reply.status, STATUS_SUCCESS);
  EXPECT_EQ(reply.account.user_name, u"alice");
  EXPECT_EQ(reply.account.dns_domain_name, u"example.test");
  expect_as_wbinfo_says(reply.account, "alice");
  seam::LookUpDomainAccountRequest by_sid;
  by_sid.sid = nt::Sid::parse(sid_of("bob"));
  ASSERT_TRUE(by_sid.sid.has_value());
  EXPECT_EQ(runtime_->look_up_domain_account(by_sid).account.user_name, u"bob");
  by_sid.sid = by_sid.sid->domain().with_rid(99999);
  EXPECT_EQ(runtime_->look_up_domain_account(by_sid).status, STATUS_NONE_MAPPED);
  EXPECT_EQ(look_up("mallory").status, STATUS_NONE_MAPPED);
  EXPECT_EQ(look_up("Readers").status, STATUS_NONE_MAPPED);  // a group
}

TEST_F(Member, TheDomainIsTheOnlyOne) {
  const auto reply = runtime_->enumerate_domains({});
  ASSERT_EQ(reply.status, STATUS_SUCCESS);
  ASSERT_EQ(reply.domains.size(), 1u);
  EXPECT_EQ(reply.domains[0].netbios, wide(environment("OPENLSA_TEST_DOMAIN")));
  EXPECT_EQ(reply.domains[0].dns, wide(environment("OPENLSA_TEST_DOMAIN_REALM")));
  EXPECT_EQ(reply.domains[0].sid.to_string(), environment("OPENLSA_TEST_DOMAIN_SID"));
}

// The domain's policy lets nobody change a password of today.
TEST_F(Member, AChangeOfAPasswordIsTheDomainsToJudge) {
  EXPECT_EQ(change("bob", "wrong", "Another-1-password"), STATUS_WRONG_PASSWORD);
  EXPECT_EQ(change("bob", password_of("bob"), "Another-1-password"), STATUS_PASSWORD_RESTRICTION);
  EXPECT_EQ(log_on("bob", password_of("bob")).status, STATUS_SUCCESS);
  // Who must change it may, at any age of it.
  EXPECT_EQ(change("mustchange", password_of("mustchange"), "x"), STATUS_PASSWORD_RESTRICTION);
  EXPECT_EQ(change("mustchange", password_of("mustchange"), "Another-1-password"), STATUS_SUCCESS);
  EXPECT_EQ(log_on("mustchange", "Another-1-password").status, STATUS_SUCCESS);
}

// The last, for neither comes back in this run: first the controller is out of reach, then winbindd has ended.
TEST_F(Member, WhatCannotBeAskedHasNoLogonServers) {
  ASSERT_EQ(log_on("alice", password_of("alice")).status, STATUS_SUCCESS);
  run("ip link set member down");
  base::Bytes key;
  EXPECT_EQ(log_on("alice", password_of("alice")).status, STATUS_NO_LOGON_SERVERS);
  EXPECT_EQ(respond("alice", password_of("alice"), key).status, STATUS_NO_LOGON_SERVERS);
  // winbindd itself says of a name that it has not kept either that nobody has it or that nobody can be asked.
  const nt::Status unknown = look_up("somebody-else").status;
  EXPECT_TRUE(unknown == STATUS_NO_LOGON_SERVERS || unknown == STATUS_NONE_MAPPED) << unknown;

  int winbindd = 0;
  std::ifstream(environment("OPENLSA_TEST_DOMAIN_DIRECTORY") + "/winbindd.pid") >> winbindd;
  ASSERT_GT(winbindd, 1);
  ASSERT_EQ(::kill(winbindd, SIGTERM), 0);
  for (auto words = wbinfo("-p 2>&1"); !words.empty() && words.back() == "succeeded"; words = wbinfo("-p 2>&1"))
    ::usleep(50'000);
  EXPECT_EQ(log_on("alice", password_of("alice")).status, STATUS_NO_LOGON_SERVERS);
  EXPECT_EQ(respond("alice", password_of("alice"), key).status, STATUS_NO_LOGON_SERVERS);
  EXPECT_EQ(look_up("alice").status, STATUS_NO_LOGON_SERVERS);
  EXPECT_EQ(runtime_->enumerate_domains({}).status, STATUS_NO_LOGON_SERVERS);
  EXPECT_EQ(change("bob", "a", "b"), STATUS_NO_LOGON_SERVERS);
}

}  // namespace
}  // namespace winbind::test
