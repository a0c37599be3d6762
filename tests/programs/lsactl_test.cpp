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
  const std::string place = command.starts_with("/") ? "" : OPENLSA_TEST_PROGRAMS "/";
  const std::string whole =
      "setsid -w " + place + command + (errors ? " 2>&1 >/dev/null </dev/null" : " 2>/dev/null </dev/null");
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

// With what a descriptor brings for a password.
json answer_with(const std::string& input, const std::string& verb) {
  const Said said =
      run("/bin/sh -c 'printf %s \"" + input + "\" | " OPENLSA_TEST_PROGRAMS "/lsactl " + verb + " --json'");
  EXPECT_EQ(said.code, 0) << verb << ": " << said.output;
  return json::parse(said.output, nullptr, false);
}

TEST_F(Lsactl, AccountsWithPasswordsGroupsAndPolicy) {
  const json erin = answer_with("First1!x", "account add erin --uid 70010 --full-name \"Erin E.\" --password-fd 0");
  EXPECT_EQ(erin.value("uid", 0), 70010);
  EXPECT_EQ(answer("account show erin").value("has_password", false), true);
  answer_with("Second2!x", "account password erin --must-change --password-fd 0");
  EXPECT_EQ(answer("account show erin").value("must_change_password", false), true);
  EXPECT_EQ(answer("account set erin --shell /bin/bash --workstations desk1,desk2 --must-change-password no", false)
                .value("shell", ""),
            "/bin/bash");
  EXPECT_EQ(answer("account show erin")["workstations"], json::array({"desk1", "desk2"}));
  EXPECT_EQ(answer("account disable erin", false).value("disabled", false), true);
  EXPECT_EQ(answer("account enable erin", false).value("disabled", true), false);
  answer("account unlock erin", false);
  EXPECT_EQ(answer("account rename erin frances", false).value("home", ""), "/home/erin");

  EXPECT_EQ(answer("group add crew --gid 70020 --description Ships", false).value("gid", 0), 70020);
  EXPECT_EQ(answer("group add-member crew frances", false)["members"], json::array({"frances"}));
  EXPECT_EQ(answer("account show frances")["member_of"], json::array({"crew"}));
  EXPECT_EQ(answer("account show frances")["groups"], json::array({70020}));
  EXPECT_EQ(answer("group set crew --rename hands --description \"\"", false).value("name", ""), "hands");
  EXPECT_EQ(answer("group show hands").value("gid", 0), 70020);
  EXPECT_EQ(answer("group list").size(), 1u);
  EXPECT_EQ(answer("right add hands SeServiceLogonRight", false).value("sid", ""),
            answer("group show hands").value("sid", "-"));
  answer("group remove-member hands frances", false);
  answer("group remove hands", false);
  EXPECT_TRUE(answer("group list").empty());

  EXPECT_EQ(answer("policy show").value("lockout_threshold", 0), 10);
  EXPECT_EQ(answer("policy set --lockout-threshold 5 --complexity no", false).value("complexity", true), false);
  EXPECT_EQ(answer("policy show").value("lockout_threshold", 0), 5);
  answer("account remove frances", false);
  EXPECT_NE(refusal("account show frances").find("frances"), std::string::npos);
}

TEST_F(Lsactl, SecretsAreStoredAndNeverShown) {
  EXPECT_EQ(answer_with("hunter2-of-the-test", "secret set Demo --secret-fd 0").value("bytes", 0), 19);
  const json names = answer("secret list");
  ASSERT_EQ(names.size(), 1u);
  EXPECT_EQ(names.dump().find("hunter2"), std::string::npos);
  EXPECT_EQ(place_->audit().find("hunter2"), std::string::npos);
  answer("secret remove Demo", false);
  EXPECT_NE(refusal("secret remove Demo"), "");
}

TEST_F(Lsactl, ImportsExportsAndBacksUp) {
  const std::string folder = place_->directory() + "/";
  write_file(folder + "in.csv", "name,uid,password,full_name\ngina,70030,First1!x,\"Gina, G.\"\nhugo,70031,,\n", 0600);
  const json first = answer("account import " + folder + "in.csv", false);
  EXPECT_EQ(first.value("added", 0), 2);
  const json again = answer("account import " + folder + "in.csv");
  EXPECT_EQ(again.value("skipped", 0), 2);
  EXPECT_EQ(again.value("failed", 1), 0);
  answer("account export " + folder + "out.jsonl --with-keys", false);
  EXPECT_EQ(answer("account import " + folder + "out.jsonl").value("failed", 1), 0) << "what was written is read";
  answer("account export " + folder + "out.csv", false);
  EXPECT_EQ(answer("account import " + folder + "out.csv").value("failed", 1), 0);
  EXPECT_NE(refusal("account export " + folder + "out.csv").find("out.csv"), std::string::npos);
  EXPECT_EQ(read_file(folder + "out.csv").find("nt_key"), std::string::npos);
  write_file(folder + "bad.csv", "name,uid\ngina,70039\n", 0600);
  const Said bad = run("lsactl account import " + folder + "bad.csv --json");
  EXPECT_EQ(bad.code, 1);
  EXPECT_NE(bad.output.find("\"line\":2"), std::string::npos) << bad.output;
  EXPECT_GT(answer("backup " + folder + "copy.db", false).value("bytes", 0), 4096);
  EXPECT_EQ(read_file(folder + "copy.db").rfind("SQLite format 3", 0), 0u);
  EXPECT_NE(refusal("backup " + folder + "copy.db").find("copy.db"), std::string::npos);
  for (const char* name : {"gina", "hugo"}) answer(std::string("account remove ") + name, false);
}

TEST_F(Lsactl, WithoutATerminalAPasswordIsAskedForWithADescriptor) {
  EXPECT_NE(refusal("account add ivan --password"), "");
  EXPECT_NE(refusal("account password nobody-there --password-fd 0"), "");
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
  for (const char* program : {"lsad",
                              "lsahost",
                              "lsactl",
                              "lsactl package add",
                              "lsactl package check",
                              "lsactl token show",
                              "lsactl right add",
                              "lsactl account add",
                              "lsactl account list",
                              "lsactl account show",
                              "lsactl account set",
                              "lsactl account remove",
                              "lsactl account rename",
                              "lsactl account password",
                              "lsactl account enable",
                              "lsactl account disable",
                              "lsactl account unlock",
                              "lsactl account import",
                              "lsactl account export",
                              "lsactl group add",
                              "lsactl group list",
                              "lsactl group show",
                              "lsactl group set",
                              "lsactl group remove",
                              "lsactl group add-member",
                              "lsactl group remove-member",
                              "lsactl policy show",
                              "lsactl policy set",
                              "lsactl secret set",
                              "lsactl secret list",
                              "lsactl secret remove",
                              "lsactl backup"}) {
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
