// lsactl as an administrator runs it: every verb, for people and with --json; and --help of every program.
#include <gtest/gtest.h>
#include <sys/wait.h>

#include <cstdio>
#include <cstdlib>
#include <nlohmann/json.hpp>

#include "support/authority_environment.hpp"
#include "support/child.hpp"

namespace openlsa::test {
namespace {

using nlohmann::json;

struct Said {
  int code = -1;
  std::string output;
};

// Standard output alone, or with `errors` standard error alone.
Said run(const std::string& command, bool errors = false) {
  const std::string whole = std::string(OPENLSA_TEST_PROGRAMS "/") + command +
                            (errors ? " 2>&1 >/dev/null </dev/null" : " 2>/dev/null </dev/null");
  Said said;
  FILE* pipe = ::popen(whole.c_str(), "r");
  if (pipe == nullptr) return said;
  char buffer[4096];
  for (std::size_t got; (got = std::fread(buffer, 1, sizeof buffer, pipe)) != 0;) said.output.append(buffer, got);
  const int status = ::pclose(pipe);
  said.code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  return said;
}

class Lsactl : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    place_ = new Installation;
    daemon_ = new Daemon(place_->directory());
    ::setenv("OPENLSA_AUTHORITY", place_->socket().c_str(), 1);
  }
  static void TearDownTestSuite() {
    delete daemon_;
    delete place_;
    daemon_ = nullptr;
    place_ = nullptr;
  }
  // What a verb answers in JSON; the same verb must also answer people, in other words.
  static json answer(const std::string& verb, bool again = true) {
    const Said said = run("lsactl " + verb + " --json");
    EXPECT_EQ(said.code, 0) << verb << ": " << said.output;
    json parsed = json::parse(said.output, nullptr, false);
    EXPECT_FALSE(parsed.is_discarded()) << verb << ": " << said.output;
    if (again) {
      const Said people = run("lsactl " + verb);
      EXPECT_EQ(people.code, 0) << verb;
      EXPECT_FALSE(people.output.empty()) << verb;
      EXPECT_FALSE(json::accept(people.output)) << verb << ": " << people.output;
    }
    return parsed;
  }
  // What a refused verb answers: its reason, in both forms, and exit code 1.
  static std::string refusal(const std::string& verb) {
    const Said said = run("lsactl " + verb + " --json");
    EXPECT_EQ(said.code, 1) << verb;
    const json parsed = json::parse(said.output, nullptr, false);
    EXPECT_TRUE(parsed.is_object() && parsed.contains("error")) << verb << ": " << said.output;
    const std::string people = run("lsactl " + verb, true).output;
    EXPECT_EQ(people.rfind("lsactl: ", 0), 0u) << verb << ": " << people;
    return parsed.is_object() ? parsed.value("error", "") : "";
  }
  static Installation* place_;
  static Daemon* daemon_;
};
Installation* Lsactl::place_ = nullptr;
Daemon* Lsactl::daemon_ = nullptr;

TEST_F(Lsactl, EveryVerbAnswersPeopleAndPrograms) {
  const json status = answer("status");
  EXPECT_EQ(status.value("composition", ""), "isolated");
  EXPECT_EQ(status.value("pid", 0), daemon_->process_id());

  const json added = answer("account add carol --uid 70003 --gid 70003 --home /nonexistent --shell /bin/sh", false);
  EXPECT_EQ(added.value("uid", 0), 70003);
  const json accounts = answer("account list");
  ASSERT_EQ(accounts.size(), 1u);
  EXPECT_EQ(accounts[0].value("name", ""), "carol");

  const json given = answer("right add carol SeServiceLogonRight SeTimeZonePrivilege", false);
  EXPECT_EQ(given["rights"], json::array({"SeTimeZonePrivilege", "SeServiceLogonRight"}));
  EXPECT_EQ(answer("right list carol")[0], given);
  EXPECT_GT(answer("right list").size(), 5u) << "the defaults are there, too";
  EXPECT_EQ(answer("right remove carol SeServiceLogonRight", false)["rights"], json::array({"SeTimeZonePrivilege"}));

  const std::string file = package_file("witness_package");
  const json package = answer("package add " + file + " --name witness --vouch-for carol --yes", false);
  EXPECT_EQ(package["rights"]["vouch_for"], json::array({"carol"}));
  EXPECT_EQ(package["rights"]["network"], false);
  const json packages = answer("package list");
  ASSERT_EQ(packages.size(), 1u);
  EXPECT_EQ(packages[0].value("state", ""), "running");
  const int host = packages[0].value("pid", 0);
  answer("package restart witness", false);
  EXPECT_TRUE(eventually([host] {
    const json listed = answer("package list", false);
    return listed.size() == 1 && listed[0]["pid"].is_number() && listed[0]["pid"] != host;
  }));

  const json sessions = answer("session list");
  ASSERT_FALSE(sessions.empty());
  const std::string luid = sessions[0].value("session", "");
  EXPECT_EQ(answer("session show " + luid).value("session", ""), luid);
  answer("token show");
  EXPECT_EQ(answer("token show --session 0x3e7").value("session", ""), "0x3e7");

  answer("package remove witness", false);
  EXPECT_TRUE(answer("package list").empty());
}

