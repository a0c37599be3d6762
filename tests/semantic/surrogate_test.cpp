// LogonUserEx3 and the surrogates, as packages see them. The witness has no right to passwords; Probe and Probe2 have.
#include <gtest/gtest.h>
#include <openlsa/ntstatus.h>

#include "support/authority_environment.hpp"
#include "support/child.hpp"
#include "support/composition.hpp"
#include "support/lsa_client.hpp"
#include "support/sspi_client.hpp"
#include "support/tokens.hpp"

namespace openlsa::test {
namespace {

LogonResult logon(const char* package, const std::string& script, SECURITY_LOGON_TYPE type = Interactive) {
  return Connection::trusted().logon(package, script, type);
}

// What the two packages of each file added, of as many files as there are; `first` are the probe's.
bool is_pairs_of(const std::string& entries, const std::string& first) {
  if (entries.rfind(first, 0) != 0) return false;
  const std::string others = ",from0,from1";
  std::size_t at = first.size(), pairs = 1;
  for (; entries.compare(at, others.size(), others) == 0; at += others.size()) ++pairs;
  return at == entries.size() && pairs >= 2;
}

// What a line says under a name.
std::string said(const std::string& line, const std::string& name) {
  const std::size_t at = line.find(" " + name + "=");
  if (at == std::string::npos) return "";
  const std::size_t begin = at + name.size() + 2;
  return line.substr(begin, line.find(' ', begin) - begin);
}

TEST(Surrogates, AreAskedBeforeAndAfterTheLogonPackage) {
  const LogWatch probe("probe"), witness("witness");
  const LogonResult result = logon("Probe", "user=alice");
  ASSERT_STATUS(STATUS_SUCCESS, result.status);
  for (const LogWatch* log : {&probe, &witness})
    for (const char* package : {"0", "1"}) {
      EXPECT_EQ(log->count({"BeforeLogon", package, "type=2", "version=1"}), 1) << package;
      EXPECT_EQ(log->count({"AfterLogon", package, "luid=" + std::to_string(result.luid), "status=0x00000000"}), 1);
    }
  const std::vector<std::string> lines = probe.lines();
  const auto place = [&](const std::string& begin) {
    for (std::size_t i = 0; i < lines.size(); ++i)
      if (lines[i].rfind(begin, 0) == 0) return i;
    return lines.size();
  };
  EXPECT_LT(place("BeforeLogon 1"), place("LogonUser 0"));
  EXPECT_LT(place("LogonUser 0"), place("AcceptCredentials 0"));
  EXPECT_LT(place("AcceptCredentials 1"), place("AfterLogon 0"));
  EXPECT_LT(place("AfterLogon 0"), lines.size());
}

TEST(Surrogates, TheNewestLogonSlotGetsWhatTheyAdded) {
  const LogWatch probe("probe"), witness("witness");
  ASSERT_STATUS(STATUS_SUCCESS, logon("Probe2", "user=alice\nsurrogate=add").status);
  const std::string newest = probe.find({"NewestLogonSlot"});
  EXPECT_TRUE(is_pairs_of(said(newest, "entries"), "from0,from1")) << newest;
  EXPECT_NE(said(newest, "id"), "0");
  EXPECT_EQ(said(newest, "id"), said(witness.find({"BeforeLogon", "0"}), "id"));
  EXPECT_EQ(said(probe.find({"AfterLogon", "1"}), "entries"), "from1") << "its own come back to each";
  EXPECT_EQ(said(witness.find({"AfterLogon", "0"}), "entries"), "from0");
  EXPECT_EQ(probe.count({"LogonUser", "1"}), 1) << "once, by the newest slot";

  const LogWatch again("probe");
  ASSERT_STATUS(STATUS_SUCCESS, logon("Probe2", "user=alice\nsurrogate=null").status);
  EXPECT_TRUE(is_pairs_of(said(again.find({"NewestLogonSlot"}), "entries"), "NULL,NULL")) << "who may see the text";
  const LogWatch older("probe");
  ASSERT_STATUS(STATUS_SUCCESS, logon("Probe", "user=alice").status);
  EXPECT_EQ(older.count({"NewestLogonSlot"}), 0) << "Probe fills LogonUserEx2";
}

TEST(Surrogates, SeeWhatTheirRightsAllow) {
  const LogWatch probe("probe"), witness("witness");
  ASSERT_STATUS(STATUS_SUCCESS,
                logon("Probe", "user=alice\npassword=topsecret\nprofile=text\nsupplemental=Witness:extra").status);
  EXPECT_EQ(probe.count({"BeforeLogon", "1", "user=alice"}), 1);
  EXPECT_EQ(witness.count({"BeforeLogon", "0", "user=(withheld)"}), 1);
  const std::string trusted = probe.find({"AfterLogon", "1"}), plain = witness.find({"AfterLogon", "0"});
  EXPECT_EQ(said(trusted, "password"), "topsecret");
  EXPECT_EQ(said(trusted, "submit"), "alice");
  EXPECT_EQ(said(trusted, "profile"), "16:464f5250") << "it can be read where the client will find it";
  EXPECT_EQ(said(trusted, "supplemental"), "");
  EXPECT_EQ(said(plain, "password"), "(none)");
  EXPECT_EQ(said(plain, "submit"), "(withheld)");
  EXPECT_EQ(said(plain, "profile"), "(none)");
  EXPECT_EQ(said(plain, "supplemental"), "extra");
  for (const std::string& line : {trusted, plain}) {
    EXPECT_EQ(said(line, "account"), "alice");
    EXPECT_EQ(said(line, "authority"), "PROBE");
    EXPECT_EQ(said(line, "machine"), "PROBEMACHINE");
    EXPECT_EQ(said(line, "token").rfind("1:" + alice().sid + ":S-1-5-32-545:", 0), 0u) << line;
  }
}

TEST(Surrogates, AFailureOfOneNeverFailsALogon) {
  for (const char* how : {"surrogate=fail", "surrogate=wild", "surrogate=many", "post-surrogate=fail"}) {
    const std::string before = installation().audit();
    const LogonResult result = logon("Probe2", std::string("user=alice\n") + how);
    EXPECT_STATUS(STATUS_SUCCESS, result.status) << how;
    EXPECT_TRUE(result.token) << how;
    const std::string fresh = installation().audit().substr(before.size());
    EXPECT_NE(fresh.find("\"event\":\"surrogate\""), std::string::npos) << how << fresh;
  }
  const std::string before = installation().audit();
  ASSERT_STATUS(STATUS_SUCCESS, logon("Probe2", "user=alice\nsurrogate=add").status);
  EXPECT_EQ(installation().audit().substr(before.size()).find("\"event\":\"surrogate\""), std::string::npos);
}

TEST(Surrogates, ACrashOfOneNeverFailsALogonOfAnotherFile) {
  OPENLSA_NEEDS_ISOLATION();
  // The probe's host dies in PreLogonUserSurrogate; the witness logs on all the same.
  const LogonResult result = logon("Witness", "user=alice\nsurrogate=crash");
  EXPECT_STATUS(STATUS_SUCCESS, result.status);
  EXPECT_TRUE(eventually([] { return Connection::untrusted().call("Probe", "echo x")["echo"] == "x"; }));
}

TEST(Surrogates, HearOfAFailureWithItsNamesAndNothingElse) {
  const LogWatch probe("probe"), witness("witness");
  const LogonResult result =
      logon("Probe", "user=alice\npassword=p\nfail=after-token\nstatus=0xC000006E\nsub-status=0xC0000071");
  EXPECT_STATUS(STATUS_ACCOUNT_RESTRICTION, result.status);
  for (const LogWatch* log : {&probe, &witness})
    EXPECT_EQ(log->count({"AfterLogon", "0", "luid=0", "status=0xC000006E", "sub-status=0xC0000071", "account=alice",
                          "token=(none)", "profile=(none)", "password=(none)"}),
              1);
  // The package succeeded, the authority did not let it vouch.
  const LogWatch late("witness");
  EXPECT_STATUS(STATUS_ACCESS_DENIED, logon("Probe", "user=S-1-5-18").status);
  EXPECT_EQ(late.count({"AfterLogon", "0", "luid=0", "status=0xC0000022", "token=(none)"}), 1);
}

TEST(UncalledSlots, AreAcceptedAndNeverCalled) {
  const LogWatch probe("probe"), witness("witness");
  ASSERT_STATUS(STATUS_SUCCESS, logon("Probe", "user=alice\npassword=p", RemoteInteractive).status);
  ASSERT_STATUS(STATUS_SUCCESS, logon("Probe2", "user=alice", Unlock).status);
  Conversation talk("a-user=alice");
  ASSERT_TRUE(talk.complete());
  EXPECT_EQ(probe.count({"Uncalled"}), 0);
  EXPECT_EQ(witness.count({"Uncalled"}), 0);
  EXPECT_EQ(probe.count({"ValidateTarget"}), 0) << "a logon validates no target by itself";
}

TEST(TargetInfo, IsAskedOfTheOtherPackageForTheSameSubmission) {
  const Connection connection = Connection::untrusted();
  const LogWatch witness("witness");
  const std::string submission = "target=BOX\n";
  EXPECT_EQ(connection.call("Probe", submission + "validate-target Witness BOX")["validate-target"],
            status_text(STATUS_SUCCESS));
  EXPECT_EQ(witness.count({"ValidateTarget", "name=BOX", "domain=none", "read=0x00000000"}), 1);
  EXPECT_EQ(connection.call("Probe", submission + "validate-target Witness OTHER")["validate-target"],
            status_text(STATUS_INVALID_WORKSTATION));
  const CallResult found = connection.call("Probe", submission + "extract-target Witness");
  EXPECT_EQ(found["extract-target"], status_text(STATUS_SUCCESS));
  EXPECT_EQ(found["target-name"], "BOX");
  EXPECT_EQ(found["target-domain"], "S-1-5-32-544");
  EXPECT_EQ(connection.call("Probe", "extract-target Witness")["extract-target"], status_text(STATUS_NOT_FOUND));
  EXPECT_EQ(connection.call("Probe", "extract-target Nobody")["extract-target"], status_text(STATUS_NO_SUCH_PACKAGE));
  EXPECT_EQ(connection.call("Probe", "extract-target ClassicProbe")["extract-target"],
            status_text(STATUS_NOT_SUPPORTED));
  EXPECT_EQ(connection.call("Witness", "extract-target Probe")["extract-target"], status_text(STATUS_ACCESS_DENIED))
      << "the witness may call nobody";
  EXPECT_EQ(connection.call("Witness", submission + "extract-target Witness2")["extract-target"],
            status_text(STATUS_SUCCESS))
      << "but the packages of its own file";
}

}  // namespace
}  // namespace openlsa::test
