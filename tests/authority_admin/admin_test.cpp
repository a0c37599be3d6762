#include "authority/admin/admin.hpp"

#include <fcntl.h>
#include <gtest/gtest.h>

#include "authority/authority.hpp"
#include "authority/packages/package_files.hpp"
#include "authority_admin/file_host.hpp"
#include "authority_policy/temporary_directory.hpp"

namespace openlsa::authority::admin {
namespace {

class Admin : public testing::Test {
 protected:
  void SetUp() override { start(); }
  void TearDown() override {
    if (authority_) authority_->shut_down();
  }
  void start() {
    if (authority_) authority_->shut_down();
    authority_.reset();
    Configuration configuration;
    configuration.state_directory = state_.path();
    configuration.packages_directory = state_ / "packages.d";
    configuration.audit_log = state_ / "audit.jsonl";
    configuration.domain = "BOX";
    configuration.no_custom_packages = no_custom_packages_;
    configuration.authority_uid = ::geteuid();
    auto created = Authority::create(configuration, starter_);
    ASSERT_TRUE(created) << created.error().message;
    authority_ = std::move(*created);
    const auto started = authority_->start_packages();
    ASSERT_TRUE(started) << started.error().message;
  }
  seam::AdminReply ask(const std::string& verb, std::vector<std::string> arguments = {},
                       const std::vector<std::string>& contents = {}) {
    seam::AdminRequest request{verb, std::move(arguments), {}};
    for (const std::string& content : contents) {
      const std::string path = files_.write("file" + std::to_string(next_file_++), content);
      request.files.emplace_back(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    }
    return run(*authority_, request);
  }
  seam::AdminReply add(const std::string& name, const std::string& content) {
    return ask("package-add", {"name=" + name, "file=" + name + ".so", "vouch_for=*", "confirm=yes"}, {content});
  }
  // A package file with its drop-in, past `package add`.
  void place(const std::string& name, const std::string& content) {
    const std::string path = files_.write(name, content);
    const base::UniqueFd file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    const auto stored = store_package(state_.path(), {name + ".so", file.get()}, {});
    ASSERT_TRUE(stored) << stored.error().message;
    DropIn drop_in{name, stored->path, stored->sha256, 59600 + next_uid_++, {}};
    ASSERT_TRUE(write_drop_in(state_ / "packages.d", drop_in));
  }
  std::size_t copies() const {
    std::error_code error;
    return static_cast<std::size_t>(std::distance(std::filesystem::directory_iterator(state_ / "packages", error), {}));
  }

  TemporaryDirectory state_, files_;
  FileHostStarter starter_;
  std::unique_ptr<Authority> authority_;
  int next_file_ = 0;
  std::uint32_t next_uid_ = 0;
  bool no_custom_packages_ = false;
};

testing::AssertionResult has(const std::string& text, const std::string& part) {
  if (text.find(part) != std::string::npos) return testing::AssertionSuccess();
  return testing::AssertionFailure() << "no " << part << " in " << text;
}

TEST_F(Admin, CheckTellsWhatTheFileHoldsAndLeavesNothing) {
  const seam::AdminReply reply = ask("package-check", {"name=demo", "file=demo.so", "network=yes"}, {"Demo"});
  ASSERT_EQ(reply.status, STATUS_SUCCESS) << reply.message;
  EXPECT_TRUE(has(reply.json, R"("package":"Demo")"));
  EXPECT_TRUE(has(reply.json, R"("network":true)"));
  EXPECT_TRUE(has(reply.json, R"("vouch_for":[])"));
  EXPECT_EQ(copies(), 0u);
  EXPECT_EQ(ask("package-list").json, "[]");
}

TEST_F(Admin, AddLoadsLiveAndSurvivesARestart) {
  const seam::AdminReply reply = add("demo", "Demo");
  ASSERT_EQ(reply.status, STATUS_SUCCESS) << reply.message;
  EXPECT_TRUE(authority_->registry().find(u"demo"));
  EXPECT_TRUE(has(ask("package-list").json, R"("name":"demo","state":"running","packages":["Demo"])"));
  start();
  EXPECT_TRUE(authority_->registry().find(u"demo"));
  EXPECT_TRUE(has(TemporaryDirectory::read(state_ / "audit.jsonl"), R"("event":"package-add","status":"0x00000000")"));
}

TEST_F(Admin, AddRefusesAndLeavesNothing) {
  EXPECT_EQ(ask("package-add", {"name=demo", "file=demo.so"}, {"Demo"}).status, STATUS_INVALID_PARAMETER);
  EXPECT_EQ(ask("package-add", {"name=../demo", "file=demo.so", "confirm=yes"}, {"Demo"}).status,
            STATUS_INVALID_PARAMETER);
  EXPECT_EQ(ask("package-add", {"name=demo", "file=demo.so", "confirm=yes"}).status, STATUS_INVALID_PARAMETER);
  EXPECT_LT(ask("package-add", {"name=demo", "file=../demo.so", "confirm=yes"}, {"Demo"}).status, 0);
  const seam::AdminReply broken = add("demo", "refuse");
  EXPECT_LT(broken.status, 0);
  EXPECT_TRUE(has(broken.message, "no entry point"));
  EXPECT_EQ(copies(), 0u);
  EXPECT_FALSE(std::filesystem::exists(state_ / "packages.d/demo.toml"));
}

TEST_F(Admin, APackageKeepsItsName) {
  ASSERT_EQ(add("demo", "Demo").status, STATUS_SUCCESS);
  EXPECT_EQ(add("demo", "Other").status, STATUS_OBJECT_NAME_COLLISION);
  EXPECT_EQ(add("other", "DEMO").status, STATUS_OBJECT_NAME_COLLISION);
  EXPECT_EQ(copies(), 1u);
}

TEST_F(Admin, NoPackageHasABuiltInName) {
  const seam::AdminReply reply = add("mine", "kerberos");
  EXPECT_EQ(reply.status, STATUS_OBJECT_NAME_COLLISION);
  EXPECT_TRUE(has(reply.message, "built-in"));
  EXPECT_EQ(copies(), 0u);
}

TEST_F(Admin, OnePackageExtendsNegotiate) {
  ASSERT_EQ(add("one", "One extender").status, STATUS_SUCCESS);
  const seam::AdminReply reply = add("two", "Two extender");
  EXPECT_EQ(reply.status, STATUS_OBJECT_NAME_COLLISION);
  EXPECT_TRUE(has(reply.message, "'One' from 'one'"));
  ASSERT_EQ(ask("package-remove", {"name=one"}).status, STATUS_SUCCESS);
  EXPECT_EQ(add("two", "Two extender").status, STATUS_SUCCESS);
}

TEST_F(Admin, OfTwoExtendersInOneFileTheFirstStays) {
  ASSERT_EQ(add("demo", "One extender\nTwo extender\nThree").status, STATUS_SUCCESS);
  EXPECT_TRUE(authority_->registry().find(u"One"));
  EXPECT_FALSE(authority_->registry().find(u"Two"));
  EXPECT_TRUE(authority_->registry().find(u"Three"));
  EXPECT_TRUE(has(ask("package-list").json, "Two: The package 'Two' extends Negotiate"));
}

// What did not come by `package add` (an older release let it in, or somebody wrote the drop-in) is judged as well.
TEST_F(Admin, RegistrationIsJudgedAtEachStart) {
  ASSERT_EQ(add("10-one", "One extender").status, STATUS_SUCCESS);
  place("20-mixed", "Two extender\nNTLM\nONE\nFine");
  place("30-alone", "Kerberos");
  start();
  EXPECT_TRUE(authority_->registry().find(u"One"));
  EXPECT_TRUE(authority_->registry().find(u"Fine"));
  for (const char16_t* name : {u"Two", u"NTLM", u"Kerberos"}) EXPECT_FALSE(authority_->registry().find(name));
  const std::string list = ask("package-list").json;
  EXPECT_TRUE(has(list, "Two: The package 'Two' extends Negotiate"));
  EXPECT_TRUE(has(list, "NTLM: 'NTLM' is the name of a built-in package"));
  EXPECT_TRUE(has(list, "ONE: The package 'ONE' is there already, from '10-one'"));
  EXPECT_TRUE(has(list, R"("name":"30-alone","state":"failed")"));
  EXPECT_EQ(authority_->registry().find(u"one")->file->drop_in()->name, "10-one");
}

// As the values of Security Packages are: one after the other, here in the order of the drop-ins' names.
TEST_F(Admin, PackagesAreLoadedInOrderAtEachStart) {
  ASSERT_EQ(add("20-b", "Second").status, STATUS_SUCCESS);
  ASSERT_EQ(add("10-a", "First").status, STATUS_SUCCESS);
  const auto in_order = [this] {
    std::string names;
    for (const PackageEntry& entry : authority_->registry().packages())
      names += nt::to_utf8(entry.info.name).value_or("?") + " ";
    return names;
  };
  EXPECT_EQ(in_order(), "Second First ") << "live additions come last, and ids stay";
  start();
  EXPECT_EQ(in_order(), "First Second ");
}

TEST_F(Admin, RemoveTakesThePackageAndItsCopyAway) {
  ASSERT_EQ(add("demo", "Demo").status, STATUS_SUCCESS);
  const seam::AdminReply reply = ask("package-remove", {"name=demo"});
  ASSERT_EQ(reply.status, STATUS_SUCCESS) << reply.message;
  EXPECT_FALSE(authority_->registry().find(u"demo"));
  EXPECT_EQ(copies(), 0u);
  EXPECT_EQ(ask("package-remove", {"name=demo"}).status, STATUS_OBJECT_NAME_NOT_FOUND);
  EXPECT_EQ(add("demo", "Demo").status, STATUS_SUCCESS);
}

TEST_F(Admin, HostsGetDifferentUids) {
  ASSERT_EQ(add("one", "One").status, STATUS_SUCCESS);
  ASSERT_EQ(add("two", "Two").status, STATUS_SUCCESS);
  const auto files = authority_->registry().files();
  ASSERT_EQ(files.size(), 2u);
  EXPECT_NE(files[0]->drop_in()->uid, files[1]->drop_in()->uid);
}

TEST_F(Admin, RestartEndsTheHost) {
  ASSERT_EQ(add("demo", "Demo").status, STATUS_SUCCESS);
  const int before = FileHost::kills.load();
  EXPECT_EQ(ask("package-restart", {"name=demo"}).status, STATUS_SUCCESS);
  EXPECT_EQ(FileHost::kills.load(), before + 1);
  EXPECT_EQ(ask("package-restart", {"name=other"}).status, STATUS_OBJECT_NAME_NOT_FOUND);
}

TEST_F(Admin, NoCustomPackagesHoldsForAdditionsAndAtStart) {
  ASSERT_EQ(add("demo", "Demo").status, STATUS_SUCCESS);
  no_custom_packages_ = true;
  start();
  EXPECT_FALSE(authority_->registry().find(u"demo"));
  EXPECT_TRUE(has(ask("package-list").json, "no_custom_packages"));
  EXPECT_EQ(add("other", "Other").status, STATUS_ACCESS_DENIED);
}

TEST_F(Admin, AccountsAndSessions) {
  const seam::AdminReply added = ask("account-add", {"name=alice", "uid=5000", "shell=/bin/bash"});
  ASSERT_EQ(added.status, STATUS_SUCCESS) << added.message;
  EXPECT_TRUE(has(added.json, R"("name":"alice","uid":5000,"gid":5000)"));
  EXPECT_EQ(ask("account-add", {"name=Alice"}).status, STATUS_USER_EXISTS);
  EXPECT_LT(ask("account-add", {"name=bob", "uid=59500"}).status, 0);
  EXPECT_LT(ask("account-add", {"name=bob", "uid=x"}).status, 0);
  EXPECT_TRUE(has(ask("account-list").json, R"([{"name":"alice")"));
  EXPECT_TRUE(has(ask("session-list").json, R"("session":"0x3e7")"));
  EXPECT_TRUE(has(ask("session-show", {"session=3e7"}).json, R"("sid":"S-1-5-18")"));
  EXPECT_EQ(ask("session-show", {"session=0xffffff"}).status, STATUS_NO_SUCH_LOGON_SESSION);
  EXPECT_TRUE(has(ask("token-show", {"session=0x3e7"}).json, "SeTcbPrivilege"));
  EXPECT_TRUE(has(ask("token-show", {"session=0x0:0x3e7"}).json, "SeTcbPrivilege")) << "the halves of a LUID";
  for (const char* wrong : {"0x3e7:", ":0x3e7", "0x100000000:0x3e7", "0x1:0x1:0x1", "0x", "1g"})
    EXPECT_EQ(ask("token-show", {std::string("session=") + wrong}).status, STATUS_INVALID_PARAMETER) << wrong;
}

TEST_F(Admin, RightsOfAccountsByNameAndSid) {
  ASSERT_EQ(ask("account-add", {"name=alice", "uid=5000"}).status, STATUS_SUCCESS);
  EXPECT_EQ(ask("right-list", {"account=alice"}).json, "[]");
  const seam::AdminReply added =
      ask("right-add", {"account=box\\ALICE", "right=SeServiceLogonRight", "right=setimezoneprivilege"});
  ASSERT_EQ(added.status, STATUS_SUCCESS) << added.message;
  EXPECT_TRUE(has(added.json, R"("account":"BOX\\alice")"));
  EXPECT_TRUE(has(added.json, R"("rights":["SeTimeZonePrivilege","SeServiceLogonRight"])"));
  start();
  EXPECT_EQ(ask("right-list", {"account=alice"}).json, "[" + added.json + "]") << "after a restart";
  EXPECT_TRUE(has(ask("right-list").json, R"("account":"BUILTIN\\Administrators","sid":"S-1-5-32-544")"));
  EXPECT_TRUE(has(ask("right-add", {"account=S-1-5-21-1-2-3-4", "right=SeUndockPrivilege"}).json,
                  R"("account":"S-1-5-21-1-2-3-4")"));
  const seam::AdminReply removed = ask("right-remove", {"account=alice", "right=SeServiceLogonRight"});
  EXPECT_TRUE(has(removed.json, R"("rights":["SeTimeZonePrivilege"])"));
  EXPECT_EQ(ask("right-remove", {"account=alice", "right=SeTimeZonePrivilege"}).status, STATUS_SUCCESS);
  EXPECT_EQ(ask("right-list", {"account=alice"}).json, "[]");
  EXPECT_TRUE(has(TemporaryDirectory::read(state_ / "audit.jsonl"), R"("event":"remove-rights")"));
}

TEST_F(Admin, RightsThatAreNoneAndAccountsThatAreNone) {
  for (const char* account : {"nobody", "BUILTIN", "S-1-5", ""})
    EXPECT_EQ(ask("right-add", {std::string("account=") + account, "right=SeUndockPrivilege"}).status,
              STATUS_INVALID_PARAMETER)
        << account;
  for (const char* right : {"SeNoSuchRight", "", "7"})
    EXPECT_EQ(ask("right-add", {"account=Everyone", std::string("right=") + right}).status, STATUS_INVALID_PARAMETER)
        << right;
  EXPECT_EQ(ask("right-add", {"account=Everyone"}).status, STATUS_INVALID_PARAMETER);
  EXPECT_EQ(ask("right-list", {"right=SeUndockPrivilege"}).status, STATUS_INVALID_PARAMETER);
  EXPECT_TRUE(has(ask("right-add", {"account=Everyone", "right=SeNoSuchRight"}).message, "SeNoSuchRight"));
}

TEST_F(Admin, StatusAndUnknownVerbs) {
  const seam::AdminReply reply = ask("status");
  ASSERT_EQ(reply.status, STATUS_SUCCESS) << reply.message;
  EXPECT_TRUE(has(reply.json, R"("composition":"isolated")"));
  EXPECT_TRUE(has(reply.json, authority_->accounts().domain_sid().to_string()));
  EXPECT_EQ(ask("status", {"x=y"}).status, STATUS_INVALID_PARAMETER);
  EXPECT_EQ(ask("no-such-verb").status, STATUS_INVALID_PARAMETER);
}

}  // namespace
}  // namespace openlsa::authority::admin
