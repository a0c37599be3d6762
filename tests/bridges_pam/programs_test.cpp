// Programs that this project did not write: pamtester, su, and the name service beside them.
#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>

#include "bridges_pam/fixture.hpp"
#include "support/private_system.hpp"
#include "support/temporary_directory.hpp"

namespace openlsa::test {
namespace {

struct Outcome {
  std::string text;
  int code = 0;
};
Outcome run(const std::string& command) {
  FILE* const pipe = ::popen((command + " 2>&1").c_str(), "re");
  Outcome done;
  char piece[4096];
  while (const std::size_t got = std::fread(piece, 1, sizeof piece, pipe)) done.text.append(piece, got);
  const int status = ::pclose(pipe);
  done.code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  return done;
}

// Why a program cannot be tested with; empty when it can.
std::string missing(const char* program) {
#ifdef OPENLSA_TEST_SANITIZED
  return std::string(program) + " cannot load a module with sanitizers";
#endif
  return ::access(program, X_OK) == 0 ? "" : std::string(program) + " is not installed (scripts/install-deps test)";
}

Outcome pamtester(const std::string& user, const std::string& password, const std::string& operations) {
  return run("printf '" + password + "\\n' | timeout 20 pamtester peer " + user + " " + operations);
}

TEST(PamPrograms, PamTester) {
  if (const std::string why = missing("/usr/bin/pamtester"); !why.empty()) GTEST_SKIP() << why;
  const Outcome good = pamtester("alice", "right", "authenticate acct_mgmt setcred open_session close_session");
  EXPECT_EQ(0, good.code) << good.text;
  EXPECT_NE(std::string::npos, good.text.find("successfully authenticated")) << good.text;
  for (const char* user : {"locked", "expired", "disabled", "hours", "nobody", "broken", "stranger", "early"}) {
    const Outcome refused = pamtester(user, "right", "authenticate");
    EXPECT_NE(0, refused.code) << user;
    EXPECT_EQ(std::string::npos, refused.text.find("successfully")) << refused.text;
  }
  EXPECT_NE(0, pamtester("alice", "wrong", "authenticate").code);
  EXPECT_NE(0, run("timeout 20 pamtester peer alice authenticate < /dev/null").code);
}

TEST(PamPrograms, PamTesterChangesAPassword) {
  if (const std::string why = missing("/usr/bin/pamtester"); !why.empty()) GTEST_SKIP() << why;
  const Outcome changed = pamtester("bob", "right\\nnew\\nnew", "chauthtok");
  EXPECT_EQ(0, changed.code) << changed.text;
  EXPECT_EQ(0, pamtester("bob", "new", "authenticate").code);
  EXPECT_NE(0, pamtester("bob", "right", "authenticate").code);
  restart_authority();
}

// su(1) as somebody who is not root, with the account known by NSS alone.
TEST(PamPrograms, Su) {
  if (const std::string why = missing("/usr/bin/su"); !why.empty()) GTEST_SKIP() << why;
  write_file("/etc/passwd", "root:x:0:0:root:/root:/bin/sh\nlocal:x:1500:1500::/:/bin/sh\n", 0644);
  write_file("/etc/nsswitch.conf", "passwd: files openlsa\ngroup: files openlsa\n", 0644);
  show_at(installation_directory(), "/run/openlsa");
  std::string service = "auth sufficient pam_rootok.so\n";
  for (const char* stack : {"auth", "account", "session"}) service += module_line(stack, "required", "package=PamPeer");
  write_service_text("su", service);
  // A set-user-ID program finds libraries by the system's cache alone.
  write_file("/etc/ld.so.conf.d/openlsa-test.conf", OPENLSA_TEST_LIBRARIES "\n", 0644);
  ASSERT_EQ(0, run("ldconfig -X").code);
  const auto su_as_local = [](const std::string& user, const std::string& password) {
    return run("printf '" + password + "\\n' | timeout 20 setpriv --reuid 1500 --regid 1500 --clear-groups su " + user +
               " -c 'id -un; id -u; env | grep OPENLSA'");
  };
  const Outcome good = su_as_local("alice", "right");
  EXPECT_NE(std::string::npos, good.text.find("alice\n70001\n")) << good.text;
  EXPECT_EQ(std::string::npos, good.text.find("OPENLSA_LOGON_CLAIM")) << good.text;
  const Outcome wrong = su_as_local("alice", "wrong");
  EXPECT_NE(0, wrong.code);
  EXPECT_EQ(std::string::npos, wrong.text.find("70001")) << wrong.text;
  EXPECT_TRUE(eventually([] { return sessions_of("alice") == 0; })) << "the session ended with su";
  stop_showing_at("/run/openlsa");
}

}  // namespace
}  // namespace openlsa::test
