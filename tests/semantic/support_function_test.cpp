// The support functions as a package sees them: the table as a whole, callbacks, threads, other packages, memory.
#include <gtest/gtest.h>
#include <openlsa/ntsecpkg.h>
#include <openlsa/ntstatus.h>
#include <openlsa/openlsa.h>
#include <openlsa/winerror.h>
#include <unistd.h>

#include <map>

#include "support/authority_environment.hpp"
#include "support/child.hpp"
#include "support/composition.hpp"
#include "support/lsa_client.hpp"
#include "support/sspi_client.hpp"

namespace openlsa::test {
namespace {

CallResult probe(const std::string& script) { return Connection::untrusted().call("Probe", script); }

// docs/windows-map.md, the rows of LSA_SECPKG_FUNCTION_TABLE whose function is in unsupported.cpp: the slot, and what
// its note begins with.
std::map<std::string, std::string> documented_answers() {
  std::map<std::string, std::string> answers;
  const std::string text = read_file(OPENLSA_TEST_DOCUMENTS "/windows-map.md");
  std::size_t line = text.find("## LSA_SECPKG_FUNCTION_TABLE");
  if (line == std::string::npos) return answers;
  for (line = text.find("|---", line); line < text.size(); line = text.find('\n', line) + 1) {
    const std::string row = text.substr(line, text.find('\n', line) - line);
    if (row.empty() || row[0] != '|') break;
    if (row.find("/unsupported.cpp |") == std::string::npos) continue;
    const std::size_t note = row.find("| not supported | ") + 18, colon = row.find(':', note);
    answers[row.substr(2, row.find(" | ") - 2)] = row.substr(note, colon - note);
  }
  return answers;
}

// The same in the words of the document.
std::string words_of(const std::string& answer) {
  if (answer == status_text(STATUS_NOT_SUPPORTED)) return "STATUS_NOT_SUPPORTED";
  if (answer == "null") return "NULL";
  if (answer == "false") return "FALSE";
  if (answer == "void") return "nothing, audited";
  return answer;
}

TEST(SupportTable, NoSlotIsNull) {
  const CallResult result = probe("table");
  EXPECT_EQ(result["slots"], "63");
  EXPECT_EQ(result["missing"], "");
}

TEST(SupportTable, WhatIsNotOfferedSaysSo) {
  const CallResult result = probe("unsupported");
  ASSERT_STATUS(STATUS_SUCCESS, result.status);
  const std::string refused = status_text(STATUS_NOT_SUPPORTED);
  int statuses = 0;
  for (const auto& [name, value] : result.answers) {
    if (value.rfind("0x", 0) != 0) continue;
    ++statuses;
    EXPECT_EQ(value, refused) << name;
  }
  EXPECT_EQ(statuses, 2);
  EXPECT_EQ(result["outputs-untouched"], "1");
  EXPECT_EQ(result["buffer-untouched"], "1");
  // A VOID slot does nothing, and the audit trail says so.
  for (const char* name : {"DummyFunction6", "DummyFunction7"}) {
    EXPECT_EQ(result[name], "void") << name;
    EXPECT_TRUE(eventually([name] { return installation().audit().find(name) != std::string::npos; })) << name;
  }
}

TEST(SupportTable, TheDocumentListsExactlyThese) {
  std::map<std::string, std::string> seen;
  for (const auto& [name, value] : probe("unsupported").answers)
    if (name[0] >= 'A' && name[0] <= 'Z') seen[name] = words_of(value);
  EXPECT_EQ(documented_answers(), seen);
}

TEST(Callbacks, ReachTheUserModeHalfDuringAnLsaCall) {
  const CallResult result = probe("callback #1 17 42 abc");
  EXPECT_EQ(result["callback"], status_text(STATUS_SUCCESS));
  EXPECT_EQ(result["callback-output"], "cba 17 42");
}

TEST(Callbacks, OnlyWhatIsRegistered) {
  EXPECT_EQ(probe("callback #2 0 0 x")["callback"], status_text(STATUS_ACCESS_DENIED)) << "what the function answers";
  EXPECT_NE(probe("callback #99 0 0 x")["callback"], status_text(STATUS_SUCCESS));
  EXPECT_NE(probe("callback system 0 0 x")["callback"], status_text(STATUS_SUCCESS)) << "never a symbol by its name";
}

TEST(Callbacks, OnADirectChannelToo) {
  Conversation talk("a-user=alice&a-run=callback_#1_1_2_hello");
  ASSERT_TRUE(talk.complete()) << status_text(talk.acceptor_leg.status);
  EXPECT_NE(talk.acceptor_leg.token.find("callback-output=olleh 1 2"), std::string::npos) << talk.acceptor_leg.token;
}

TEST(Threads, OfThePackageHaveNoCurrentCall) {
  const CallResult result = probe("thread");
  EXPECT_EQ(result["thread"], "1");
  EXPECT_EQ(result["thread-signalled"], "1");
  EXPECT_EQ(result["thread-ended"], "1");
  EXPECT_EQ(result["thread-closed"], "1");
  EXPECT_EQ(result["thread-id-differs"], "1");
  EXPECT_NE(result["thread-client-info"], status_text(STATUS_SUCCESS));
  EXPECT_EQ(result["thread-call-info"], "0");
  EXPECT_EQ(result["thread-create-session"], status_text(STATUS_SUCCESS));
}

TEST(OtherPackages, AreCalledByNameWithTheRight) {
  for (const char* other : {"Probe2", "Witness", "ClassicProbe"}) {
    const CallResult result = probe(std::string("call ") + other + " client-info;call-info");
    EXPECT_EQ(result["call"], status_text(STATUS_SUCCESS)) << other;
    EXPECT_EQ(result["call-protocol"], status_text(STATUS_SUCCESS)) << other;
  }
  const CallResult inner = probe("call Witness client-info;call-info");
  EXPECT_EQ(inner["inner.door"], "trusted") << "a package is trusted by a package";
  EXPECT_EQ(inner["inner.process"], std::to_string(::getpid())) << "GetClientInfo names the original caller";
  constexpr unsigned long nested = SECPKG_CALL_IN_PROC | SECPKG_CALL_RECURSIVE;
  EXPECT_EQ(std::stoul(inner["inner.call-attributes"]) & nested, nested);
}

TEST(OtherPackages, WithoutTheRightAreRefusedAndAudited) {
  const CallResult refused = Connection::untrusted().call("Witness", "call Probe echo_x");
  EXPECT_EQ(refused["call"], status_text(STATUS_ACCESS_DENIED));
  EXPECT_TRUE(
      eventually([] { return installation().audit().find("may not call package Probe") != std::string::npos; }));
  EXPECT_EQ(probe("call No-Such-Package echo_x")["call"], status_text(STATUS_NO_SUCH_PACKAGE));
}

TEST(OtherPackages, BothStatusesAndTheAnswerComeBack) {
  const CallResult result = probe("call Witness protocol_0xC0000022;echo_inner-text");
  EXPECT_EQ(result["call"], status_text(STATUS_SUCCESS));
  EXPECT_EQ(result["call-protocol"], status_text(STATUS_ACCESS_DENIED));
  EXPECT_EQ(result["inner.echo"], "inner-text");
  EXPECT_EQ(probe("call Witness fail_0xC0000064")["call"], status_text(STATUS_NO_SUCH_USER));
  EXPECT_EQ(probe("call-ex Witness read_0_4 0")["call-ex"], status_text(STATUS_SUCCESS));
}

TEST(OtherPackages, AThrowInTheInnerFailsTheInnerOnly) {
  const CallResult result = probe("call Witness throw\necho outer");
  EXPECT_NE(result["call"], status_text(STATUS_SUCCESS));
  EXPECT_EQ(result["echo"], "outer");
}

TEST(OtherPackages, FromADirectChannel) {
  Conversation talk("a-user=alice&a-run=call_Witness_client-info");
  ASSERT_TRUE(talk.complete()) << status_text(talk.acceptor_leg.status);
  EXPECT_NE(talk.acceptor_leg.token.find("inner.process=" + std::to_string(::getpid())), std::string::npos)
      << talk.acceptor_leg.token;
}

TEST(Memory, HeapsAndProtection) {
  EXPECT_EQ(probe("heaps")["heaps"], "1");
  const CallResult protection = probe("protect a-password");
  EXPECT_EQ(protection["protect-changes"], "1");
  EXPECT_EQ(protection["protect-back"], "1");
}

TEST(Information, OfTheHost) {
  const CallResult result = probe("host\nauthority-id\naccount alice\naccount TESTBOX\\alice\naccount nobody-here");
  EXPECT_EQ(result["state-directory"], installation().host_directory("probe"));
  EXPECT_EQ(result["authority-id-bytes"].size(), 64u);
  EXPECT_EQ(result["account"], status_text(STATUS_NONE_MAPPED));
  EXPECT_EQ(result["account-sid"], alice().sid);
  UCHAR id[OPENLSA_AUTHORITY_ID_LENGTH] = {};
  EXPECT_STATUS(STATUS_SUCCESS, OpenLsaGetAuthorityId(id));
  char pair[3];
  std::string text;
  for (const UCHAR byte : id) {
    std::snprintf(pair, sizeof pair, "%02x", byte);
    text += pair;
  }
  EXPECT_EQ(text, result["authority-id-bytes"]) << "clients and packages know the same";
  const unsigned host = static_cast<unsigned>(std::stoul(result["host-process"]));
  if (is_embedded()) {
    EXPECT_EQ(host, static_cast<unsigned>(::getpid()));
  } else if (is_isolated()) {
    EXPECT_NE(host, static_cast<unsigned>(lsad()->process_id()));
    EXPECT_NE(host, static_cast<unsigned>(::getpid()));
  } else {
    EXPECT_EQ(host, static_cast<unsigned>(lsad()->process_id()));
  }
  if (is_isolated() && is_root()) {
    EXPECT_GE(std::stoul(result["host-uid"]), 59500u);
  }
}

TEST(Information, AuditLogonIsRecordedAsThePackagesWords) {
  probe("audit-logon who-logged-on-4711");
  EXPECT_TRUE(eventually([] {
    const std::string audit = installation().audit();
    const std::size_t at = audit.find("who-logged-on-4711");
    if (at == std::string::npos) return false;
    const std::size_t begin = audit.rfind('\n', at) + 1;
    return audit.substr(begin, audit.find('\n', at) - begin).find("package-logon") != std::string::npos;
  }));
}

}  // namespace
}  // namespace openlsa::test
