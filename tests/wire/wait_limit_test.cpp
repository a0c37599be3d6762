// What a thread may wait for the other sides of its calls, all together.
#include "wire/wait_limit.hpp"

#include <gtest/gtest.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <thread>

namespace openlsa::wire {
namespace {

using std::chrono::milliseconds;

class WaitLimit : public testing::Test {
 protected:
  WaitLimit() { EXPECT_EQ(::socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends_), 0); }
  ~WaitLimit() override {
    limit_waits(std::nullopt);
    for (const int end : ends_) ::close(end);
  }
  int ends_[2] = {-1, -1};
};

TEST_F(WaitLimit, ThereIsNoneAtFirst) {
  EXPECT_FALSE(wait_left());
  EXPECT_TRUE(wait_within_limit(ends_[0], POLLIN)) << "at once: the read itself waits";
  charge_wait(std::chrono::hours(1));
  EXPECT_FALSE(wait_left());
}

TEST_F(WaitLimit, IsUsedUpBySilenceAndThenEverythingFailsAtOnce) {
  limit_waits(milliseconds(50));
  EXPECT_FALSE(wait_within_limit(ends_[0], POLLIN));
  EXPECT_EQ(wait_left(), milliseconds(0));
  EXPECT_FALSE(wait_within_limit(ends_[0], POLLIN));
  limit_waits(std::nullopt);
  EXPECT_FALSE(wait_left());
}

TEST_F(WaitLimit, WhatIsThereCostsNothingButTheTimeItTakes) {
  limit_waits(std::chrono::hours(1));
  ASSERT_EQ(::send(ends_[1], "x", 1, 0), 1);
  EXPECT_TRUE(wait_within_limit(ends_[0], POLLIN));
  EXPECT_TRUE(wait_within_limit(ends_[0], POLLOUT));
  EXPECT_GT(*wait_left(), milliseconds(0));
}

TEST_F(WaitLimit, AnOtherSideThatIsGoneIsNoSilence) {
  limit_waits(std::chrono::hours(1));
  ::shutdown(ends_[1], SHUT_RDWR);
  EXPECT_TRUE(wait_within_limit(ends_[0], POLLIN)) << "the read says it";
}

TEST_F(WaitLimit, WaitsOutsideOfPollAreCharged) {
  limit_waits(milliseconds(100));
  charge_wait(milliseconds(30));
  EXPECT_EQ(wait_left(), milliseconds(70));
  charge_wait(std::chrono::microseconds(1));
  EXPECT_EQ(wait_left(), milliseconds(69)) << "up: who asks again and again must come to an end";
  charge_wait(milliseconds(70));
  EXPECT_EQ(wait_left(), milliseconds(0));
}

TEST_F(WaitLimit, IsTheThreadsOwn) {
  limit_waits(milliseconds(5));
  std::optional<milliseconds> others = milliseconds(1);
  std::thread([&] { others = wait_left(); }).join();
  EXPECT_FALSE(others);
}

}  // namespace
}  // namespace openlsa::wire
