// UpdateCredentials, CallPackagePassthrough and the extended information, as packages and administrators see them.
#include <gtest/gtest.h>
#include <openlsa/ntstatus.h>

#include "support/authority_environment.hpp"
#include "support/child.hpp"
#include "support/composition.hpp"
#include "support/lsa_client.hpp"
#include "support/tokens.hpp"

namespace openlsa::test {
namespace {

CallResult update(const Connection& connection, const char* package, const std::string& arguments) {
  return connection.call(package, "update-credentials " + arguments);
}

TEST(UpdateCredentials, ReachEveryPackageWithTheFlagAndTheOldPassword) {
  const Connection connection = Connection::trusted();
  const LogonResult logon = connection.logon("Probe", "user=alice\npassword=first");
  ASSERT_STATUS(STATUS_SUCCESS, logon.status);
  const std::string luid = std::to_string(logon.luid);
  const LogWatch probe("probe"), witness("witness");
  ASSERT_EQ(update(connection, "Probe", luid + " second - newest")["update-credentials"], status_text(STATUS_SUCCESS));
  const std::string piece = "luid=" + luid;
  EXPECT_TRUE(probe.wait({"AcceptCredentials", "0", piece, "password=second", "update", "old=first", "clear=1"}));
  EXPECT_TRUE(probe.wait({"AcceptCredentials", "1", piece, "password=second", "update", "supplemental=newest"}));
  EXPECT_TRUE(witness.wait({"AcceptCredentials", "0", piece, "password=(none)", "update", "old=(none)", "clear=0"}));
  EXPECT_EQ(witness.count({"AcceptCredentials", "0", piece, "name=alice"}), 1) << "a name that is left out stays";
  ASSERT_EQ(update(connection, "Probe", luid + " third said")["update-credentials"], status_text(STATUS_SUCCESS));
  EXPECT_TRUE(probe.wait({"AcceptCredentials", "0", piece, "password=third", "old=said"}));
}

TEST(UpdateCredentials, OfTheCallersSessionByAnyPackageItCalls) {
  const Connection connection = Connection::trusted();
  LogonResult logon = connection.logon("Probe", "user=alice\npassword=first", Network);
  ASSERT_STATUS(STATUS_SUCCESS, logon.status);
  const std::string luid = std::to_string(logon.luid);
  EXPECT_EQ(update(connection, "Witness", luid + " x")["update-credentials"], status_text(STATUS_ACCESS_DENIED))
      << "the caller acts in another session";
  const LogWatch probe("probe"), witness("witness");
  ASSERT_STATUS(STATUS_SUCCESS, OpenLsaImpersonateTokenOnly(logon.token.get()));
  const CallResult result = update(connection, "Witness", luid + " mine");
  ASSERT_TRUE(RevertToSelf());
  EXPECT_EQ(result["update-credentials"], status_text(STATUS_SUCCESS));
  const std::string piece = "luid=" + luid;
  EXPECT_TRUE(witness.wait({"AcceptCredentials", "0", piece, "password=mine", "old=(none)"}))
      << "the password before was Probe's, which the witness may not have";
  EXPECT_TRUE(probe.wait({"AcceptCredentials", "0", piece, "password=mine", "update"})) << "it has the right";
}

TEST(UpdateCredentials, WhatIsRefused) {
  const Connection connection = Connection::trusted();
  const LogonResult logon = connection.logon("Probe", "user=alice\npassword=first");
  const std::string luid = std::to_string(logon.luid);
  const LogWatch witness("witness");
  EXPECT_EQ(update(connection, "Witness", luid + " x")["update-credentials"], status_text(STATUS_ACCESS_DENIED));
  EXPECT_EQ(update(connection, "Probe", "112233445566 x")["update-credentials"],
            status_text(STATUS_NO_SUCH_LOGON_SESSION));
  const CallResult early = connection.call("Probe", "create-session\nupdate-credentials $luid x\ndelete-session $luid");
  EXPECT_EQ(early["update-credentials"], status_text(STATUS_BAD_LOGON_SESSION_STATE));
  EXPECT_EQ(connection.call("Probe", "echo x")["echo"], "x");
  EXPECT_EQ(witness.count({"AcceptCredentials", "update"}), 0);
}

TEST(UpdateCredentials, AHostThatStartsAnewHearsTheNewest) {
  OPENLSA_NEEDS_ISOLATION();
  const Connection connection = Connection::trusted();
  const LogonResult logon = connection.logon("Probe", "user=alice\npassword=first");
  const std::string luid = std::to_string(logon.luid), piece = "luid=" + luid;
  {
    const LogWatch probe("probe");
    ASSERT_EQ(update(connection, "Probe", luid + " second")["update-credentials"], status_text(STATUS_SUCCESS));
    ASSERT_TRUE(probe.wait({"AcceptCredentials", "1", piece, "update"}));
  }
  const LogWatch probe("probe");
  EXPECT_STATUS(SEC_E_INTERNAL_ERROR, connection.call("Probe", "crash").status);
  EXPECT_TRUE(probe.wait({"AcceptCredentials", "0", piece, "password=second"}));
  EXPECT_EQ(probe.count({"AcceptCredentials", "0", piece, "update"}), 0) << "for a new host it is no update";
  EXPECT_EQ(probe.count({"AcceptCredentials", "0", piece, "password=first"}), 0);
}

TEST(PassThrough, FromPackageToPackageLandsInItsOwnSlot) {
  const Connection connection = Connection::untrusted();
  const CallResult result = connection.call("Probe", "call-through Probe2 call-info 0x1234");
  EXPECT_EQ(result["call"], status_text(STATUS_SUCCESS));
  EXPECT_EQ(result["inner.door"], "pass-through");
  EXPECT_EQ(result["inner.package"], "1");
  EXPECT_EQ(connection.call("Probe", "call Probe2 call-info")["inner.door"], "trusted");
  EXPECT_EQ(connection.call("Witness", "call-through Probe echo_x 0")["call"], status_text(STATUS_ACCESS_DENIED))
      << "the witness may call nobody";
  EXPECT_EQ(connection.call("Probe", "call-through Nobody echo_x 0")["call"], status_text(STATUS_NO_SUCH_PACKAGE));
}

TEST(PassThrough, KeepsTheTwoStatusesApart) {
  const Connection connection = Connection::untrusted();
  const CallResult result = connection.call("Probe", "call-through Probe2 protocol_0xC000006D 0");
  EXPECT_EQ(result["call"], status_text(STATUS_SUCCESS)) << "the request was attempted";
  EXPECT_EQ(result["call-protocol"], status_text(STATUS_LOGON_FAILURE)) << "and this came of it";
}

TEST(ExtendedInformation, IsInThePackageList) {
  const AdminAnswer list = admin("package-list");
  ASSERT_GE(list.status, 0) << list.message;
  const std::size_t details = list.json.find(R"("package":"Probe2")");
  ASSERT_NE(details, std::string::npos) << list.json;
  const std::string probe2 = list.json.substr(details, list.json.find("}]", list.json.find("extra_oids", details)));
  EXPECT_NE(probe2.find(R"("context_thunks":[13,2])"), std::string::npos) << probe2;
  EXPECT_NE(probe2.find(R"("gss_oid":"06062b060104012a")"), std::string::npos) << probe2;
  EXPECT_NE(probe2.find(R"("mutual_auth_level":2)"), std::string::npos) << probe2;
  EXPECT_NE(probe2.find(R"("wow_client_dll":"p32")"), std::string::npos) << probe2;
  EXPECT_NE(probe2.find(R"("attributes":1)"), std::string::npos) << probe2;
}

}  // namespace
}  // namespace openlsa::test
