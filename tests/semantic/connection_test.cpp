// LsaRegisterLogonProcess, LsaConnectUntrusted, LsaLookupAuthenticationPackage, LsaDeregisterLogonProcess.
#include <gtest/gtest.h>
#include <openlsa/ntstatus.h>

#include "support/authority_environment.hpp"
#include "support/child.hpp"
#include "support/composition.hpp"
#include "support/lsa_client.hpp"

namespace openlsa::test {
namespace {

TEST(Connection, BothKindsGiveHandlesThatEndOnce) {
  Connection trusted = Connection::trusted();
  ASSERT_STATUS(STATUS_SUCCESS, trusted.status());
  Connection untrusted = Connection::untrusted();
  ASSERT_STATUS(STATUS_SUCCESS, untrusted.status());
  EXPECT_NE(trusted.handle(), untrusted.handle());
  const HANDLE handle = trusted.release();
  EXPECT_STATUS(STATUS_SUCCESS, LsaDeregisterLogonProcess(handle));
  EXPECT_STATUS(STATUS_INVALID_HANDLE, LsaDeregisterLogonProcess(handle));
  EXPECT_STATUS(STATUS_INVALID_HANDLE, LsaDeregisterLogonProcess(nullptr));
}

TEST(Connection, ANameOfMoreThan127BytesIsTooLong) {
  EXPECT_STATUS(STATUS_SUCCESS, Connection::trusted(std::string(127, 'n').c_str()).status());
  EXPECT_STATUS(STATUS_NAME_TOO_LONG, Connection::trusted(std::string(128, 'n').c_str()).status());
}

TEST(Connection, BadArgumentsGiveStatuses) {
  HANDLE handle = nullptr;
  LSA_OPERATIONAL_MODE mode = 0;
  LSA_STRING lies{10, 10, nullptr};
  EXPECT_STATUS(STATUS_INVALID_PARAMETER, LsaRegisterLogonProcess(nullptr, &handle, &mode));
  EXPECT_STATUS(STATUS_INVALID_PARAMETER, LsaRegisterLogonProcess(&lies, &handle, &mode));
  EXPECT_STATUS(STATUS_INVALID_PARAMETER, LsaConnectUntrusted(nullptr));
  EXPECT_EQ(handle, nullptr);
}

TEST(Connection, ARegistrationIsAuditedWithItsName) {
  const Connection connection = Connection::trusted("audited-name-4711");
  ASSERT_STATUS(STATUS_SUCCESS, connection.status());
  EXPECT_TRUE(eventually([] { return installation().audit().find("audited-name-4711") != std::string::npos; }));
}

TEST(Connection, AnotherUserIsNoLogonProcess) {
  OPENLSA_NEEDS_DAEMON();
  OPENLSA_NEEDS_ROOT();
  const std::string said = in_child(
      [] {
        return status_text(Connection::trusted("intruder").status()) + " " +
               status_text(Connection::untrusted().status());
      },
      Identity{alice().uid, alice().gid});
  EXPECT_EQ(said, status_text(STATUS_PORT_CONNECTION_REFUSED) + " " + status_text(STATUS_SUCCESS));
}

TEST(Lookup, FindsPackagesByNameWhateverTheCase) {
  const Connection connection = Connection::untrusted();
  const ULONG probe = connection.package("Probe");
  EXPECT_NE(probe, 0xffffffff);
  EXPECT_EQ(connection.package("PROBE"), probe);
  EXPECT_NE(connection.package("Probe2"), probe);
  EXPECT_NE(connection.package("Probe2"), 0xffffffff);
  EXPECT_NE(connection.package("ClassicProbe"), 0xffffffff);
}

TEST(Lookup, SaysWhyNot) {
  const Connection connection = Connection::untrusted();
  ULONG id = 77;
  AnsiText missing("No Such Package"), good("Probe"), longest(std::string(128, 'x')), empty("");
  EXPECT_STATUS(STATUS_NO_SUCH_PACKAGE, LsaLookupAuthenticationPackage(connection.handle(), missing.get(), &id));
  EXPECT_STATUS(STATUS_NO_SUCH_PACKAGE, LsaLookupAuthenticationPackage(connection.handle(), empty.get(), &id));
  EXPECT_STATUS(STATUS_NAME_TOO_LONG, LsaLookupAuthenticationPackage(connection.handle(), longest.get(), &id));
  EXPECT_STATUS(STATUS_INVALID_PARAMETER, LsaLookupAuthenticationPackage(connection.handle(), good.get(), nullptr));
  EXPECT_STATUS(STATUS_INVALID_HANDLE,
                LsaLookupAuthenticationPackage(reinterpret_cast<HANDLE>(0x7ffffff4), good.get(), &id));
}

TEST(Lookup, ThePackageWhoseInitialisationFailedIsNotThere) {
  const Connection connection = Connection::untrusted();
  EXPECT_EQ(connection.package("FailingSecond"), 0xffffffff);
  ASSERT_NE(connection.package("FailingFirst"), 0xffffffff);
  ASSERT_NE(connection.package("FailingThird"), 0xffffffff);
  // The others of the file stay, and the dropped one keeps its id between theirs.
  const CallResult ids = connection.call("FailingFirst", "");
  ASSERT_STATUS(STATUS_SUCCESS, ids.status);
  ASSERT_EQ(ids.bytes.size(), 3 * sizeof(ULONG));
  const auto* id = reinterpret_cast<const ULONG*>(ids.bytes.data());
  EXPECT_EQ(id[0], connection.package("FailingFirst"));
  EXPECT_EQ(id[1], id[0] + 1);
  EXPECT_EQ(id[2], connection.package("FailingThird"));
  EXPECT_EQ(id[2], id[0] + 2);
}

}  // namespace
}  // namespace openlsa::test
