// Hosts of package files: what the packages saw at their start, and, isolated, the end of a host and its return.
#include <gtest/gtest.h>
#include <openlsa/ntstatus.h>
#include <openlsa/winerror.h>
#include <signal.h>

#include "support/authority_environment.hpp"
#include "support/child.hpp"
#include "support/composition.hpp"
#include "support/lsa_client.hpp"
#include "support/sspi_client.hpp"

namespace openlsa::test {
namespace {

bool answers(const char* package) { return Connection::untrusted().call(package, "echo x")["echo"] == "x"; }

TEST(Host, InitialisesEachPackageOnceWithItsId) {
  int first = 0, second = 0;
  const Connection connection = Connection::untrusted();
  const auto id = [&](const char* name) { return " id=" + std::to_string(connection.package(name)) + " "; };
  for (const std::string& line : installation().package_log("probe")) {
    if (line.rfind("Initialize 0", 0) == 0) {
      ++first;
      EXPECT_NE(line.find(id("Probe")), std::string::npos) << line;
      EXPECT_NE(line.find("domain=TESTBOX"), std::string::npos) << line;
      EXPECT_NE(line.find("no-call"), std::string::npos) << "nobody calls at the start";
    }
    if (line.rfind("Initialize 1", 0) == 0) ++second;
  }
  EXPECT_GE(first, 1);
  EXPECT_EQ(first, second);
}

TEST(Host, AddedPackagesAreListedWithTheirState) {
  const AdminAnswer list = admin("package-list");
  ASSERT_GE(list.status, 0) << list.message;
  for (const char* name : {"Probe", "Probe2", "Witness", "ClassicProbe", "FailingFirst"})
    EXPECT_NE(list.json.find("\"" + std::string(name) + "\""), std::string::npos) << list.json;
  // The one whose initialisation failed never said its name; its file says why (STATUS_NO_SUCH_DOMAIN).
  EXPECT_NE(list.json.find("C00000DF"), std::string::npos) << list.json;
}

TEST(Host, IsInItsSandboxBeforeThePackageIsLoaded) {
  OPENLSA_NEEDS_ISOLATION();
  const CallResult result = Connection::untrusted().call("Probe", "loading");
  EXPECT_EQ(result["at-load-seccomp"], "2") << "a constructor of the package ran outside of the filter";
  EXPECT_EQ(result["at-load-no-new-privileges"], "1");
  EXPECT_EQ(result["at-load-dumpable"], "0");
  EXPECT_EQ(result["at-load-read-passwd"], "0") << "(a kernel without Landlock does not confine files)";
  if (is_root()) {
    EXPECT_GE(std::stoul(result["at-load-uid"]), 59500u);
  }
}

TEST(HostCrash, CostsOnlyItsOwnFile) {
  OPENLSA_NEEDS_ISOLATION();
  Conversation talk("a-user=alice");
  ASSERT_TRUE(talk.complete());
  Credential credential("Probe", SECPKG_CRED_OUTBOUND);
  Context half_open;
  ASSERT_STATUS(SEC_I_CONTINUE_NEEDED, half_open.initialize(credential, "").status);
  const LogonResult logon = Connection::trusted().logon("Probe", "user=bob");
  ASSERT_STATUS(STATUS_SUCCESS, logon.status);

  const CallResult crashed = Connection::untrusted().call("Probe", "crash");
  EXPECT_STATUS(SEC_E_INTERNAL_ERROR, crashed.status);
  EXPECT_TRUE(answers("Witness"));
  EXPECT_EQ(talk.acceptor.unseal(talk.initiator.seal("still talking", 0), 0), "still talking");
  EXPECT_TRUE(session_listed(logon.luid)) << "sessions and tokens are the authority's";
  // What lived in the host is gone, and says so; it can still be freed.
  EXPECT_STATUS(SEC_E_INVALID_HANDLE, half_open.initialize(credential, "", "P2\n").status);
  EXPECT_STATUS(SEC_E_OK, half_open.free());
  EXPECT_STATUS(SEC_E_OK, credential.free());
  EXPECT_TRUE(eventually([] { return answers("Probe"); })) << "the host comes back";
  EXPECT_TRUE(eventually([] { return Conversation("a-user=alice").complete(); }));
}

TEST(HostCrash, InALegAndInALogon) {
  OPENLSA_NEEDS_ISOLATION();
  Conversation talk("a-user=alice&a-crash=1");
  EXPECT_STATUS(SEC_E_INTERNAL_ERROR, talk.acceptor_leg.status);
  EXPECT_FALSE(talk.acceptor.exists());
  ASSERT_TRUE(eventually([] { return answers("Probe"); }));
  const auto before = session_list();
  const LogonResult logon = Connection::trusted().logon("Probe", "user=alice\ncrash=1");
  EXPECT_STATUS(SEC_E_INTERNAL_ERROR, logon.status);
  EXPECT_FALSE(logon.token);
  ASSERT_TRUE(eventually([] { return answers("Probe"); }));
  EXPECT_LE(session_list().size(), before.size());
}

TEST(HostCrash, AnInnerPackageTakesOnlyTheInnerCall) {
  OPENLSA_NEEDS_ISOLATION();
  const CallResult result = Connection::untrusted().call("Probe", "call Witness crash\necho outer");
  EXPECT_STATUS(STATUS_SUCCESS, result.status);
  EXPECT_NE(result["call"], status_text(STATUS_SUCCESS));
  EXPECT_EQ(result["echo"], "outer");
  EXPECT_TRUE(eventually([] { return answers("Witness"); }));
}

TEST(HostCrash, AcceptCredentialsIsReplayedAfterwards) {
  OPENLSA_NEEDS_ISOLATION();
  const LogonResult logon = Connection::trusted().logon("Probe", "user=alice\npassword=again");
  ASSERT_STATUS(STATUS_SUCCESS, logon.status);
  const std::string luid = "luid=" + std::to_string(logon.luid);
  ASSERT_TRUE(eventually([] { return answers("Witness"); }));
  const LogWatch log("witness");
  Connection::untrusted().call("Witness", "crash");
  ASSERT_TRUE(eventually([] { return answers("Witness"); }));
  EXPECT_TRUE(log.wait({"AcceptCredentials", "0", luid})) << "before its first use";
}

}  // namespace
}  // namespace openlsa::test
