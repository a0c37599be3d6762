// LsaCallAuthenticationPackage: who reaches which entry point, the two statuses, and the memory of the caller.
#include <gtest/gtest.h>
#include <openlsa/ntsecpkg.h>
#include <openlsa/ntstatus.h>
#include <unistd.h>

#include "support/authority_environment.hpp"
#include "support/child.hpp"
#include "support/composition.hpp"
#include "support/lsa_client.hpp"
#include "support/ownership.hpp"
#include "support/tokens.hpp"

namespace openlsa::test {
namespace {

TEST(CallPackage, TheHandleDecidesWhichDoor) {
  EXPECT_EQ(Connection::trusted().call("Probe", "")["door"], "trusted");
  EXPECT_EQ(Connection::untrusted().call("Probe", "")["door"], "untrusted");
  EXPECT_EQ(Connection::untrusted().call("Probe2", "")["package"], "1");
}

TEST(CallPackage, AClassicPackageHasTheSameDoors) {
  EXPECT_EQ(Connection::trusted().call("ClassicProbe", "x").bytes, "classic trusted");
  EXPECT_EQ(Connection::untrusted().call("ClassicProbe", "x").bytes, "classic untrusted");
}

TEST(CallPackage, TheTwoStatusesAreTwo) {
  const Connection connection = Connection::untrusted();
  const CallResult refused = connection.call("Probe", "protocol 0xC0000022");
  EXPECT_STATUS(STATUS_SUCCESS, refused.status);
  EXPECT_STATUS(STATUS_ACCESS_DENIED, refused.protocol_status);
  EXPECT_EQ(refused["door"], "untrusted") << "the answer comes with a protocol status that is an error";

  const CallResult failed = connection.call("Probe", "protocol 0xC0000022\nfail 0xC000005F");
  EXPECT_STATUS(STATUS_NO_SUCH_LOGON_SESSION, failed.status);
  EXPECT_EQ(failed.bytes, "");
}

TEST(CallPackage, BadArgumentsReachNoPackage) {
  const Connection connection = Connection::untrusted();
  const ULONG probe = connection.package("Probe");
  PVOID returned = nullptr;
  ULONG size = 0;
  NTSTATUS protocol = 0;
  char submit[] = "echo never-seen-9";
  EXPECT_STATUS(STATUS_NO_SUCH_PACKAGE, LsaCallAuthenticationPackage(connection.handle(), 0x7fffffff, submit,
                                                                     sizeof submit - 1, &returned, &size, &protocol));
  EXPECT_STATUS(STATUS_INVALID_HANDLE, LsaCallAuthenticationPackage(reinterpret_cast<HANDLE>(0x7ffffff4), probe, submit,
                                                                    sizeof submit - 1, &returned, &size, &protocol));
  EXPECT_STATUS(STATUS_INVALID_PARAMETER,
                LsaCallAuthenticationPackage(connection.handle(), probe, nullptr, 16, &returned, &size, &protocol));
  EXPECT_FALSE(NT_SUCCESS(
      LsaCallAuthenticationPackage(connection.handle(), probe, submit, 0x80000000u, &returned, &size, &protocol)));
  EXPECT_EQ(returned, nullptr);
  // Results that the caller does not want.
  EXPECT_STATUS(STATUS_SUCCESS,
                LsaCallAuthenticationPackage(connection.handle(), probe, nullptr, 0, nullptr, nullptr, nullptr));
}

TEST(CallPackage, EmbeddedPointersAreRightInTheCaller) {
  struct Embedded {
    ULONG Magic;
    ULONG Length;
    char* Text;
  };
  const Connection connection = Connection::untrusted();
  std::string submit = "embedded hello-from-the-package";
  PVOID returned = nullptr;
  ULONG size = 0;
  NTSTATUS protocol = 0;
  ASSERT_STATUS(STATUS_SUCCESS,
                LsaCallAuthenticationPackage(connection.handle(), connection.package("Probe"), submit.data(),
                                             static_cast<ULONG>(submit.size()), &returned, &size, &protocol));
  ASSERT_EQ(size, sizeof(Embedded));
  const auto* answer = static_cast<const Embedded*>(returned);
  ASSERT_EQ(answer->Magic, 0x50524f42u);
  EXPECT_EQ(std::string(answer->Text, answer->Length), "hello-from-the-package");
  // What no write covered reads as zeros.
  const auto* tail = reinterpret_cast<const unsigned char*>(answer + 1);
  for (int i = 0; i < 4096; ++i) ASSERT_EQ(tail[i], 0) << i;
  EXPECT_STATUS(STATUS_SUCCESS, LsaFreeReturnBuffer(answer->Text));
  EXPECT_STATUS(STATUS_SUCCESS, LsaFreeReturnBuffer(returned));
}

TEST(CallPackage, LargeAnswersComeWhole) {
  const Connection connection = Connection::untrusted();
  for (const std::size_t size : {1ul, 4096ul, 65536ul, 200000ul, 1000000ul}) {
    const CallResult result = connection.call("Probe", "return-pattern " + std::to_string(size));
    ASSERT_STATUS(STATUS_SUCCESS, result.status);
    ASSERT_EQ(result.bytes.size(), size);
    for (std::size_t i = 0; i < size; ++i)
      ASSERT_EQ(result.bytes[i], static_cast<char>(i * 7 + (i >> 8))) << size << "/" << i;
  }
}

TEST(CallPackage, ALargeSubmitBufferComesWhole) {
  std::string submit = "echo large-7\n" + std::string(300000, '\n') + "echo end-8";
  EXPECT_EQ(Connection::untrusted().call("Probe", submit)["echo"], "end-8");
}

TEST(CallPackage, TheSubmitBufferIsReadableAndNothingElseIs) {
  const Connection connection = Connection::untrusted();
  const std::string script = "read 0 11\nread 0 1048576";
  const CallResult beyond = connection.call("Probe", script);
  EXPECT_EQ(beyond["read"], status_text(STATUS_ACCESS_VIOLATION)) << "the second read goes past the end";
  EXPECT_EQ(beyond["read-bytes"], "7265616420302031310a72") << "what the first read saw";
  EXPECT_EQ(connection.call("Probe", "read -16 8")["read"], status_text(STATUS_ACCESS_VIOLATION));
  EXPECT_EQ(connection.call("Probe", "read 65536 8")["read"], status_text(STATUS_ACCESS_VIOLATION));
}

TEST(MapBuffer, ReadsTheSubmitBufferAndNothingElse) {
  const Connection connection = Connection::untrusted();
  const CallResult unmapped = connection.call("Probe", "map 2 5");
  EXPECT_EQ(unmapped["map"], status_text(STATUS_SUCCESS));
  EXPECT_EQ(unmapped["map-bytes"], "7020322035") << "of the script itself";
  EXPECT_EQ(unmapped["map-type"], std::to_string(SECBUFFER_DATA)) << "mapped now";
  EXPECT_EQ(unmapped["map-in-place"], "0");
  const CallResult mapped = connection.call("Probe", "map 0 3 mapped");
  EXPECT_EQ(mapped["map-in-place"], "1") << "a mapped buffer is copied over";
  EXPECT_EQ(mapped["map-bytes"], "6d6170");
  for (const char* beyond : {"map 0 1048576", "map -1 4", "map 65536 4", "map 0 0xffffffff"}) {
    const CallResult refused = connection.call("Probe", beyond);
    EXPECT_EQ(refused["map"], status_text(STATUS_ACCESS_VIOLATION)) << beyond;
    EXPECT_EQ(refused["map-untouched"], "1") << beyond;
  }
}

TEST(CallPackage, WritesOutsideTheWindowAreRefused) {
  const Connection connection = Connection::untrusted();
  static char victim[] = "untouched";
  const std::string address = std::to_string(reinterpret_cast<std::uintptr_t>(victim));
  EXPECT_EQ(connection.call("Probe", "write-at " + address + " X")["write-at"], status_text(STATUS_ACCESS_VIOLATION));
  EXPECT_STREQ(victim, "untouched");
  EXPECT_EQ(connection.call("Probe", "write-own X")["write-own"], status_text(STATUS_ACCESS_VIOLATION));

  const CallResult overrun = connection.call("Probe", "overrun 17");
  EXPECT_EQ(overrun["overrun-allocate"], status_text(STATUS_SUCCESS));
  EXPECT_EQ(overrun["overrun-write"], status_text(STATUS_ACCESS_VIOLATION));
  EXPECT_EQ(overrun["overrun-free"], status_text(STATUS_SUCCESS));
  EXPECT_EQ(overrun["overrun-free-again"], status_text(STATUS_INVALID_PARAMETER));
  expect_wrong_frees("Probe refused_frees");
  EXPECT_EQ(connection.call("Probe", "overrun 16")["overrun-write"], status_text(STATUS_SUCCESS));
  EXPECT_EQ(connection.call("Probe", "allocate 0xffffffff")["allocate"], status_text(STATUS_NO_MEMORY));
}

TEST(CallPackage, AReturnBufferThatIsNoneFailsTheCall) {
  const Connection connection = Connection::untrusted();
  static char victim[64] = {};
  const std::string address = std::to_string(reinterpret_cast<std::uintptr_t>(victim));
  for (const std::string& script : {"return-address " + address, std::string("return-submit")}) {
    const CallResult result = connection.call("Probe", script);
    EXPECT_FALSE(NT_SUCCESS(result.status)) << script;
    EXPECT_EQ(result.bytes, "") << script;
  }
  EXPECT_STATUS(STATUS_SUCCESS, connection.call("Probe", "echo still-there").status);
}

TEST(CallPackage, LsaFreeReturnBufferTakesItsOwnOnly) {
  char own[16];
  EXPECT_STATUS(STATUS_SUCCESS, LsaFreeReturnBuffer(nullptr));
  expect_wrong_frees("libsecur32 refused_frees");
  EXPECT_FALSE(NT_SUCCESS(LsaFreeReturnBuffer(own)));
}

TEST(CallPackage, AnExceptionFailsTheCallAndNothingElse) {
  const Connection connection = Connection::untrusted();
  const CallResult thrown = connection.call("Probe", "throw");
  EXPECT_FALSE(NT_SUCCESS(thrown.status));
  EXPECT_EQ(connection.call("Probe", "echo after")["echo"], "after");
}

TEST(ClientInformation, NamesTheCaller) {
  const CallResult result = Connection::trusted().call("Probe", "client-info\ncall-info\nclient-token");
  HANDLE own = nullptr;
  ASSERT_TRUE(OpenProcessToken(GetCurrentProcess(), TOKEN_QUERY, &own));
  EXPECT_EQ(result["client-info"], status_text(STATUS_SUCCESS));
  EXPECT_EQ(result["process"], std::to_string(::getpid()));
  EXPECT_EQ(result["thread-id"], std::to_string(GetCurrentThreadId()));
  EXPECT_EQ(result["tcb"], "1");
  EXPECT_EQ(result["impersonating"], "0");
  EXPECT_EQ(result["logon-id"], std::to_string(token_logon_id(own)));
  EXPECT_EQ(result["call-info"], "1");
  EXPECT_EQ(result["call-process"], std::to_string(::getpid()));
  EXPECT_EQ(std::stoul(result["call-attributes"]), ULONG{SECPKG_CALL_IS_TCB});
  EXPECT_EQ(result["client-token-user"], token_user(own));
  CloseHandle(own);
}

TEST(ClientInformation, AnUntrustedUserIsSeenAsThatUser) {
  OPENLSA_NEEDS_DAEMON();
  OPENLSA_NEEDS_ROOT();
  const std::string said = in_child(
      [] {
        const CallResult result = Connection::untrusted().call("Probe", "client-info\nclient-token");
        return result["tcb"] + " " + result["client-token-user"] + " " +
               (result["process"] == std::to_string(::getpid()) ? "own-pid" : "wrong-pid");
      },
      Identity{alice().uid, alice().gid});
  EXPECT_EQ(said, "0 " + alice().sid + " own-pid");
}

TEST(ClientInformation, AThreadThatImpersonatesIsSeenAsThat) {
  const Connection connection = Connection::trusted();
  LogonResult logon = connection.logon("Probe", "user=alice", Network);
  ASSERT_STATUS(STATUS_SUCCESS, logon.status);
  ASSERT_STATUS(STATUS_SUCCESS, OpenLsaImpersonateTokenOnly(logon.token.get()));
  const CallResult result = connection.call("Probe", "client-info\nclient-token\nimpersonate\nthread-token");
  ASSERT_TRUE(RevertToSelf());
  EXPECT_EQ(result["impersonating"], "1");
  EXPECT_EQ(result["logon-id"], std::to_string(logon.luid));
  EXPECT_EQ(result["level"], std::to_string(SecurityImpersonation));
  EXPECT_EQ(result["client-token-user"], alice().sid);
  EXPECT_EQ(result["impersonate"], status_text(STATUS_SUCCESS));
  EXPECT_EQ(result["thread-user"], alice().sid);
  EXPECT_EQ(result["revert"], "1");
  EXPECT_EQ(result["thread-token"], "0") << "after RevertToSelf the thread of the package has no token";
  EXPECT_EQ(connection.call("Probe", "client-info")["impersonating"], "0");
}

TEST(ClientInformation, TheHostRevertsAfterTheEntryPoint) {
  const Connection connection = Connection::trusted();
  EXPECT_EQ(connection.call("Probe", "impersonate stay")["impersonate"], status_text(STATUS_SUCCESS));
  for (int i = 0; i < 8; ++i) EXPECT_EQ(connection.call("Probe", "thread-token")["thread-token"], "0");
}

}  // namespace
}  // namespace openlsa::test
