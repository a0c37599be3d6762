// Calls between packages: A calls B calls A. "Probe" and "Relay" may call each other; each has a host of its own when
// packages are isolated.
#include <gtest/gtest.h>
#include <openlsa/ntsecpkg.h>
#include <openlsa/ntstatus.h>
#include <openlsa/winerror.h>
#include <unistd.h>

#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <thread>

#include "support/authority_environment.hpp"
#include "support/child.hpp"
#include "support/composition.hpp"
#include "support/lsa_client.hpp"
#include "support/sspi_client.hpp"

namespace openlsa::test {
namespace {

std::string call(const std::string& package, const std::string& script, const char* how = "call") {
  std::string line = std::string(how) + " " + package + " %";
  char pair[3];
  for (const unsigned char c : script) {
    std::snprintf(pair, sizeof pair, "%02x", c);
    line += pair;
  }
  return line;
}

CallResult probe(const std::string& script) { return Connection::untrusted().call("Probe", script); }

unsigned long attributes(const CallResult& result, const std::string& name) {
  return std::stoul("0" + result[name]) & (SECPKG_CALL_IN_PROC | SECPKG_CALL_RECURSIVE);
}

constexpr unsigned long nested = SECPKG_CALL_IN_PROC | SECPKG_CALL_RECURSIVE;

TEST(CallChain, StaysOnOneThread) {
  const CallResult result = probe("own-thread\n" + call("Relay", "own-thread\n" + call("Probe", "own-thread")));
  ASSERT_EQ(result["inner.inner.door"], "trusted");
  EXPECT_EQ(result["inner.inner.own-thread"], result["own-thread"]) << "A calls B calls A";
  if (is_isolated()) {
    EXPECT_NE(result["inner.own-thread"], result["own-thread"]) << "B has its own process";
  }
}

TEST(CallChain, ThreeTimesThereAndBack) {
  std::string script = "own-thread";
  for (const char* package : {"Probe", "Relay", "Probe", "Relay", "Probe", "Relay"})
    script = "own-thread\n" + call(package, script);
  const CallResult result = probe(script);
  std::string inner;
  for (int level = 0; level <= 6; ++level, inner += "inner.")
    EXPECT_EQ(result[inner + "own-thread"], result[level % 2 == 0 ? "own-thread" : "inner.own-thread"]) << level;
}

TEST(CallChain, OfOnePackageAndOfOneFile) {
  for (const char* package : {"Probe", "Probe2"}) {
    const CallResult result = probe("own-thread\n" + call(package, "own-thread\ncall-info"));
    EXPECT_EQ(result["call"], status_text(STATUS_SUCCESS)) << package;
    EXPECT_EQ(result["inner.own-thread"], result["own-thread"]) << package;
    EXPECT_EQ(attributes(result, "inner.call-attributes"), nested) << package;
  }
  // Without any right: Witness may call nobody.
  const Connection connection = Connection::untrusted();
  EXPECT_EQ(connection.call("Witness", call("Witness2", "echo x"))["inner.echo"], "x");
  EXPECT_EQ(connection.call("Witness", call("Probe", "echo x"))["call"], status_text(STATUS_ACCESS_DENIED));
}

TEST(CallChain, NamesTheOriginalCallerAtEveryDepth) {
  const std::string ask = "client-info\ncall-info\n";
  const CallResult result = probe(ask + call("Relay", ask + call("Probe", ask)));
  std::string inner;
  for (int depth = 1; depth <= 3; ++depth, inner += "inner.") {
    EXPECT_EQ(result[inner + "process"], std::to_string(::getpid())) << depth;
    EXPECT_EQ(result[inner + "thread-id"], std::to_string(GetCurrentThreadId())) << depth;
    EXPECT_EQ(result[inner + "logon-id"], result["logon-id"]) << depth;
    EXPECT_EQ(result[inner + "tcb"], result["tcb"]) << depth;
    EXPECT_EQ(result[inner + "call-count"], std::to_string(depth)) << "how deep it is";
    EXPECT_EQ(attributes(result, inner + "call-attributes"), depth == 1 ? 0 : nested) << depth;
  }
}

TEST(CallChain, FromADirectChannelToo) {
  Conversation talk("a-user=alice&a-run=own-thread;call-info;" + [] {
    std::string line = call("Relay", call("Probe", "own-thread\ncall-info\nclient-info"));
    for (char& c : line) c = c == ' ' ? '_' : c;
    return line;
  }());
  ASSERT_TRUE(talk.complete()) << status_text(talk.acceptor_leg.status);
  const Answers said = parse_answers(talk.acceptor_leg.token.substr(talk.acceptor_leg.token.find("own-thread=")));
  EXPECT_EQ(answer(said, "inner.inner.own-thread"), answer(said, "own-thread"));
  EXPECT_EQ(answer(said, "inner.inner.process"), std::to_string(::getpid()));
  EXPECT_EQ(answer(said, "call-count"), "1");
  EXPECT_EQ(answer(said, "inner.inner.call-count"), "3");
}

TEST(CallChain, FromAThreadOfThePackage) {
  const std::string ask = "own-thread\nclient-info\ncall-info\n";
  const CallResult result = probe("host\n" + call("Relay", ask + call("Probe", ask), "thread-call"));
  ASSERT_EQ(result["thread-call"], "1");
  EXPECT_EQ(result["thread-call-info"], "0") << "the thread has no current call";
  EXPECT_EQ(result["call"], status_text(STATUS_SUCCESS));
  EXPECT_EQ(result["inner.process"], result["host-process"]) << "the client is the package";
  EXPECT_EQ(result["inner.thread-id"], result["call-thread"]);
  EXPECT_EQ(attributes(result, "inner.call-attributes"), ULONG{SECPKG_CALL_IN_PROC}) << "within no other call";
  EXPECT_EQ(result["inner.call-count"], "1");
  EXPECT_EQ(result["inner.inner.own-thread"], result["call-thread"]) << "and that thread serves the call back";
  EXPECT_EQ(attributes(result, "inner.inner.call-attributes"), nested);
  EXPECT_EQ(result["inner.inner.call-count"], "2");
}

TEST(CallChain, ActsAsTheClientOfTheChain) {
  const CallResult result =
      probe("client-token\n" + call("Relay", "client-token\nimpersonate\nthread-token\n" +
                                                 call("Probe", "client-token\nimpersonate\nthread-token")));
  EXPECT_EQ(result["inner.client-token-user"], result["client-token-user"]);
  EXPECT_EQ(result["inner.inner.client-token-user"], result["client-token-user"]);
  EXPECT_EQ(result["inner.thread-user"], result["client-token-user"]);
  EXPECT_EQ(result["inner.inner.thread-user"], result["client-token-user"]);
  // What an inner call impersonates is over with it.
  const CallResult after = probe(call("Relay", "impersonate stay") + "\nthread-token");
  EXPECT_EQ(after["inner.impersonate"], status_text(STATUS_SUCCESS));
  EXPECT_EQ(after["thread-token"], "0");
}

TEST(CallChain, IsBounded) {
  std::string script = "echo bottom";
  for (int i = 0; i < 9; ++i) script = call(i % 2 == 0 ? "Relay" : "Probe", script);
  const CallResult result = probe("echo top\n" + script);
  EXPECT_EQ(result["echo"], "top");
  std::string inner;
  int depth = 1;
  while (result[inner + "call"] == status_text(STATUS_SUCCESS)) {
    inner += "inner.";
    ++depth;
  }
  EXPECT_EQ(result[inner + "call"], status_text(STATUS_STACK_OVERFLOW));
  EXPECT_EQ(depth, 8);
  EXPECT_EQ(probe(call("Relay", "echo after"))["inner.echo"], "after");
}

TEST(CallChain, AFailureAnywhereIsToldOutwards) {
  EXPECT_EQ(probe(call("Relay", call("Probe", "fail 0xC0000064") + "\necho middle"))["inner.call"],
            status_text(STATUS_NO_SUCH_USER));
  const CallResult thrown = probe(call("Relay", call("Probe", "throw") + "\necho middle") + "\necho outer");
  EXPECT_NE(thrown["inner.call"], status_text(STATUS_SUCCESS));
  EXPECT_EQ(thrown["inner.echo"], "middle");
  EXPECT_EQ(thrown["echo"], "outer");
  const CallResult middle = probe(call("Relay", call("Probe", "echo deep") + "\nthrow") + "\necho outer");
  EXPECT_NE(middle["call"], status_text(STATUS_SUCCESS));
  EXPECT_EQ(middle["echo"], "outer");
}

// Both directions at once, more threads than a chain has links: nobody waits for a thread that waits for him.
TEST(CallChain, CrossingChainsDoNotBlockEachOther) {
  constexpr int threads = 12, rounds = 8;
  std::atomic<int> good{0};
  std::vector<std::thread> clients;
  for (int i = 0; i < threads; ++i)
    clients.emplace_back([&, i] {
      const char *here = i % 2 == 0 ? "Probe" : "Relay", *there = i % 2 == 0 ? "Relay" : "Probe";
      const Connection connection = Connection::untrusted();
      const std::string script =
          "own-thread\n" + call(there, "own-thread\n" + call(here, "own-thread\n" + call(there, "own-thread")));
      for (int round = 0; round < rounds; ++round) {
        const CallResult result = connection.call(here, script);
        good += !result["own-thread"].empty() && result["inner.inner.own-thread"] == result["own-thread"] &&
                result["inner.inner.inner.own-thread"] == result["inner.own-thread"];
      }
    });
  for (std::thread& client : clients) client.join();
  EXPECT_EQ(good, threads * rounds);
}

bool answers(const char* package) { return Connection::untrusted().call(package, "echo x")["echo"] == "x"; }

// Probe calls Relay calls Probe calls Relay, whose host crashes: the host in the middle of the chain is gone too, for
// it is the same one, while Probe works on.
TEST(CallChainCrash, OfTheHostInTheMiddle) {
  OPENLSA_NEEDS_ISOLATION();
  const LogWatch log("probe");
  const CallResult result = probe(
      call("Relay", call("Probe", call("Relay", "crash") + "\nlog inner-goes-on\nclient-info\nlog $client-info")) +
      "\necho outer\ncall-info");
  EXPECT_STATUS(STATUS_SUCCESS, result.status);
  EXPECT_EQ(result["echo"], "outer");
  EXPECT_NE(result["call"], status_text(STATUS_SUCCESS)) << "whoever was to answer is gone";
  EXPECT_EQ(result["call-info"], "1") << "the outer call is what it was";
  EXPECT_EQ(log.count({"note", "inner-goes-on"}), 1);
  EXPECT_EQ(log.count({"note", status_text(STATUS_SUCCESS)}), 1) << "the inner call still has its client";
  EXPECT_TRUE(eventually([] { return answers("Relay"); })) << "the host comes back";
  EXPECT_EQ(probe(call("Relay", call("Probe", "echo again")))["inner.inner.echo"], "again");
}

TEST(CallChainCrash, OfTheHostAtTheEnd) {
  OPENLSA_NEEDS_ISOLATION();
  const CallResult result = probe(call("Relay", call("Witness", "crash") + "\necho middle") + "\necho outer");
  EXPECT_NE(result["inner.call"], status_text(STATUS_SUCCESS));
  EXPECT_EQ(result["inner.echo"], "middle");
  EXPECT_EQ(result["echo"], "outer");
  EXPECT_TRUE(eventually([] { return answers("Witness"); }));
}

// The innermost call has the least time: what hangs there costs its own host, and the others say that it failed.
TEST(CallChainDeadline, AHangCostsTheHostThatHangs) {
  OPENLSA_NEEDS_ISOLATION();
  Installation place("[policy]\ncall_deadline_seconds = 8\n");
  place.add_package("probe", package_file("probe_package"), {.call_packages = {"Relay"}});
  place.add_package("relay", package_file("relay_package"), {.call_packages = {"Witness"}});
  place.add_package("witness", package_file("witness_package"), {});
  const Daemon daemon(place.directory());
  const std::string said = in_child([&] {
    ::setenv("OPENLSA_AUTHORITY", place.socket().c_str(), 1);
    const CallResult result =
        probe("host\n" + call("Relay", "host\n" + call("Witness", "sleep 600000") + "\necho middle") + "\necho outer");
    const CallResult after = probe("host\n" + call("Relay", "host"));
    return result["inner.call"] + " " + result["inner.echo"] + " " + result["echo"] +
           (result["host-process"] == after["host-process"] ? " probe-stays" : " probe-lost") +
           (result["inner.host-process"] == after["inner.host-process"] ? " relay-stays" : " relay-lost");
  });
  EXPECT_EQ(said, status_text(SEC_E_INTERNAL_ERROR) + " middle outer probe-stays relay-stays");
  EXPECT_NE(place.audit().find("\"event\":\"host-overdue\",\"package\":\"witness\""), std::string::npos);
  EXPECT_EQ(place.audit().find("\"event\":\"host-overdue\",\"package\":\"relay\""), std::string::npos);
}

// A notification that blocks its thread is a call like any other for the authority, which asks for the oldest one.
TEST(NotificationDeadline, OneThatNeverReturnsCostsItsHost) {
  OPENLSA_NEEDS_ISOLATION();
  Installation place("[policy]\ncall_deadline_seconds = 2\n");
  place.add_package("probe", package_file("probe_package"), {});
  const Daemon daemon(place.directory());
  const std::string said = in_child([&] {
    ::setenv("OPENLSA_AUTHORITY", place.socket().c_str(), 1);
    const std::string before = probe("host\nnotify hangs type=16 run=sleep_600000")["host-process"];
    const bool restarted = eventually([&] {
      const std::string now = probe("host")["host-process"];
      return !now.empty() && now != before;
    });
    // On a thread of its own it is the package's, and may run for ever.
    const std::string after = probe("host\nnotify stays type=16 flags=1 run=sleep_600000")["host-process"];
    return std::string(restarted ? "restarted" : "not restarted") + (after.empty() ? " gone" : " there");
  });
  EXPECT_EQ(said, "restarted there");
  EXPECT_NE(place.audit().find("host-overdue"), std::string::npos);
}

}  // namespace
}  // namespace openlsa::test
