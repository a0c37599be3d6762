// CallPackage as the scripted package sees it: routing, the two statuses, outputs, and the control messages themselves.
#include <gtest/gtest.h>
#include <openlsa/ntsecpkg.h>
#include <openlsa/ntstatus.h>
#include <openlsa/winerror.h>
#include <unistd.h>

#include <nlohmann/json.hpp>
#include <thread>

#include "support/authority_environment.hpp"
#include "support/child.hpp"
#include "support/composition.hpp"
#include "support/lsa_client.hpp"
#include "support/scripted.hpp"
#include "support/sspi_client.hpp"

namespace openlsa::test {
namespace {

TEST(ScriptedCallPackage, ATrustedHandleReachesCallPackageAndNothingElse) {
  const Scripted scripted;
  const CallResult result = Connection::trusted().call("Scripted", "hello");
  EXPECT_STATUS(STATUS_SUCCESS, result.status);
  EXPECT_EQ(result["door"], "trusted");
  const ScriptedCall call = scripted.only("CallPackage");
  EXPECT_EQ(call["submit"], "hello");
  EXPECT_EQ(call["tcb"], is_root() ? "1" : call["tcb"]);
  EXPECT_EQ(call["client-process"], std::to_string(::getpid()));
  EXPECT_EQ(scripted.count("CallPackageUntrusted"), 0u);
  EXPECT_EQ(scripted.count("CallPackage", "Scripted2"), 0u) << "the package that was named, not its file";
}

TEST(ScriptedCallPackage, AnUntrustedHandleReachesCallPackageUntrustedAndNothingElse) {
  const Scripted scripted;
  const CallResult result = Connection::untrusted().call("Scripted2", "hello");
  EXPECT_EQ(result["door"], "untrusted");
  EXPECT_EQ(scripted.only("CallPackageUntrusted", "Scripted2")["submit"], "hello");
  EXPECT_EQ(scripted.count("CallPackage", "Scripted2") + scripted.count("CallPackagePassthrough", "Scripted2"), 0u);
}

TEST(ScriptedCallPackage, ThePackagesStatusIsNotTheProtocols) {
  const Scripted scripted;
  scripted.set("CallPackageUntrusted", "protocol=0xC0000022");
  const CallResult protocol = Connection::untrusted().call("Scripted", "x");
  EXPECT_STATUS(STATUS_SUCCESS, protocol.status);
  EXPECT_STATUS(STATUS_ACCESS_DENIED, protocol.protocol_status);
  EXPECT_EQ(protocol["echo"], "x") << "a refusal of the protocol may have an answer";
  scripted.set("CallPackageUntrusted", "run=1 return=0xC00000BB protocol=0xC0000022");
  const CallResult failed = Connection::untrusted().call("Scripted", "x");
  EXPECT_STATUS(STATUS_NOT_SUPPORTED, failed.status);
  EXPECT_EQ(failed.bytes, "") << "the package failed: its buffer is no answer";
}

TEST(ScriptedCallPackage, SuccessWithoutOutputsIsAnEmptyAnswer) {
  const Scripted scripted;
  scripted.set("CallPackageUntrusted", "return=0");
  PVOID returned = &returned;
  ULONG size = 99;
  NTSTATUS protocol = 77;
  const Connection connection = Connection::untrusted();
  char submit[] = "x";
  EXPECT_STATUS(STATUS_SUCCESS, LsaCallAuthenticationPackage(connection.handle(), connection.package("Scripted"),
                                                             submit, 1, &returned, &size, &protocol));
  EXPECT_EQ(returned, nullptr) << "what the caller had there before is no buffer";
  EXPECT_EQ(size, 0u);
  EXPECT_STATUS(STATUS_SUCCESS, protocol);
}

TEST(ScriptedCallPackage, ABufferThatIsNoClientBufferFailsTheCallOnly) {
  const Scripted scripted;
  for (const char* lie : {"allocator=lsa", "allocator=private", "allocator=malloc", "allocator=static",
                          "allocator=wild", "allocator=freed", "size=0x10000000"}) {
    scripted.set("CallPackageUntrusted", std::string("on=1 ") + lie);
    const CallResult result = Connection::untrusted().call("Scripted", "x");
    EXPECT_LT(result.status, 0) << lie;
    EXPECT_EQ(result.bytes, "") << lie;
    EXPECT_EQ(Connection::untrusted().call("Scripted", "again")["echo"], "again") << lie;
  }
}

TEST(ScriptedCallPackage, OneCallOfManyIsScripted) {
  const Scripted scripted;
  scripted.set("CallPackageUntrusted", "on=2 return=0xC0000001");
  const Connection connection = Connection::untrusted();
  EXPECT_STATUS(STATUS_SUCCESS, connection.call("Scripted", "x").status);
  EXPECT_STATUS(STATUS_UNSUCCESSFUL, connection.call("Scripted", "x").status);
  EXPECT_STATUS(STATUS_SUCCESS, connection.call("Scripted", "x").status);
  EXPECT_STATUS(STATUS_SUCCESS, connection.call("Scripted2", "x").status);
  const auto calls = scripted.record("CallPackageUntrusted");
  ASSERT_EQ(calls.size(), 3u);
  EXPECT_LT(calls[0].sequence, calls[1].sequence);
  EXPECT_STATUS(STATUS_UNSUCCESSFUL, calls[1].status.value_or(1));
  EXPECT_EQ(calls[2]["number"], "3");
}

TEST(ScriptedCallPackage, OthersGoOnWhileOneAnswerIsLate) {
  const Scripted scripted;
  scripted.set("CallPackageUntrusted", "on=1 wait=late");
  CallResult late;
  std::thread waiting([&] { late = Connection::untrusted().call("Scripted", "late"); });
  EXPECT_TRUE(scripted.wait("CallPackageUntrusted"));
  EXPECT_EQ(Connection::untrusted().call("Scripted", "x")["echo"], "x") << "the same package";
  EXPECT_EQ(Connection::untrusted().call("Scripted2", "x")["echo"], "x") << "another of its file";
  EXPECT_EQ(Connection::untrusted().call("Probe", "echo x")["echo"], "x") << "another file";
  EXPECT_STATUS(STATUS_SUCCESS, Connection::trusted().logon("Probe", "user=alice").status);
  EXPECT_STATUS(STATUS_SUCCESS, Connection::trusted().logon("Scripted", "user=alice").status);
  EXPECT_TRUE(Conversation("user=alice", "Scripted").complete());
  scripted.open_gate("late");
  waiting.join();
  EXPECT_EQ(late["echo"], "late") << "late, and whole";
}

// "On failure the thread keeps the identity of the LSA": a package that asks must be told.
TEST(ScriptedCallPackage, ItsWorkIsDoneAsTheClient) {
  const Scripted scripted;
  scripted.set("CallPackageUntrusted", "impersonate=1");
  EXPECT_EQ(Connection::untrusted().call("Scripted", "x")["echo"], "x");
}

TEST(ScriptedCallPackage, AFailingImpersonateClientStopsTheOperation) {
  const Scripted scripted;
  scripted.set("AcceptCredentials", "impersonate=1");  // the authority itself calls: there is no client
  LogonResult logon = Connection::trusted().logon("Scripted", "user=alice");
  ASSERT_STATUS(STATUS_SUCCESS, logon.status);
  EXPECT_LT(scripted.only("AcceptCredentials").status.value_or(0), 0);
  EXPECT_STATUS(STATUS_SUCCESS, scripted.only("AcceptCredentials", "Scripted2").status.value_or(1));
  logon.token.close();
  const auto kept = [&](const char* package) {
    const auto calls = scripted.record_of("LogonTerminated", "luid", std::to_string(logon.luid), package);
    return calls.empty() ? "nothing yet" : calls[0]["kept"];
  };
  EXPECT_TRUE(eventually([&] { return kept("Scripted") != "nothing yet" && kept("Scripted2") != "nothing yet"; }));
  EXPECT_EQ(kept("Scripted"), "none") << "what follows the failed call was not done";
  EXPECT_EQ(kept("Scripted2"), "alice");
}

TEST(ScriptedCallPackage, ADeadClientCannotBeImpersonated) {
  OPENLSA_NEEDS_DAEMON();
  const Scripted scripted;
  const auto clients = [] { return nlohmann::json::parse(admin("status").json).value("clients", 0); };
  const int before = clients();
  scripted.set("CallPackageUntrusted", "wait=death impersonate=1");
  Child child([](const Line& line) {
    line.say("calls");
    return Connection::untrusted().call("Scripted", "x").bytes;
  });
  ASSERT_EQ(child.line().hear(), "calls");
  ASSERT_TRUE(scripted.wait("CallPackageUntrusted"));
  child.kill();
  EXPECT_TRUE(eventually([&] { return clients() <= before; })) << "the authority has seen its end";
  scripted.open_gate("death");
  EXPECT_TRUE(eventually([&] { return scripted.only("CallPackageUntrusted").status.has_value(); }));
  EXPECT_LT(scripted.only("CallPackageUntrusted").status.value_or(0), 0);
}

TEST(ScriptedCallPackage, ControlMessagesWorkWhateverTheScriptSays) {
  const Scripted scripted;
  const Connection connection = Connection::untrusted();
  EXPECT_EQ(connection.call("Scripted", "set CallPackageUntrusted return=0xC0000001").bytes, "set\n");
  EXPECT_STATUS(STATUS_UNSUCCESSFUL, connection.call("Scripted", "x").status);
  const std::string record = connection.call("Scripted", "record CallPackageUntrusted").bytes;
  EXPECT_NE(record.find("submit=x"), std::string::npos) << record;
  EXPECT_EQ(connection.call("Scripted", "clear").bytes, "cleared\n");
  EXPECT_STATUS(STATUS_SUCCESS, connection.call("Scripted", "x").status);
  EXPECT_EQ(scripted.count("CallPackageUntrusted"), 1u) << "the record was cleared as well";
}

}  // namespace
}  // namespace openlsa::test
