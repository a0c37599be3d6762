// Tokens between processes: as descriptors, after a death, after a fork.
#include <gtest/gtest.h>
#include <openlsa/ntstatus.h>
#include <openlsa/winerror.h>
#include <unistd.h>

#include "support/authority_environment.hpp"
#include "support/child.hpp"
#include "support/composition.hpp"
#include "support/lsa_client.hpp"
#include "support/tokens.hpp"

namespace openlsa::test {
namespace {

LogonResult logon(const char* user, SECURITY_LOGON_TYPE type = Interactive) {
  return Connection::trusted().logon("Probe", std::string("user=") + user, type);
}

TEST(Tokens, AsADescriptorKeepTheirSession) {
  const LogWatch log("probe");
  LogonResult result = logon("alice");
  ASSERT_STATUS(STATUS_SUCCESS, result.status);
  int descriptor = -1;
  ASSERT_STATUS(STATUS_SUCCESS, OpenLsaTokenToDescriptor(result.token.get(), &descriptor));
  ASSERT_GE(descriptor, 0);
  EXPECT_TRUE(result.token.close());
  EXPECT_TRUE(session_listed(result.luid));
  HANDLE again = nullptr;
  ASSERT_STATUS(STATUS_SUCCESS, OpenLsaTokenFromDescriptor(descriptor, &again));
  EXPECT_EQ(token_user(again), alice().sid);
  EXPECT_EQ(token_logon_id(again), result.luid);
  EXPECT_TRUE(CloseHandle(again));
  EXPECT_TRUE(session_listed(result.luid)) << "the descriptor alone keeps it";
  ::close(descriptor);
  EXPECT_TRUE(log.wait({"LogonTerminated", "0", "luid=" + std::to_string(result.luid)}));
}

TEST(Tokens, OtherDescriptorsAreNone) {
  int pair[2];
  ASSERT_EQ(::pipe(pair), 0);
  HANDLE token = reinterpret_cast<HANDLE>(0x55);
  EXPECT_STATUS(STATUS_INVALID_HANDLE, OpenLsaTokenFromDescriptor(pair[0], &token));
  EXPECT_EQ(token, nullptr);
  EXPECT_STATUS(STATUS_INVALID_HANDLE, OpenLsaTokenFromDescriptor(-1, &token));
  ::close(pair[0]);
  ::close(pair[1]);
  int descriptor = 5;
  EXPECT_STATUS(STATUS_INVALID_HANDLE, OpenLsaTokenToDescriptor(reinterpret_cast<HANDLE>(0x7ffffff0), &descriptor));
  EXPECT_EQ(descriptor, -1);
}

TEST(Tokens, TravelBetweenProcesses) {
  OPENLSA_NEEDS_DAEMON();
  LogonResult result = logon("alice");
  ASSERT_STATUS(STATUS_SUCCESS, result.status);
  int descriptor = -1;
  ASSERT_STATUS(STATUS_SUCCESS, OpenLsaTokenToDescriptor(result.token.get(), &descriptor));
  Child child([](const Line& line) {
    int received = -1;
    line.hear(&received);
    HANDLE token = nullptr;
    const NTSTATUS status = OpenLsaTokenFromDescriptor(received, &token);
    return status_text(status) + " " + token_user(token) + " " + std::to_string(token_logon_id(token));
  });
  child.line().say("token", descriptor);
  ::close(descriptor);
  EXPECT_EQ(child.finish(), status_text(STATUS_SUCCESS) + " " + alice().sid + " " + std::to_string(result.luid));
}

TEST(Tokens, OfALostProcessEndTheirSession) {
  OPENLSA_NEEDS_DAEMON();
  const LogWatch log("probe");
  Child child([](const Line& line) {
    LogonResult result = logon("alice");
    line.say(std::to_string(result.luid));
    line.hear();
    return std::string("never");
  });
  const std::string luid = child.line().hear();
  ASSERT_TRUE(session_listed(std::stoull(luid)));
  child.kill();
  EXPECT_TRUE(log.wait({"LogonTerminated", "0", "luid=" + luid}));
  EXPECT_TRUE(eventually([&] { return !session_listed(std::stoull(luid)); }));
}

TEST(Tokens, AHandleIsNothingInAnotherProcess) {
  OPENLSA_NEEDS_DAEMON();
  const LogonResult result = logon("alice");
  ASSERT_STATUS(STATUS_SUCCESS, result.status);
  const HANDLE handle = result.token.get();
  // The child is a client of its own after the fork: the parent's number names nothing there.
  EXPECT_EQ(in_child([handle] { return std::string(is_open(handle) ? "open" : "closed"); }), "closed");
  EXPECT_TRUE(is_open(handle));
}

}  // namespace
}  // namespace openlsa::test
