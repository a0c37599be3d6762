// The module's line and /etc/openlsa/pam.toml. P-02: what stands there and is no file of root's is a refusal, at once.
#include <sys/stat.h>
#include <unistd.h>

#include "bridges_pam/fixture.hpp"
#include "support/temporary_directory.hpp"

namespace openlsa::test {
namespace {

constexpr const char* settings = "/etc/openlsa/pam.toml";

struct PamConfiguration : testing::Test {
  void SetUp() override {
    ::unlink(settings);
    write_service("plain", "");
  }
  void TearDown() override {
    ::unlink(settings);
    ::rmdir(settings);
  }
  static std::string logon(const std::string& service = "plain") {
    Transaction login(service, "alice", {"right"});
    return code_name(login.authenticate());
  }
};

TEST_F(PamConfiguration, TheFileNamesThePackage) {
  EXPECT_EQ("PAM_AUTHINFO_UNAVAIL", logon()) << "nothing is registered as MSV1_0 here";
  write_file(settings, "# of this machine\npackage = \"PamPeer\"  # a third party's\ndomain=\"OFFICE\"\n", 0644);
  const PeerLog log;
  EXPECT_EQ("PAM_SUCCESS", logon());
  EXPECT_EQ(1, log.count("domain=OFFICE"));
}

TEST_F(PamConfiguration, TheLineSaysMoreThanTheFile) {
  write_file(settings, "package = \"Nowhere\"\nlogon_type = \"network\"\n", 0644);
  EXPECT_EQ("PAM_AUTHINFO_UNAVAIL", logon());
  write_service("line", "package=PamPeer debug domain=HERE");
  const PeerLog log;
  EXPECT_EQ("PAM_SUCCESS", logon("line"));
  EXPECT_EQ(1, log.count("type=3 user=alice domain=HERE"));
}

TEST_F(PamConfiguration, ANameWithADomainBringsItAlong) {
  write_service("domain", "package=PamPeer domain=HERE");
  const PeerLog log;
  Transaction login("domain", "THERE\\alice", {"right"});
  EXPECT_PAM(PAM_USER_UNKNOWN, login.authenticate()) << "the system knows no user of that name";
  EXPECT_EQ(1, log.count("user=alice domain=THERE"));
}

TEST_F(PamConfiguration, AnOptionThatNobodyKnowsIsARefusal) {
  for (const char* line : {"package=PamPeer nulok", "package=PamPeer no_credentials=maybe", "package=",
                           "package=PamPeer logon_type=service", "package=PamPeer =", "package=PamPeer debug=1"}) {
    write_service("wrong", line);
    EXPECT_EQ("PAM_AUTHINFO_UNAVAIL", logon("wrong")) << line;
    Transaction login("wrong", "alice");
    EXPECT_PAM(PAM_AUTHINFO_UNAVAIL, login.account()) << line;
    EXPECT_PAM(PAM_AUTHINFO_UNAVAIL, login.credentials()) << line;
    EXPECT_PAM(PAM_SESSION_ERR, login.open()) << line;
    EXPECT_PAM(PAM_SESSION_ERR, login.close()) << line;
    EXPECT_PAM(PAM_AUTHINFO_UNAVAIL, login.change()) << line;
  }
}

TEST_F(PamConfiguration, AFileThatOthersCanWriteIsNotBelieved) {
  write_file(settings, "package = \"PamPeer\"\n", 0666);
  EXPECT_EQ("PAM_AUTHINFO_UNAVAIL", logon());
  write_file(settings, "package = \"PamPeer\"\n", 0664);
  EXPECT_EQ("PAM_AUTHINFO_UNAVAIL", logon());
  write_file(settings, "package = \"PamPeer\"\n", 0644);
  ASSERT_EQ(0, ::chown(settings, 70001, 0));
  EXPECT_EQ("PAM_AUTHINFO_UNAVAIL", logon());
  ASSERT_EQ(0, ::chown(settings, 0, 0));
  EXPECT_EQ("PAM_SUCCESS", logon());
}

TEST_F(PamConfiguration, WhatIsNoFileIsARefusalAtOnce) {
  ASSERT_EQ(0, ::mkfifo(settings, 0644));
  EXPECT_EQ("PAM_AUTHINFO_UNAVAIL", logon());
  ::unlink(settings);
  write_file("/etc/openlsa/elsewhere", "package = \"PamPeer\"\n", 0644);
  ASSERT_EQ(0, ::symlink("/etc/openlsa/elsewhere", settings));
  EXPECT_EQ("PAM_AUTHINFO_UNAVAIL", logon());
  ::unlink(settings);
  ASSERT_EQ(0, ::mkdir(settings, 0755));
  EXPECT_EQ("PAM_AUTHINFO_UNAVAIL", logon());
  ::rmdir(settings);
  write_file(settings, std::string(70'000, '#'), 0644);
  EXPECT_EQ("PAM_AUTHINFO_UNAVAIL", logon());
}

}  // namespace
}  // namespace openlsa::test
