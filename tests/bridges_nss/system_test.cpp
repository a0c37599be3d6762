// getent and id, with lsad itself and its own accounts, and an nsswitch.conf and a passwd file of the test's.
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cstdio>
#include <memory>

#include "bridges_nss/module.hpp"
#include "support/authority_environment.hpp"
#include "support/private_system.hpp"
#include "support/text.hpp"

namespace openlsa::test {
namespace {

// What the command prints, and " [N]" when it ends with N.
std::string run(const std::string& command) {
  FILE* const pipe = ::popen(("LD_LIBRARY_PATH=" OPENLSA_TEST_LIBRARIES " " + command + " 2>&1").c_str(), "re");
  std::string text;
  char piece[4096];
  while (const std::size_t got = std::fread(piece, 1, sizeof piece, pipe)) text.append(piece, got);
  const int status = ::pclose(pipe);
  return WEXITSTATUS(status) == 0 ? text : text + "[" + std::to_string(WEXITSTATUS(status)) + "]";
}

// A machine that is busy may take longer than the module waits: what is there shows within a few tries.
#define EXPECT_PRINTS(expected, command) EXPECT_EQ(expected, run_until(expected, command))
std::string run_until(const std::string& expected, const std::string& command) {
  std::string text;
  for (int i = 0; i < 20 && (text = run(command)) != expected;) ++i;
  return text;
}

void add_account(const std::vector<std::string>& arguments) {
  const AdminAnswer made = admin("account-add", arguments);
  ASSERT_GE(made.status, 0) << made.message;
}

struct NssSystem : testing::Test {
  static void SetUpTestSuite() {
    replace_file("/etc/nsswitch.conf", "passwd: files openlsa\ngroup: files openlsa\n");
    replace_file("/etc/passwd",
                 "root:x:0:0:root:/root:/bin/sh\nresident:x:1500:1500::/home/resident:/bin/sh\n"
                 "linked:x:1501:1501::/home/linked:/bin/sh\n");
    replace_file("/etc/group", "root:x:0:\nusers:x:100:\nresident:x:1500:\nlinked:x:1501:\n");
  }
  void start(const std::string& extra = "") {
    place_ = std::make_unique<Installation>(extra);
    daemon_ = std::make_unique<Daemon>(place_->directory());
    show_at(place_->directory(), "/run/openlsa");
    ::setenv("OPENLSA_AUTHORITY", place_->socket().c_str(), 1);
    add_account({"name=alice", "uid=70001", "home=/home/alice", "shell=/bin/bash"});
    add_account({"name=bob", "uid=70002", "gid=100"});
    add_account({"name=linked-account", "uid=1501"});
    add_account({"name=resident", "uid=70003"});
    add_account({"name=4711", "uid=70004"});
  }
  void TearDown() override {
    daemon_.reset();
    stop_showing_at("/run/openlsa");
  }

  std::unique_ptr<Installation> place_;
  std::unique_ptr<Daemon> daemon_;
};

TEST_F(NssSystem, GetentAndIdKnowTheAccounts) {
  start();
  EXPECT_PRINTS("alice:*:70001:70001::/home/alice:/bin/bash\n", "getent passwd alice");
  EXPECT_PRINTS("alice:*:70001:70001::/home/alice:/bin/bash\n", "getent passwd 70001");
  EXPECT_PRINTS("alice:*:70001:\n", "getent group alice");
  EXPECT_PRINTS("uid=70001(alice) gid=70001(alice) groups=70001(alice)\n", "id alice");
  EXPECT_PRINTS("uid=70002(bob) gid=100(users) groups=100(users)\n", "id bob");
  EXPECT_PRINTS("[2]", "getent passwd carol");
  EXPECT_PRINTS("[2]", "getent group bob") << "its group is one of /etc/group";
}

TEST_F(NssSystem, OneNameIsOneUser) {
  start();
  EXPECT_PRINTS("[2]", "getent passwd ALICE");
  EXPECT_PRINTS("[2]", "getent passwd 'TESTBOX\\alice'");
  EXPECT_PRINTS("[2]", "getent -s openlsa passwd 4711") << "chown 4711 means the uid";
}

// nsswitch.conf decides: files come first there.
TEST_F(NssSystem, AnAccountDoesNotHideAUserOfTheFiles) {
  start();
  EXPECT_PRINTS("linked:x:1501:1501::/home/linked:/bin/sh\n", "getent passwd 1501");
  EXPECT_PRINTS("resident:x:1500:1500::/home/resident:/bin/sh\n", "getent passwd resident");
  EXPECT_PRINTS("uid=1500(resident) gid=1500(resident) groups=1500(resident)\n", "id resident");
  EXPECT_PRINTS("linked-account:*:1501:1501::/home/linked-account:/bin/sh\n", "getent passwd linked-account");
}

TEST_F(NssSystem, AnEnumerationIsOffUntilTheConfigurationAllowsIt) {
  start();
  EXPECT_PRINTS("", "getent -s openlsa passwd");
  EXPECT_PRINTS("", "getent -s openlsa group");
  daemon_.reset();
  stop_showing_at("/run/openlsa");
  start("[nss]\nenumerate = true\n");
  EXPECT_PRINTS(
      "linked-account:*:1501:1501::/home/linked-account:/bin/sh\n"
      "alice:*:70001:70001::/home/alice:/bin/bash\n"
      "bob:*:70002:100::/home/bob:/bin/sh\n"
      "resident:*:70003:70003::/home/resident:/bin/sh\n",
      "getent -s openlsa passwd");
  EXPECT_PRINTS("linked-account:*:1501:\nalice:*:70001:\nresident:*:70003:\n", "getent -s openlsa group");
}

std::chrono::milliseconds time_of(const std::string& command, const std::string& expected) {
  const auto begin = std::chrono::steady_clock::now();
  EXPECT_EQ(expected, run(command)) << command;
  return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - begin);
}

// P-03. The command itself takes some milliseconds, on a machine that is busy a second; a call that waits never ends.
TEST_F(NssSystem, WithoutTheAuthorityTheMachineGoesOn) {
  start();
  ::kill(daemon_->process_id(), SIGSTOP);
  ::waitpid(daemon_->process_id(), nullptr, WUNTRACED);
  EXPECT_LT(time_of("getent passwd alice", "[2]").count(), 2000);
  EXPECT_LT(time_of("getent passwd resident", "resident:x:1500:1500::/home/resident:/bin/sh\n").count(), 2000);
  EXPECT_LT(time_of("id resident", "uid=1500(resident) gid=1500(resident) groups=1500(resident)\n").count(), 2000);
  ::kill(daemon_->process_id(), SIGCONT);
  EXPECT_PRINTS("alice:*:70001:70001::/home/alice:/bin/bash\n", "getent passwd alice");
  ::kill(daemon_->process_id(), SIGKILL);
  EXPECT_LT(time_of("getent passwd alice", "[2]").count(), 2000);
}

TEST_F(NssSystem, RootIsNobodysAccount) {
  start();
  EXPECT_PRINTS("[2]", "getent -s openlsa passwd root");
  EXPECT_PRINTS("[2]", "getent -s openlsa passwd 0");
  EXPECT_PRINTS("[2]", "getent -s openlsa group 0");
}

}  // namespace
}  // namespace openlsa::test
