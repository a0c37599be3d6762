// A logon as the scripted package sees it: which slot, with what, what the others hear of it, and what the authority
// makes of results that are wrong.
#include <gtest/gtest.h>
#include <openlsa/ntsecpkg.h>
#include <openlsa/ntstatus.h>
#include <sys/uio.h>
#include <unistd.h>

#include <thread>

#include "support/authority_environment.hpp"
#include "support/child.hpp"
#include "support/composition.hpp"
#include "support/lsa_client.hpp"
#include "support/scripted.hpp"
#include "support/tokens.hpp"

namespace openlsa::test {
namespace {

constexpr const char* packages[] = {"Scripted", "Scripted2", "ScriptedEx", "ScriptedOld"};
constexpr const char* logon_slots[] = {"LogonUser", "LogonUserEx", "LogonUserEx2", "LogonUserEx3"};

LogonResult logon(const std::string& script, const char* package = "Scripted", SECURITY_LOGON_TYPE type = Interactive) {
  return Connection::trusted().logon(package, script, type);
}

std::string slots_called(const Scripted& scripted, const char* package) {
  std::string called;
  for (const char* slot : logon_slots)
    for (std::size_t i = scripted.count(slot, package); i > 0; --i) called += std::string(slot) + " ";
  return called;
}

// Scripted fills all four; which of the two newest the authority knows decides.
std::string newest_slot(const Scripted& scripted) {
  return scripted.count("LogonUserEx3") != 0 ? "LogonUserEx3" : "LogonUserEx2";
}

// LogonTerminated of this session; those of earlier tests may come at any time.
std::vector<ScriptedCall> endings(const Scripted& scripted, const char* package, unsigned long long luid) {
  return scripted.record_of("LogonTerminated", "luid", std::to_string(luid), package);
}

// Whether a session that is younger than this one was heard of.
bool heard_of_younger(const Scripted& scripted, const char* entry, unsigned long long luid) {
  for (const char* package : packages)
    for (const ScriptedCall& call : scripted.record(entry, package))
      if (std::stoull(call["luid"]) > luid) return true;
  return false;
}

// A rule for both of the newest slots.
void set_newest(const Scripted& scripted, const std::string& rule) {
  scripted.set("LogonUserEx2", rule);
  scripted.set("LogonUserEx3", rule);
}

TEST(ScriptedLogon, TheNewestSlotIsCalledAndNoOther) {
  const Scripted scripted;
  EXPECT_STATUS(STATUS_SUCCESS, logon("user=alice", "ScriptedOld").status);
  EXPECT_EQ(slots_called(scripted, "ScriptedOld"), "LogonUser ");
  EXPECT_STATUS(STATUS_SUCCESS, logon("user=alice", "ScriptedEx").status);
  EXPECT_EQ(slots_called(scripted, "ScriptedEx"), "LogonUserEx ");
  EXPECT_STATUS(STATUS_SUCCESS, logon("user=alice").status);
  EXPECT_EQ(slots_called(scripted, "Scripted"), newest_slot(scripted) + " ");
}

// A slot that fails is the answer; an older one is no second try.
TEST(ScriptedLogon, AFailureOfTheNewestSlotIsNotTriedWithAnOlderOne) {
  const Scripted scripted;
  set_newest(scripted, "return=0xC00000BB");
  const LogonResult result = logon("user=alice");
  EXPECT_STATUS(STATUS_NOT_SUPPORTED, result.status);
  EXPECT_FALSE(result.token);
  EXPECT_EQ(slots_called(scripted, "Scripted"), newest_slot(scripted) + " ");
}

TEST(ScriptedLogon, TheSlotSeesTheCallersBufferAndLogonType) {
  const Scripted scripted;
  const std::string submit = "user=alice\npassword=topsecret";
  ASSERT_STATUS(STATUS_SUCCESS, logon(submit, "Scripted", Network).status);
  const ScriptedCall call = scripted.only(newest_slot(scripted));
  EXPECT_EQ(call["type"], std::to_string(Network));
  EXPECT_EQ(call["size"], std::to_string(submit.size()));
  EXPECT_EQ(call["user"], "alice");
  EXPECT_EQ(call["base"], "1") << "the buffer's address in the client";
  EXPECT_EQ(call["password"], Scripted::digest("topsecret"));
  EXPECT_EQ(call["client-flags"], "0x0");
}

TEST(ScriptedLogon, EveryPackageAcceptsTheCredentialsAndTheProducerIsToldLast) {
  const Scripted scripted;
  const LogonResult result = logon("user=alice\npassword=topsecret\nold-password=before\nsupplemental=Scripted2:extra");
  ASSERT_STATUS(STATUS_SUCCESS, result.status);
  const std::string luid = std::to_string(result.luid);
  for (const char* package : packages) {
    ASSERT_TRUE(scripted.wait("AcceptCredentials", 1, package)) << package;
    const ScriptedCall call = scripted.only("AcceptCredentials", package);
    EXPECT_EQ(call["luid"], luid);
    EXPECT_EQ(call["type"], std::to_string(Interactive));
    EXPECT_EQ(call["account"], "alice");
    EXPECT_EQ(call["name"], "alice");
    EXPECT_EQ(call["domain"], "SCRIPTED");
    EXPECT_EQ(call["upn"], "alice@scripted.test");
    EXPECT_EQ(call["dns-domain"], "scripted.test");
    EXPECT_EQ(call["server"], "SCRIPTEDSERVER");
    EXPECT_EQ(call["sid"], alice().sid) << "the authority knows the account";
    EXPECT_EQ(call["password"], Scripted::wide_digest("topsecret"));
    EXPECT_EQ(call["old-password"], Scripted::wide_digest("before"));
    EXPECT_EQ(call["flags"], "0x1") << "PRIMARY_CRED_CLEAR_PASSWORD, and no update";
    EXPECT_EQ(call["caller"], "none") << "the authority itself calls";
    const bool named = std::string(package) == "Scripted2";
    EXPECT_EQ(call["supplemental"], named ? "Scripted2" : "(null)") << package;
    if (named) {
      EXPECT_EQ(call["supplemental-bytes"], "extra");
    }
  }
  ASSERT_TRUE(scripted.wait("PostLogonUser"));
  const ScriptedCall post = scripted.only("PostLogonUser");
  EXPECT_EQ(post["luid"], luid);
  EXPECT_EQ(post["linked-luid"], "0");
  for (const char* package : packages)
    EXPECT_LT(scripted.only("AcceptCredentials", package).sequence, post.sequence) << package;
  EXPECT_EQ(scripted.count("PostLogonUser", "Scripted2"), 0u) << "it is for the package that logged on";
}

TEST(ScriptedLogon, AFailedLogonIsNobodysCredential) {
  const Scripted scripted;
  const LogonResult good = logon("user=bob");
  EXPECT_STATUS(STATUS_LOGON_FAILURE, logon("user=alice\nfail=0xC000006D").status);
  Connection::untrusted().call("Scripted", "settled");
  for (const char* entry : {"AcceptCredentials", "PostLogonUser", "LogonTerminated"})
    EXPECT_FALSE(heard_of_younger(scripted, entry, good.luid)) << entry;
}

TEST(ScriptedLogon, NoPackageCanFailTheLogonOfAnother) {
  const Scripted scripted;
  scripted.set("AcceptCredentials", "package=* return=0xC0000022");
  scripted.set("PostLogonUser", "return=0xC0000022");
  const LogonResult result = logon("user=alice");
  EXPECT_STATUS(STATUS_SUCCESS, result.status);
  EXPECT_TRUE(result.token);
  ASSERT_TRUE(scripted.wait("AcceptCredentials", 1, "ScriptedOld")) << "the others are still told";
  EXPECT_STATUS(STATUS_ACCESS_DENIED, scripted.only("AcceptCredentials").status.value_or(0));
}

TEST(ScriptedLogon, ThrowingIsAFailureAndNotTheEnd) {
  const Scripted scripted;
  scripted.set("AcceptCredentials", "package=* crash=throw");
  EXPECT_STATUS(STATUS_SUCCESS, logon("user=alice").status);
  set_newest(scripted, "on=1 crash-after=throw");
  const auto before = session_list();
  EXPECT_STATUS(STATUS_UNHANDLED_EXCEPTION, logon("user=alice").status);
  EXPECT_LE(session_list().size(), before.size()) << "the session that the package had made went with the call";
  EXPECT_STATUS(STATUS_SUCCESS, logon("user=alice").status);
}

TEST(ScriptedLogon, TerminatedIsToldOncePerPackageAfterTheLastToken) {
  const Scripted scripted;
  LogonResult result = logon("user=alice");
  ASSERT_STATUS(STATUS_SUCCESS, result.status);
  HANDLE second = nullptr;
  ASSERT_TRUE(DuplicateTokenEx(result.token.get(), 0, nullptr, SecurityImpersonation, TokenPrimary, &second));
  EXPECT_TRUE(result.token.close());
  Connection::untrusted().call("Scripted", "settled");
  EXPECT_TRUE(endings(scripted, "Scripted", result.luid).empty()) << "the duplicate keeps the session";
  EXPECT_TRUE(CloseHandle(second));
  for (const char* package : packages)
    EXPECT_TRUE(eventually([&] { return !endings(scripted, package, result.luid).empty(); })) << package;
  EXPECT_FALSE(session_listed(result.luid));
  Connection::untrusted().call("Scripted", "settled");
  for (const char* package : packages) {
    const auto calls = endings(scripted, package, result.luid);
    ASSERT_EQ(calls.size(), 1u) << package;
    EXPECT_EQ(calls[0]["kept"], "alice") << "what the package kept with the session can still be read";
  }
}

TEST(ScriptedLogon, ASlowLogonTerminatedDelaysItsPackageOnly) {
  const Scripted scripted;
  scripted.set("LogonTerminated", "package=ScriptedOld wait=ending");
  LogonResult result = logon("user=alice");
  ASSERT_STATUS(STATUS_SUCCESS, result.status);
  EXPECT_TRUE(result.token.close()) << "closing waits for no package";
  EXPECT_TRUE(eventually([&] { return scripted.count("LogonTerminated", "ScriptedOld") != 0; }));
  LogonResult other = logon("user=bob");
  EXPECT_STATUS(STATUS_SUCCESS, other.status) << "logons go on";
  EXPECT_NE(other.luid, result.luid);
  EXPECT_FALSE(session_listed(result.luid)) << "it ends, for all but its packages";
  scripted.open_gate("ending");
  EXPECT_TRUE(eventually([&] {
    const auto calls = endings(scripted, "ScriptedOld", result.luid);
    return calls.size() == 1 && calls[0].status.has_value();
  }));
}

TEST(ScriptedLogon, DeleteLogonSessionNotifiesNobody) {
  const Scripted scripted;
  const LogonResult good = logon("user=bob");
  // The usual behaviour made a session, and the package deletes it because the rule lets the logon fail.
  set_newest(scripted, "run=1 return=0xC000006D");
  EXPECT_STATUS(STATUS_LOGON_FAILURE, logon("user=alice").status);
  Connection::untrusted().call("Scripted", "settled");
  EXPECT_FALSE(heard_of_younger(scripted, "LogonTerminated", good.luid));
}

TEST(ScriptedLogon, SuccessWithoutOutputsIsNoLogon) {
  const Scripted scripted;
  const LogonResult good = logon("user=bob");
  set_newest(scripted, "return=0");
  const LogonResult result = logon("user=alice");
  EXPECT_STATUS(STATUS_INTERNAL_ERROR, result.status);
  EXPECT_FALSE(result.token);
  EXPECT_FALSE(result.profile_given);
  for (const unsigned long long listed : session_list()) EXPECT_LE(listed, good.luid);
  EXPECT_FALSE(heard_of_younger(scripted, "AcceptCredentials", good.luid));
  EXPECT_EQ(endings(scripted, "Scripted", 0).size(), 0u) << "there was no session whose end could be told";
}

// Each output from everywhere but the documented heap, and each size that is a lie. The logon fails, with nothing left,
// and the package goes on.
TEST(ScriptedLogon, WrongResultsFailTheLogonAndNothingElse) {
  const Scripted scripted;
  const char* lies[] = {
      "output=TokenInformation allocator=null",
      "output=TokenInformation allocator=static",
      "output=TokenInformation allocator=wild",
      "output=TokenInformation allocator=freed",
      "output=TokenInformation allocator=malloc",
      "output=UserSid allocator=null",
      "output=UserSid allocator=wild",
      "output=PrimaryGroup allocator=null",
      "output=Groups allocator=wild",
      "output=GroupSid allocator=wild",
      "group-count=100000",
      "group-count=5000000",
      "token-type=77",
      "output=ProfileBuffer allocator=lsa",
      "output=ProfileBuffer allocator=private",
      "output=ProfileBuffer allocator=wild",
      "output=ProfileBuffer size=0x10000000",
      "output=Credentials size=0x7fffffff",
      "output=Credentials allocator=wild",
      "output=SupplementalCredentials allocator=wild",
      "output=SupplementalCredentials allocator=static",
      "credential-count=1000000",
      "output=AccountName allocator=wild",
      "output=Password allocator=wild",
      "output=DownlevelName size=60000",
  };
  for (const char* lie : lies) {
    const auto before = session_list().size();
    set_newest(scripted, std::string("on=1 ") + lie);
    const LogonResult result =
        logon("user=alice\ngroups=S-1-5-21-1-2-3-1000\nprofile=text\npassword=p\nsupplemental=Probe:b");
    EXPECT_LT(result.status, 0) << lie;
    EXPECT_FALSE(result.token) << lie;
    EXPECT_FALSE(result.profile_given) << lie;
    EXPECT_TRUE(eventually([&] { return session_list().size() <= before; })) << lie;
    EXPECT_STATUS(STATUS_SUCCESS, logon("user=alice\ngroups=S-1-5-21-1-2-3-1000").status) << "after " << lie;
  }
}

bool is_readable(const std::string& address) {
  char byte = 0;
  const iovec here{&byte, 1}, there{reinterpret_cast<void*>(std::stoull(address, nullptr, 0)), 1};
  return ::process_vm_readv(::getpid(), &here, 1, &there, 1, 0) == 1;
}

TEST(ScriptedLogon, TheAuthorityFreesTheProfileOfALogonThatItRefuses) {
  OPENLSA_NEEDS_DAEMON();  // where nothing else in this process takes the address
  const Scripted scripted;
  const auto profile_of = [&](const std::string& submit, NTSTATUS expected) {
    scripted.clear();
    EXPECT_STATUS(expected, logon(submit + "\nprofile=" + std::string(9000, 'p')).status);
    return answer(scripted.only(newest_slot(scripted)).results, "ProfileBuffer");
  };
  EXPECT_FALSE(is_readable(profile_of("user=S-1-5-18", STATUS_ACCESS_DENIED)));
  // One that succeeds is the caller's until LsaFreeReturnBuffer.
  AnsiText origin("semantic");
  std::string submit = "user=alice\nprofile=" + std::string(9000, 'p');
  TOKEN_SOURCE source{};
  PVOID profile = nullptr;
  ULONG size = 0;
  LUID luid{};
  HANDLE token = nullptr;
  QUOTA_LIMITS quotas{};
  NTSTATUS sub_status = 0;
  scripted.clear();
  const Connection connection = Connection::trusted();
  ASSERT_STATUS(STATUS_SUCCESS,
                LsaLogonUser(connection.handle(), origin.get(), Interactive, connection.package("Scripted"),
                             submit.data(), static_cast<ULONG>(submit.size()), nullptr, &source, &profile, &size, &luid,
                             &token, &quotas, &sub_status));
  const std::string address = answer(scripted.only(newest_slot(scripted)).results, "ProfileBuffer");
  EXPECT_EQ(reinterpret_cast<std::uintptr_t>(profile), std::stoull(address, nullptr, 0)) << "the very address";
  EXPECT_EQ(std::string(static_cast<char*>(profile), size), std::string(9000, 'p'));
  EXPECT_TRUE(is_readable(address));
  EXPECT_STATUS(STATUS_SUCCESS, LsaFreeReturnBuffer(profile));
  EXPECT_FALSE(is_readable(address));
  EXPECT_TRUE(CloseHandle(token));
}

// The documents do it themselves: blocks of the private heap where the LSA heap is named, and the other way round.
TEST(ScriptedLogon, TheTwoHeapsMayBeMixed) {
  const Scripted scripted;
  for (const char* mix :
       {"output=TokenInformation allocator=private", "output=UserSid,PrimaryGroup,Groups,GroupSid allocator=lsa",
        "output=AccountName,Password,DownlevelName allocator=private",
        "output=SupplementalCredentials,Credentials allocator=private", "extra=100"}) {
    set_newest(scripted, std::string("on=1 ") + mix);
    const LogonResult result = logon("user=alice\ngroups=S-1-5-21-1-2-3-1000\npassword=p\nsupplemental=Probe:b");
    EXPECT_STATUS(STATUS_SUCCESS, result.status) << mix;
    EXPECT_EQ(token_user(result.token.get()), alice().sid) << mix;
  }
}

TEST(ScriptedLogon, TwoLogonsAreInThePackageAtOnce) {
  const Scripted scripted;
  set_newest(scripted, "on=1 wait=first");
  std::string first = "waits";
  std::thread waiting([&] { first = status_text(logon("user=alice").status); });
  EXPECT_TRUE(eventually([&] { return scripted.count(newest_slot(scripted)) == 1; }));
  EXPECT_STATUS(STATUS_SUCCESS, logon("user=bob").status) << "the second does not wait for the first";
  scripted.open_gate("first");
  waiting.join();
  EXPECT_EQ(first, status_text(STATUS_SUCCESS));
  const auto calls = scripted.record(newest_slot(scripted));
  ASSERT_EQ(calls.size(), 2u);
  EXPECT_NE(calls[0]["thread"], calls[1]["thread"]);
}

}  // namespace
}  // namespace openlsa::test