TEST_F(Lsactl, ARefusalSaysWhyInBothForms) {
  EXPECT_NE(refusal("package remove no-such-file").find("no-such-file"), std::string::npos);
  EXPECT_NE(refusal("package add /no/such/file --yes").find("/no/such/file"), std::string::npos);
  EXPECT_NE(refusal("package add /etc/passwd --name passwd --yes"), "");
  EXPECT_NE(refusal("package add " + package_file("witness_package")).find("--yes"), std::string::npos)
      << "nobody is there to be asked";
  EXPECT_NE(refusal("session show 0x99999"), "");
  EXPECT_NE(refusal("session show zzz").find("zzz"), std::string::npos);
  EXPECT_NE(refusal("account add root --uid 0"), "");
  EXPECT_NE(refusal("right add nobody-there SeTcbPrivilege").find("nobody-there"), std::string::npos);
  EXPECT_NE(refusal("right add Everyone SeNoSuchRight").find("SeNoSuchRight"), std::string::npos);
  EXPECT_NE(run("lsactl no-such-verb").code, 0);
  EXPECT_NE(run("lsactl").code, 0);
}

TEST_F(Lsactl, WithoutAnAuthorityItSaysWhereItLooked) {
  ::setenv("OPENLSA_AUTHORITY", "/no/such/socket", 1);
  for (const char* verb : {"status", "package list", "session list", "account list", "token show", "right list"})
    EXPECT_NE(refusal(verb).find("/no/such/socket"), std::string::npos) << verb;
  ::setenv("OPENLSA_AUTHORITY", place_->socket().c_str(), 1);
}

TEST_F(Lsactl, CheckingAPackageAddsNothing) {
  const std::string found = answer("package check " + package_file("witness_package")).dump();
  EXPECT_NE(found.find("Witness"), std::string::npos) << found;
  EXPECT_TRUE(answer("package list").empty());
  EXPECT_NE(refusal("package check /etc/passwd"), "");
  EXPECT_NE(refusal("package check /no/such/file").find("/no/such/file"), std::string::npos);
}

TEST_F(Lsactl, ASecondAuthorityOnTheSameStateEndsAtOnce) {
  const std::string trail = place_->audit();
  const Said second = run("lsad --config " + place_->directory(), true);
  EXPECT_NE(second.code, 0);
  EXPECT_NE(second.output.find("another authority uses the state directory " + place_->state_directory()),
            std::string::npos)
      << second.output;
  EXPECT_EQ(place_->audit(), trail) << "it wrote into the trail of the first";
  answer("status");
}

TEST(Programs, SayWhatTheyAreFor) {
  for (const char* program : {"lsad", "lsahost", "lsactl", "lsactl package add", "lsactl package check",
                              "lsactl token show", "lsactl right add"}) {
    const Said said = run(std::string(program) + " --help");
    EXPECT_EQ(said.code, 0) << program;
    EXPECT_NE(said.output.find("Usage:"), std::string::npos) << program << ": " << said.output;
  }
  for (const char* program : {"sshkey-logon", "sshkey-server", "sshkey-client"}) {
    const Said said = run(std::string(program) + " --help");
    EXPECT_EQ(said.code, 0) << program;
    EXPECT_NE(said.output.find("Usage:"), std::string::npos) << program << ": " << said.output;
  }
}

}  // namespace
}  // namespace openlsa::test
