// The credential manager as packages see it: CrediWrite, CrediRead, CrediReadDomainCredentials, CrediFreeCredentials.
#include <gtest/gtest.h>
#include <openlsa/ntsecpkg.h>
#include <openlsa/ntstatus.h>

#include "support/authority_environment.hpp"
#include "support/child.hpp"
#include "support/lsa_client.hpp"

namespace openlsa::test {
namespace {

class ManagedCredentials : public ::testing::Test {
 protected:
  void SetUp() override {
    logon_ = Connection::trusted().logon("Probe", "user=alice", Interactive);
    ASSERT_STATUS(STATUS_SUCCESS, logon_.status);
  }
  CallResult probe(const std::string& command, const std::string& rest) const {
    return Connection::untrusted().call("Probe", command + " " + std::to_string(logon_.luid) + " " + rest);
  }
  LogonResult logon_;
};

TEST_F(ManagedCredentials, AreReadAsTheyWereWritten) {
  ASSERT_EQ(probe("cred-write", "2 Files a-secret")["cred-write"], status_text(STATUS_SUCCESS));
  const CallResult read = probe("cred-read", "2 FILES");
  ASSERT_EQ(read["cred-read"], status_text(STATUS_SUCCESS)) << "a target name compares without case";
  EXPECT_EQ(read["cred-target"], "Files");
  EXPECT_EQ(read["cred-user"], "TESTBOX\\alice");
  EXPECT_EQ(read["cred-comment"], "of the probe");
  EXPECT_EQ(read["cred-secret"], "a-secret");
  EXPECT_EQ(read["cred-attribute"], "Probe_Attribute=attribute value");
}

TEST_F(ManagedCredentials, WithoutTheClearFlagTheBlobIsProtected) {
  // CREDP_FLAGS_IN_PROCESS alone, both ways.
  ASSERT_EQ(probe("cred-write", "2 Files protected-secret 1")["cred-write"], status_text(STATUS_SUCCESS));
  const CallResult guarded = probe("cred-read", "2 Files 1");
  EXPECT_EQ(guarded["cred-secret"], "protected-secret") << "after LsaUnprotectMemory";
  EXPECT_EQ(guarded["cred-raw"].find("protected-secret"), std::string::npos);
  EXPECT_EQ(probe("cred-read", "2 Files 9")["cred-raw"], "protected-secret");
}

TEST_F(ManagedCredentials, ThatAreNotThereOrCannotBe) {
  EXPECT_EQ(probe("cred-read", "2 nowhere")["cred-read"], status_text(STATUS_NOT_FOUND));
  EXPECT_EQ(probe("cred-read", "2 nowhere")["cred-given"], "0");
  EXPECT_EQ(probe("cred-read", "4 nowhere")["cred-read"], status_text(STATUS_INVALID_PARAMETER))
      << "a visible password is no longer supported";
  EXPECT_EQ(probe("cred-write", "2 Files s 9 2")["cred-write"], status_text(STATUS_NOT_SUPPORTED))
      << "nothing is kept on disk";
  EXPECT_EQ(probe("cred-write", "2 Files s 9 0")["cred-write"], status_text(STATUS_INVALID_PARAMETER));
  EXPECT_EQ(probe("cred-write", "2 Files s 0x18")["cred-write"], status_text(STATUS_NOT_SUPPORTED))
      << "there is no RtlEncryptMemory";
  EXPECT_EQ(probe("cred-write", "2 Files s 0x100")["cred-write"], status_text(STATUS_INVALID_PARAMETER));
  EXPECT_EQ(probe("cred-read", "2 Files")["cred-read"], status_text(STATUS_NOT_FOUND)) << "none of these wrote";
}

TEST_F(ManagedCredentials, TheMostSpecificOneIsForATarget) {
  ASSERT_EQ(probe("cred-write", "2 *.example.com wildcard")["cred-write"], status_text(STATUS_SUCCESS));
  ASSERT_EQ(probe("cred-write", "3 LAB\\* certificate")["cred-write"], status_text(STATUS_SUCCESS));
  const CallResult both = probe("cred-domain", "files.example.com LAB");
  EXPECT_EQ(both["cred-domain"], status_text(STATUS_SUCCESS));
  EXPECT_EQ(both["cred-found"], "LAB\\*:certificate,*.example.com:wildcard,");
  ASSERT_EQ(probe("cred-write", "2 files.example.com exact")["cred-write"], status_text(STATUS_SUCCESS));
  EXPECT_EQ(probe("cred-domain", "files.example.com")["cred-found"], "files.example.com:exact,");
  const CallResult none = probe("cred-domain", "files.example.org");
  EXPECT_EQ(none["cred-domain"], status_text(STATUS_NOT_FOUND));
  EXPECT_EQ(none["cred-found"], "");
  EXPECT_EQ(probe("cred-domain", "-")["cred-domain"], status_text(STATUS_INVALID_PARAMETER)) << "no name at all";
}

TEST_F(ManagedCredentials, OfSessionsThatAreReachedOnly) {
  ASSERT_EQ(probe("cred-write", "2 Files a-secret")["cred-write"], status_text(STATUS_SUCCESS));
  const Connection connection = Connection::untrusted();
  const std::string luid = std::to_string(logon_.luid);
  EXPECT_EQ(connection.call("Witness", "cred-read " + luid + " 2 Files")["cred-read"],
            status_text(STATUS_ACCESS_DENIED));
  EXPECT_EQ(connection.call("Witness", "cred-write " + luid + " 2 Files x")["cred-write"],
            status_text(STATUS_ACCESS_DENIED));
  EXPECT_EQ(connection.call("Witness", "cred-domain " + luid + " Files")["cred-domain"],
            status_text(STATUS_ACCESS_DENIED));
  EXPECT_TRUE(eventually([] { return installation().audit().find("CrediRead: ") != std::string::npos; }));
  EXPECT_EQ(connection.call("Probe", "cred-read 665544332211 2 Files")["cred-read"],
            status_text(STATUS_NO_SUCH_LOGON_SESSION));
}

TEST_F(ManagedCredentials, SecretsAreForPackagesWithTheRightAndTheirWriters) {
  // The session of this process is its caller's for both packages.
  const Connection connection = Connection::untrusted();
  ASSERT_EQ(connection.call("Probe", "client-info\ncred-write $logon-id 2 Files a-secret")["cred-write"],
            status_text(STATUS_SUCCESS));
  const CallResult withheld = connection.call("Witness", "client-info\ncred-read $logon-id 2 Files");
  EXPECT_EQ(withheld["cred-read"], status_text(STATUS_SUCCESS));
  EXPECT_EQ(withheld["cred-user"], "TESTBOX\\alice");
  EXPECT_EQ(withheld["cred-secret"], "");
  ASSERT_EQ(connection.call("Witness", "client-info\ncred-write $logon-id 2 Own its-own")["cred-write"],
            status_text(STATUS_SUCCESS));
  EXPECT_EQ(connection.call("Witness", "client-info\ncred-read $logon-id 2 Own")["cred-secret"], "its-own");
  EXPECT_EQ(connection.call("Probe", "client-info\ncred-read $logon-id 2 Own")["cred-secret"], "its-own");
}

TEST_F(ManagedCredentials, ANetworkLogonHasNone) {
  const LogonResult network = Connection::trusted().logon("Probe", "user=alice", Network);
  ASSERT_STATUS(STATUS_SUCCESS, network.status);
  EXPECT_EQ(
      Connection::untrusted().call("Probe", "cred-write " + std::to_string(network.luid) + " 2 Files x")["cred-write"],
      status_text(STATUS_NO_SUCH_LOGON_SESSION));
}

TEST_F(ManagedCredentials, EndWithTheSession) {
  ASSERT_EQ(probe("cred-write", "2 Files a-secret")["cred-write"], status_text(STATUS_SUCCESS));
  ASSERT_TRUE(logon_.token.close());
  EXPECT_TRUE(eventually(
      [&] { return probe("cred-read", "2 Files")["cred-read"] == status_text(STATUS_NO_SUCH_LOGON_SESSION); }));
}

}  // namespace
}  // namespace openlsa::test
