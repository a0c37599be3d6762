// The life of a client: its death, a fork, a change of identity, closed descriptors.
#include <gtest/gtest.h>
#include <openlsa/ntsecpkg.h>
#include <openlsa/ntstatus.h>
#include <openlsa/winerror.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>

#include "support/authority_environment.hpp"
#include "support/child.hpp"
#include "support/composition.hpp"
#include "support/lsa_client.hpp"
#include "support/sspi_client.hpp"
#include "support/tokens.hpp"

namespace openlsa::test {
namespace {

unsigned long hexadecimal(const std::string& line, const std::string& name) {
  const std::size_t at = line.find(name + "=0x");
  return at == std::string::npos ? 0 : std::stoul(line.substr(at + name.size() + 3), nullptr, 16);
}

std::string who_am_i() {
  const CallResult result = Connection::untrusted().call("Probe", "client-info\nclient-token");
  return result["process"] + " " + result["client-token-user"];
}

TEST(ClientDeath, FreesHandlesWithTheCleanupFlags) {
  OPENLSA_NEEDS_DAEMON();
  const LogWatch log("probe");
  Child child([](const Line& line) {
    Credential credential("Probe", SECPKG_CRED_OUTBOUND, "of-the-dead");
    Context context;
    const Leg leg = context.initialize(credential, "a-user=alice");
    line.say(status_text(leg.status));
    line.hear();
    return std::string("never");
  });
  ASSERT_EQ(child.line().hear(), status_text(SEC_I_CONTINUE_NEEDED));
  const std::string process = "process=" + std::to_string(child.process_id());
  EXPECT_EQ(log.count({"FreeCredentialsHandle", process}), 0);
  child.kill();
  ASSERT_TRUE(log.wait({"FreeCredentialsHandle", "principal=of-the-dead", process}));
  ASSERT_TRUE(log.wait({"DeleteContext", "initiator", process}));
  constexpr unsigned long cleanup = SECPKG_CALL_CLEANUP | SECPKG_CALL_PROCESS_TERM;
  for (const char* call : {"FreeCredentialsHandle", "DeleteContext"}) {
    const std::string line = log.find({call, process});
    EXPECT_EQ(hexadecimal(line, "attributes") & cleanup, cleanup) << line;
    EXPECT_EQ(hexadecimal(line, "flags") & SECPKG_CLIENT_PROCESS_TERMINATED, 1u) << line;
    EXPECT_EQ(log.count({call, process}), 1);
  }
  EXPECT_EQ(log.count({"no", "client", "memory"}), 1) << "AllocateClientBuffer fails cleanly";
}

TEST(ClientDeath, AnOrdinaryFreeHasNoCleanupFlags) {
  const LogWatch log("probe");
  Credential credential("Probe", SECPKG_CRED_OUTBOUND, "of-the-living");
  ASSERT_STATUS(SEC_E_OK, credential.free());
  ASSERT_TRUE(log.wait({"FreeCredentialsHandle", "principal=of-the-living"}));
  const std::string line = log.find({"FreeCredentialsHandle", "principal=of-the-living"});
  EXPECT_EQ(hexadecimal(line, "attributes") & (SECPKG_CALL_CLEANUP | SECPKG_CALL_PROCESS_TERM), 0u) << line;
}

TEST(ClientDeath, EarlyInALogonStopsIt) {
  OPENLSA_NEEDS_DAEMON();
  const LogWatch log("probe");
  Child child([](const Line&) {
    Connection::trusted().logon("Probe", "user=alice\nrun=log_started;sleep_1000");
    return std::string("came back");
  });
  ASSERT_TRUE(log.wait({"note", "started"}));
  child.kill();
  // The package goes on, and gets no session for a client that is not there.
  EXPECT_TRUE(log.wait({"LogonUser-refused"}));
  EXPECT_EQ(log.count({"LogonUser", "0"}), 0);
}

TEST(ClientDeath, LateInALogonEndsTheSession) {
  OPENLSA_NEEDS_DAEMON();
  const LogWatch log("probe");
  Child child([](const Line&) {
    Connection::trusted().logon("Probe", "user=alice\nprofile=text\nlate-sleep=1000");
    return std::string("came back");
  });
  ASSERT_TRUE(log.wait({"LogonUser", "0"}));
  child.kill();
  const std::string line = log.find({"LogonUser", "0"});
  const std::string luid = line.substr(line.find("luid="));
  // From the package's success on the session is the authority's, and its end a notification.
  EXPECT_TRUE(log.wait({"LogonTerminated", "0", luid}));
  EXPECT_FALSE(session_listed(std::stoull(luid.substr(5))));
}

TEST(ClientDeath, InTheMiddleOfALegLeavesNothing) {
  OPENLSA_NEEDS_DAEMON();
  const LogWatch log("probe");
  Child child([](const Line&) {
    Conversation talk("a-user=alice&a-sleep=1000");
    return std::string("came back");
  });
  ASSERT_TRUE(log.wait({"AcceptLsaModeContext", "leg=1"}));
  const std::string process = "process=" + std::to_string(child.process_id());
  child.kill();
  EXPECT_TRUE(log.wait({"acceptor-refused"}));
  EXPECT_TRUE(eventually([&] { return log.count({"FreeCredentialsHandle", process}) == 2; })) << "both of the child's";
  EXPECT_TRUE(log.wait({"DeleteContext", "initiator", process}));
  EXPECT_EQ(log.count({"DeleteContext", "acceptor", process}), 0) << "the leg failed: there was no context";
}

TEST(Fork, TheChildIsAClientOfItsOwn) {
  OPENLSA_NEEDS_DAEMON();
  Connection parent = Connection::trusted();
  ASSERT_STATUS(STATUS_SUCCESS, parent.status());
  Conversation talk("a-user=alice");
  ASSERT_TRUE(talk.complete());
  const HANDLE handle = parent.handle();
  Child child([handle, &talk](const Line&) {
    AnsiText name("Probe");
    ULONG id = 0;
    const NTSTATUS stale = LsaLookupAuthenticationPackage(handle, name.get(), &id);
    SecPkgContext_Lifespan span{};
    const SECURITY_STATUS thunk = QueryContextAttributesW(talk.acceptor.get(), SECPKG_ATTR_LIFESPAN, &span);
    return status_text(stale) + " " + status_text(thunk) + " " + who_am_i();
  });
  const std::string expected_id = std::to_string(child.process_id());
  const std::string said = child.finish();
  EXPECT_EQ(said.substr(0, 21), status_text(STATUS_INVALID_HANDLE) + " " + status_text(SEC_E_INVALID_HANDLE));
  EXPECT_EQ(said.substr(22, expected_id.size()), expected_id);
  // The parent's world is as it was.
  EXPECT_NE(parent.package("Probe"), 0xffffffff);
  EXPECT_EQ(talk.acceptor.unseal(talk.initiator.seal("text", 0), 0), "text");
}

TEST(Fork, AContextStaysWithTheParent) {
  // Both processes under one key would use each message number twice.
  OPENLSA_NEEDS_DAEMON();
  Conversation talk("a-user=alice");
  ASSERT_TRUE(talk.complete());
  const std::string said = in_child([&] {
    SECURITY_STATUS sealed = 0;
    talk.initiator.seal("text", 0, &sealed);
    const SECURITY_STATUS deleted = talk.initiator.free();
    Conversation own("a-user=alice");
    return status_text(sealed) + " " + status_text(deleted) + (own.complete() ? " own" : " none");
  });
  const std::string gone = status_text(SEC_E_INVALID_HANDLE);
  EXPECT_EQ(said, gone + " " + gone + " own");
  EXPECT_EQ(talk.acceptor.unseal(talk.initiator.seal("text", 0), 0), "text");
}

TEST(Fork, AnEmbeddedAuthorityStaysWithItsProcess) {
  // Its threads are not in the child, and nothing may wait for them.
  if (!is_embedded()) GTEST_SKIP() << "not run: lsad outlives the fork of a client";
  Conversation talk("a-user=alice");
  ASSERT_TRUE(talk.complete());
  const std::string said = in_child([&] {
    SECURITY_STATUS sealed = 0;
    talk.initiator.seal("text", 0, &sealed);
    return status_text(Connection::untrusted().status()) + " " + status_text(sealed);
  });
  EXPECT_EQ(said, status_text(STATUS_PORT_DISCONNECTED) + " " + status_text(SEC_E_INVALID_HANDLE));
  EXPECT_EQ(talk.acceptor.unseal(talk.initiator.seal("text", 0), 0), "text");
}

TEST(Identity, AChangeOfUidConnectsAnew) {
  OPENLSA_NEEDS_DAEMON();
  OPENLSA_NEEDS_ROOT();
  const std::string said = in_child([] {
    const std::string before = who_am_i();
    if (::setresgid(70001, 70001, 70001) != 0 || ::setresuid(70001, 70001, 70001) != 0) return std::string("cannot");
    const std::string after = who_am_i();
    return before.substr(before.find(' ') + 1) + " then " + after.substr(after.find(' ') + 1) + " " +
           status_text(Connection::trusted().status());
  });
  EXPECT_EQ(said, "S-1-5-18 then " + alice().sid + " " + status_text(STATUS_PORT_CONNECTION_REFUSED));
}

// Closes every descriptor but the standard ones and `kept`.
void close_all_but(int kept) {
  for (int fd = 3; fd < 1024; ++fd)
    if (fd != kept) ::close(fd);
}

TEST(Identity, ClosedDescriptorsConnectAnew) {
  OPENLSA_NEEDS_DAEMON();
  Child child([](const Line& line) {
    const std::string before = who_am_i();
    close_all_but(line.socket());
    return before == who_am_i() ? std::string("same identity") : std::string("lost");
  });
  EXPECT_EQ(child.finish(), "same identity");
}

TEST(Identity, AReusedDescriptorIsNotTheLibrarys) {
  OPENLSA_NEEDS_DAEMON();
  Child child([](const Line& line) {
    const std::string before = who_am_i();
    close_all_but(line.socket());
    // Other sockets take the numbers of the library's: nothing may be sent to them.
    int pairs[8][2];
    for (auto& pair : pairs)
      if (::socketpair(AF_UNIX, SOCK_SEQPACKET, 0, pair) != 0) return std::string("no sockets");
    if (before != who_am_i()) return std::string("lost");
    for (auto& pair : pairs)
      for (const int end : pair) {
        char byte;
        if (::recv(end, &byte, 1, MSG_DONTWAIT) >= 0 || errno != EAGAIN) return std::string("used");
      }
    return std::string("untouched");
  });
  EXPECT_EQ(child.finish(), "untouched");
}

}  // namespace
}  // namespace openlsa::test
