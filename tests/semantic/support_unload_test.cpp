// UnloadPackage: the packages of the file "leaver" unload themselves. In one test, because they do so once.
#include <gtest/gtest.h>
#include <openlsa/ntsecpkg.h>
#include <openlsa/ntstatus.h>
#include <openlsa/winerror.h>

#include "support/authority_environment.hpp"
#include "support/child.hpp"
#include "support/lsa_client.hpp"
#include "support/sspi_client.hpp"

namespace openlsa::test {
namespace {

constexpr ULONG no_package = 0xffffffff;

SECURITY_STATUS acquire(const char* package) { return Credential(package, SECPKG_CRED_OUTBOUND).status(); }

TEST(UnloadPackage, APackageLeavesAndTheOthersStay) {
  const LogWatch log("leaver");
  const Connection connection = Connection::untrusted();
  if (connection.package("Leaver") == no_package) GTEST_SKIP() << "not run: it has unloaded itself in this run already";
  Credential kept("Leaver", SECPKG_CRED_OUTBOUND, "kept");
  ASSERT_STATUS(SEC_E_OK, kept.status());

  const ULONG leaver = connection.package("Leaver");
  const CallResult last = connection.call(leaver, "unload\necho still-here");
  ASSERT_STATUS(STATUS_SUCCESS, last.status) << "the call in which it asked goes on";
  EXPECT_EQ(last["unload"], status_text(STATUS_SUCCESS));
  EXPECT_EQ(last["unload-again"], status_text(STATUS_SUCCESS));
  EXPECT_EQ(last["echo"], "still-here");

  EXPECT_EQ(connection.package("Leaver"), no_package) << "it is on no list from then on";
  EXPECT_NE(connection.call(leaver, "echo x").status, STATUS_SUCCESS);
  EXPECT_TRUE(log.wait({"Shutdown", "0"})) << "SpShutdown, before it is unloaded";
  EXPECT_EQ(log.count({"FreeCredentialsHandle", "principal=kept"}), 1) << "its handles went first";
  EXPECT_EQ(log.count({"Shutdown", "1"}), 0);
  EXPECT_TRUE(eventually([] { return acquire("Leaver") == SEC_E_SECPKG_NOT_FOUND; }));
  EXPECT_NE(admin("package-list").json.find("unloaded itself"), std::string::npos) << "and the reason is said";

  EXPECT_EQ(connection.call("Leaver2", "echo other")["echo"], "other");
  EXPECT_STATUS(SEC_E_OK, acquire("Leaver2"));
  EXPECT_EQ(connection.call("Probe", "echo other-file")["echo"], "other-file");

  // The last one takes the file with it.
  EXPECT_EQ(connection.call("Leaver2", "unload\necho bye")["echo"], "bye");
  EXPECT_EQ(connection.package("Leaver2"), no_package);
  EXPECT_TRUE(log.wait({"Shutdown", "1"}));
  EXPECT_TRUE(
      eventually([] { return admin("package-list").json.find("All packages of the file") != std::string::npos; }));
  EXPECT_EQ(connection.call("Probe", "echo still")["echo"], "still");
}

}  // namespace
}  // namespace openlsa::test
