// The logon session lives as long as the process that opens it.
#include "bridges_pam/fixture.hpp"

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

namespace openlsa::test {
namespace {

TEST(PamSession, ItLivesFromOpenToClose) {
  const PeerLog log;
  Transaction login("peer", "alice", {"right"});
  ASSERT_EQ(PAM_SUCCESS, login.authenticate());
  EXPECT_PAM(PAM_SUCCESS, login.open());
  EXPECT_EQ(1, sessions_of("alice"));
  EXPECT_EQ("", login.environment("OPENLSA_LOGON_CLAIM")) << "the user's programs do not see it";
  EXPECT_PAM(PAM_SUCCESS, login.close());
  EXPECT_TRUE(log.wait("LsaApLogonTerminated"));
  EXPECT_TRUE(eventually([] { return sessions_of("alice") == 0; }));
}

TEST(PamSession, ItEndsWithTheTransaction) {
  const PeerLog log;
  {
    Transaction login("peer", "alice", {"right"});
    ASSERT_EQ(PAM_SUCCESS, login.authenticate());
    ASSERT_EQ(PAM_SUCCESS, login.open());
  }
  EXPECT_TRUE(log.wait("LsaApLogonTerminated"));
}

TEST(PamSession, ItEndsWithTheProcess) {
  const PeerLog log;
  Child login([](const Line& line) {
    Transaction transaction("peer", "alice", {"right"});
    line.say(transaction.authenticate() == PAM_SUCCESS && transaction.open() == PAM_SUCCESS ? "open" : "refused");
    static_cast<void>(line.hear());
    return std::string();
  });
  ASSERT_EQ("open", login.line().hear());
  EXPECT_EQ(1, sessions_of("alice"));
  login.kill();
  EXPECT_TRUE(log.wait("LsaApLogonTerminated"));
}

TEST(PamSession, DeletingTheCredentialsEndsIt) {
  const PeerLog log;
  Transaction login("peer", "alice", {"right"});
  ASSERT_EQ(PAM_SUCCESS, login.authenticate());
  ASSERT_EQ(PAM_SUCCESS, login.open());
  EXPECT_PAM(PAM_SUCCESS, login.credentials(PAM_DELETE_CRED));
  EXPECT_TRUE(log.wait("LsaApLogonTerminated"));
}

// login(1) forks: the child becomes the user and its shell, the parent waits. Neither way for a child to end takes the
// parent's session along.
TEST(PamSession, AChildOfForkTakesNothingAlong) {
  const PeerLog log;
  Transaction login("peer", "alice", {"right"});
  ASSERT_EQ(PAM_SUCCESS, login.authenticate());
  ASSERT_EQ(PAM_SUCCESS, login.open());
  for (const int flags : {0, PAM_DATA_SILENT}) {
    const pid_t child = ::fork();
    if (child == 0) {
      login.end(flags);
      ::_exit(0);
    }
    int status = 0;
    ::waitpid(child, &status, 0);
    EXPECT_EQ(0, status);
  }
  const pid_t user = ::fork();
  if (user == 0) {
    if (::setresgid(70001, 70001, 70001) != 0 || ::setresuid(70001, 70001, 70001) != 0) ::_exit(2);
    login.end();
    ::_exit(0);
  }
  int status = 0;
  ::waitpid(user, &status, 0);
  EXPECT_EQ(0, status);
  EXPECT_EQ(1, sessions_of("alice"));
  EXPECT_EQ(0, log.count("LsaApLogonTerminated"));
  EXPECT_PAM(PAM_SUCCESS, login.close());
  EXPECT_TRUE(log.wait("LsaApLogonTerminated"));
}

TEST(PamSession, WithoutALogonPolicyDecides) {
  Transaction key("peer", "alice");
  EXPECT_PAM(PAM_SUCCESS, key.credentials());
  EXPECT_PAM(PAM_SUCCESS, key.open());
  EXPECT_EQ(0, sessions_of("alice"));
  write_service("strict", "package=PamPeer no_credentials=refuse");
  Transaction refused("strict", "alice");
  EXPECT_PAM(PAM_CRED_UNAVAIL, refused.credentials());
  EXPECT_PAM(PAM_SESSION_ERR, refused.open());
  Transaction login("strict", "alice", {"right"});
  ASSERT_EQ(PAM_SUCCESS, login.authenticate());
  EXPECT_PAM(PAM_SUCCESS, login.credentials());
  EXPECT_PAM(PAM_SUCCESS, login.open());
}

// A stack that ignores what is not ours ("session optional", or beside another module) goes on.
TEST(PamSession, UsersOfTheSystemAreNoneOfOurs) {
  write_service_text("both",
                     "session required pam_permit.so\n" + module_line("session", "required", "package=PamPeer"));
  for (const char* user : {"local", "root"}) {
    Transaction login("both", user);
    EXPECT_PAM(PAM_SUCCESS, login.open()) << user;
  }
  stop_authority();
  Transaction root("both", "root");
  EXPECT_PAM(PAM_SUCCESS, root.open()) << "whoever mends it must get in";
  Transaction local("both", "local");
  EXPECT_PAM(PAM_SESSION_ERR, local.open()) << "nobody knows whose user that is";
  start_authority();
}

}  // namespace
}  // namespace openlsa::test
