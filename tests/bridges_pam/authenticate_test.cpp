// What a logon program hears of a logon. P-01: never a success without a token.
#include "bridges_pam/fixture.hpp"

#include <signal.h>

#include <atomic>
#include <thread>

namespace openlsa::test {
namespace {

TEST(PamAuthenticate, TheRightPasswordIsALogon) {
  const PeerLog log;
  Transaction login("peer", "alice", {"right"});
  EXPECT_PAM(PAM_SUCCESS, login.authenticate());
  EXPECT_EQ(std::vector<std::string>{"Password: "}, login.said());
  EXPECT_EQ("LsaApLogonUser type=2 user=alice domain= units=5", log.find("LsaApLogonUser"));
  EXPECT_EQ(1, sessions_of("alice"));
  EXPECT_PAM(PAM_SUCCESS, login.account());
  EXPECT_PAM(PAM_SUCCESS, login.credentials());
}

TEST(PamAuthenticate, AWrongPasswordIsNone) {
  for (const char* wrong : {"wrong", "righ", "right ", "RIGHT"}) {
    Transaction login("peer", "alice", {wrong});
    EXPECT_PAM(PAM_AUTH_ERR, login.authenticate()) << wrong;
    EXPECT_EQ(0, sessions_of("alice"));
  }
}

TEST(PamAuthenticate, NamesAndPasswordsOutsideOfAscii) {
  Transaction login("peer", "J\303\266rg", {"p\303\244\360\235\204\236\303\237"});
  EXPECT_PAM(PAM_SUCCESS, login.authenticate());
}

// Each documented status of a refused logon.
TEST(PamAuthenticate, WhatThePackageSaysDecidesTheCode) {
  const std::vector<std::pair<const char*, int>> expected = {
      {"nobody", PAM_USER_UNKNOWN},  {"locked", PAM_PERM_DENIED},          {"expired", PAM_ACCT_EXPIRED},
      {"disabled", PAM_PERM_DENIED}, {"hours", PAM_PERM_DENIED},           {"broken", PAM_AUTHINFO_UNAVAIL},
      {"odd", PAM_AUTHINFO_UNAVAIL}, {"mustchange", PAM_NEW_AUTHTOK_REQD}, {"pwexpired", PAM_NEW_AUTHTOK_REQD},
  };
  for (const auto& [user, code] : expected) {
    Transaction login("peer", user, {"right"});
    EXPECT_PAM(code, login.authenticate(PAM_SILENT)) << user;
    EXPECT_EQ(0, sessions_of(user)) << user;
  }
}

TEST(PamAuthenticate, AHostThatDiesIsARefusal) {
  Transaction login("peer", "crash", {"right"});
  EXPECT_PAM(PAM_AUTHINFO_UNAVAIL, login.authenticate());
  EXPECT_TRUE(eventually([] {
    Transaction again("peer", "alice", {"right"});
    return again.authenticate() == PAM_SUCCESS;
  }));
}

// The uid of the token is the uid of the system's user, or nobody logs on.
TEST(PamAuthenticate, TheNameAloneMakesNobodyAUserOfTheSystem) {
  Transaction stranger("peer", "stranger", {"right"});
  EXPECT_PAM(PAM_USER_UNKNOWN, stranger.authenticate());
  EXPECT_EQ("", stranger.environment("OPENLSA_LOGON_CLAIM"));
  Transaction liar("peer", "liar", {"right"});
  EXPECT_PAM(PAM_USER_UNKNOWN, liar.authenticate());
  Transaction unknown("peer", "carol", {"right"});
  EXPECT_PAM(PAM_AUTH_ERR, unknown.authenticate());
  EXPECT_EQ(0, sessions_of("bob"));
  EXPECT_EQ(0, sessions_of("stranger"));
}

TEST(PamAuthenticate, WithoutTheAuthorityNobodyLogsOn) {
  stop_authority();
  for (const char* user : {"alice", "locked", "carol", "root"}) {
    Transaction login("peer", user, {"right", "right"});
    EXPECT_PAM(PAM_AUTHINFO_UNAVAIL, login.authenticate()) << user;
    EXPECT_PAM(PAM_AUTHINFO_UNAVAIL, login.authenticate(PAM_SILENT)) << user;
  }
  Transaction key("peer", "alice");
  EXPECT_PAM(PAM_AUTHINFO_UNAVAIL, key.account());
  EXPECT_PAM(PAM_SESSION_ERR, key.open());
  start_authority();
  Transaction login("peer", "alice", {"right"});
  EXPECT_PAM(PAM_SUCCESS, login.authenticate());
}

TEST(PamAuthenticate, AnAuthorityThatDiesMeanwhileIsARefusalToo) {
  Transaction login("peer", "alice", {"right"});
  EXPECT_PAM(PAM_SUCCESS, login.authenticate());
  restart_authority();
  Transaction again("peer", "alice", {"right"});
  EXPECT_PAM(PAM_SUCCESS, again.authenticate());
  // The token of the first one went with its authority; closing it is nothing that could go wrong.
  EXPECT_PAM(PAM_SUCCESS, login.credentials(PAM_DELETE_CRED));
}

TEST(PamAuthenticate, APackageThatIsNotThereIsARefusal) {
  write_service("nowhere", "package=Nowhere");
  Transaction login("nowhere", "alice", {"right"});
  EXPECT_PAM(PAM_AUTHINFO_UNAVAIL, login.authenticate());
}

// Whoever called the program chose its environment.
TEST(PamAuthenticate, TheEnvironmentDecidesNothing) {
  const std::string own = ::getenv("OPENLSA_AUTHORITY");
  for (const char* address : {"/nonexistent/sock", "embedded:/nonexistent", "garbage"}) {
    ::setenv("OPENLSA_AUTHORITY", address, 1);
    EXPECT_EQ("PAM_SUCCESS", in_child([] {
                Transaction login("peer", "alice", {"right"});
                return code_name(login.authenticate());
              }))
        << address;
  }
  ::setenv("OPENLSA_AUTHORITY", own.c_str(), 1);
}

// A process that is the client of another authority already, by its environment.
TEST(PamAuthenticate, AConnectionThatTheEnvironmentMadeIsNotUsed) {
  const Installation other;
  const Daemon another(other.directory());
  untouched_process().line().say(other.socket());
  EXPECT_EQ("nobody PAM_SUCCESS alice", untouched_process().finish());
}

TEST(PamAuthenticate, ProgramsThatAreNotRootMayAskToo) {
  EXPECT_EQ("PAM_SUCCESS PAM_SUCCESS", in_child(
                                           [] {
                                             Transaction locker("peer", "alice", {"right"});
                                             const std::string code = code_name(locker.authenticate());
                                             return code + " " + code_name(locker.account());
                                           },
                                           Identity{70001, 70001}));
}

TEST(PamAuthenticate, ManyThreads) {
  std::atomic<int> wrong{0};
  std::vector<std::thread> threads;
  for (int i = 0; i < 8; ++i)
    threads.emplace_back([&wrong, i] {
      for (int round = 0; round < 10; ++round) {
        const bool right = (i + round) % 2 == 0;
        Transaction login("peer", i % 3 == 0 ? "bob" : "alice", {right ? "right" : "wrong"});
        if (login.authenticate() != (right ? PAM_SUCCESS : PAM_AUTH_ERR)) ++wrong;
        // Opening takes the claim, which would keep the session for a minute.
        if (right && (login.open() != PAM_SUCCESS || login.close() != PAM_SUCCESS)) ++wrong;
      }
    });
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(0, wrong);
  EXPECT_TRUE(eventually([] { return sessions_of("alice") == 0 && sessions_of("bob") == 0; }));
}

}  // namespace
}  // namespace openlsa::test
