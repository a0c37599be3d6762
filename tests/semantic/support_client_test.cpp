// What a package does with its client: memory that both have, work that goes on there, and what it asks of the call.
#include <gtest/gtest.h>
#include <openlsa/ntsecpkg.h>
#include <openlsa/ntstatus.h>

#include "support/authority_environment.hpp"
#include "support/lsa_client.hpp"
#include "support/sspi_client.hpp"

namespace openlsa::test {
namespace {

CallResult probe(const std::string& script) { return Connection::untrusted().call("Probe", script); }

TEST(SharedMemory, IsSeenByBothHalves) {
  const CallResult result = probe("shared both-see-this");
  EXPECT_EQ(result["shared-created"], "1");
  EXPECT_EQ(result["shared-allocated"], "1");
  ASSERT_EQ(result["shared-map"], status_text(STATUS_SUCCESS));
  EXPECT_EQ(result["shared-same-place"], "1") << "a section is mapped once";
  ASSERT_EQ(result["shared-call"], status_text(STATUS_SUCCESS));
  EXPECT_EQ(result["shared-seen"], "both-see-this") << "what the package wrote";
  EXPECT_EQ(result["shared-back"], "siht-ees-htob") << "what the client wrote";
  EXPECT_EQ(result["shared-deleted"], "1");
  EXPECT_EQ(result["shared-deleted-again"], "0");
  EXPECT_EQ(result["shared-map-deleted"], status_text(STATUS_INVALID_PARAMETER));
}

TEST(SharedMemory, OnADirectChannelToo) {
  Conversation talk("a-user=alice&a-run=shared_direct");
  ASSERT_TRUE(talk.complete()) << status_text(talk.acceptor_leg.status);
  const std::string& token = talk.acceptor_leg.token;
  EXPECT_NE(token.find("shared-seen=direct"), std::string::npos) << token;
  EXPECT_NE(token.find("shared-back=tcerid"), std::string::npos) << token;
}

TEST(SharedMemory, HasNoClientInACallOfAnotherPackage) {
  const CallResult result = probe("call Probe2 shared_text");
  EXPECT_EQ(result["inner.shared-allocated"], "1");
  EXPECT_EQ(result["inner.shared-map"], status_text(STATUS_INVALID_PARAMETER));
}

TEST(AppMode, GoesOnInTheClientWhenTheCallHasSucceeded) {
  const CallResult set = probe("app-mode 4 21 22 go-on");
  EXPECT_EQ(set["app-mode"], status_text(STATUS_SUCCESS));
  EXPECT_EQ(set["app-mode-values"], "4 21 22 go-on 0") << "GetAppModeInfo says the same within the call";
  EXPECT_EQ(probe("callback #5 0 0 x")["callback-output"], "21 22 go-on");
  // The next call knows nothing of it.
  EXPECT_EQ(probe("app-mode 4 1 2 no return")["app-mode-read"], status_text(STATUS_NOT_FOUND));
}

TEST(AppMode, OnADirectChannelToo) {
  Conversation talk("a-user=alice&a-run=app-mode_4_31_32_leg");
  ASSERT_TRUE(talk.complete()) << status_text(talk.acceptor_leg.status);
  EXPECT_EQ(probe("callback #5 0 0 x")["callback-output"], "31 32 leg");
}

TEST(AppMode, OfACallThatFailsIsForgotten) {
  probe("app-mode 4 41 42 before");
  const CallResult failed = probe("app-mode 4 51 52 failed\nfail 0xC0000022");
  EXPECT_STATUS(STATUS_ACCESS_DENIED, failed.status);
  EXPECT_EQ(probe("callback #5 0 0 x")["callback-output"], "41 42 before");
}

TEST(AppMode, DoesNotReturnToTheAuthority) {
  const CallResult result = probe("app-mode 4 61 62 x return");
  EXPECT_EQ(result["app-mode"], status_text(STATUS_NOT_SUPPORTED));
  const CallResult inner = probe("call Probe2 app-mode_4_1_2_x");
  EXPECT_EQ(inner["inner.app-mode"], status_text(STATUS_INVALID_PARAMETER)) << "a package is no application";
}

TEST(ClientRequests, AnswerWhatThereIs) {
  const CallResult result = probe("client-request 1\nextended-flags");
  EXPECT_EQ(result["client-request"], status_text(STATUS_SUCCESS));
  EXPECT_EQ(result["client-session"], "0") << "the machine's own session";
  EXPECT_EQ(result["extended-flags-status"], status_text(STATUS_SUCCESS));
  EXPECT_EQ(result["extended-flags"], "0") << "no client runs in an app container";
  EXPECT_EQ(probe("client-request 2")["client-request"], status_text(STATUS_INVALID_PARAMETER));
}

}  // namespace
}  // namespace openlsa::test
