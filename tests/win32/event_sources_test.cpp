// Events that another process sets too, by bytes in a descriptor.
#include <fcntl.h>
#include <gtest/gtest.h>
#include <openlsa/windows.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <thread>
#include <vector>

#include "base/unique_fd.hpp"
#include "win32/local_object.hpp"

namespace openlsa::win32_tests {
namespace {

constexpr DWORD long_wait = 30'000;

class EventSources : public testing::Test {
 protected:
  ~EventSources() override { EXPECT_TRUE(CloseHandle(event_)); }
  static std::uint32_t value_of(HANDLE handle) {
    return static_cast<std::uint32_t>(reinterpret_cast<std::uintptr_t>(handle));
  }
  // The far end, which signals.
  base::UniqueFd attach(std::uint32_t source, HANDLE event) {
    int ends[2];
    EXPECT_EQ(::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0, ends), 0);
    EXPECT_TRUE(openlsa_private_attach_to_event(value_of(event), source, ends[0]));
    return base::UniqueFd(ends[1]);
  }
  static bool signal(const base::UniqueFd& far_end) {
    const char byte = 1;
    return ::send(far_end.get(), &byte, 1, MSG_NOSIGNAL) == 1;
  }
  const HANDLE event_ = CreateEventW(nullptr, FALSE, FALSE, nullptr);
};

TEST_F(EventSources, SetIt) {
  const base::UniqueFd one = attach(1, event_), two = attach(2, event_);
  EXPECT_EQ(WaitForSingleObject(event_, 0), WAIT_TIMEOUT);
  EXPECT_EQ(WaitForSingleObject(event_, 5), WAIT_TIMEOUT);
  for (const base::UniqueFd* source : {&one, &two}) {
    ASSERT_TRUE(signal(*source));
    ASSERT_TRUE(signal(*source));
    EXPECT_EQ(WaitForSingleObject(event_, long_wait), WAIT_OBJECT_0);
    EXPECT_EQ(WaitForSingleObject(event_, 0), WAIT_TIMEOUT) << "consumed, however many signals there were";
  }
  EXPECT_TRUE(SetEvent(event_));
  EXPECT_EQ(WaitForSingleObject(event_, 0), WAIT_OBJECT_0);
  ASSERT_TRUE(signal(one));
  EXPECT_TRUE(ResetEvent(event_));
  EXPECT_EQ(WaitForSingleObject(event_, 0), WAIT_TIMEOUT) << "reset takes back what came before";
}

TEST_F(EventSources, WakeWhoeverWaitsAlready) {
  std::atomic<int> woken{0};
  std::vector<std::thread> waiters;
  for (int i = 0; i < 3; ++i)
    waiters.emplace_back([&] {
      if (WaitForSingleObject(event_, INFINITE) == WAIT_OBJECT_0) ++woken;
    });
  const base::UniqueFd source = attach(1, event_);  // while they wait
  for (int expected = 1; expected <= 2; ++expected) {
    ASSERT_TRUE(signal(source));
    while (woken < expected) std::this_thread::yield();
    EXPECT_EQ(woken, expected) << "one for each signal";
  }
  EXPECT_TRUE(SetEvent(event_)) << "and the process itself wakes the last";
  for (std::thread& waiter : waiters) waiter.join();
  EXPECT_EQ(woken, 3);
}

TEST_F(EventSources, OfAManualResetEventWakeAll) {
  const HANDLE manual = CreateEventW(nullptr, TRUE, FALSE, nullptr);
  const base::UniqueFd source = attach(1, manual);
  std::vector<std::thread> waiters;
  for (int i = 0; i < 4; ++i)
    waiters.emplace_back([&] { EXPECT_EQ(WaitForSingleObject(manual, INFINITE), WAIT_OBJECT_0); });
  ASSERT_TRUE(signal(source));
  for (std::thread& waiter : waiters) waiter.join();
  EXPECT_EQ(WaitForSingleObject(manual, 0), WAIT_OBJECT_0);
  EXPECT_TRUE(CloseHandle(manual));
}

TEST_F(EventSources, GoWhenTheyAreDetachedReplacedOrOver) {
  base::UniqueFd first = attach(1, event_);
  const base::UniqueFd second = attach(1, event_);
  EXPECT_FALSE(signal(first)) << "replaced, and closed";
  ASSERT_TRUE(signal(second));
  EXPECT_EQ(WaitForSingleObject(event_, long_wait), WAIT_OBJECT_0);
  EXPECT_TRUE(openlsa_private_detach_from_event(value_of(event_), 1));
  EXPECT_FALSE(signal(second));
  EXPECT_FALSE(openlsa_private_detach_from_event(value_of(event_), 1));
  base::UniqueFd third = attach(1, event_);
  third.reset();
  EXPECT_EQ(WaitForSingleObject(event_, 5), WAIT_TIMEOUT) << "its end is no signal";
  EXPECT_TRUE(SetEvent(event_));
  EXPECT_EQ(WaitForSingleObject(event_, INFINITE), WAIT_OBJECT_0);
}

TEST_F(EventSources, EndWithTheHandle) {
  const HANDLE closed = CreateEventW(nullptr, FALSE, FALSE, nullptr);
  const base::UniqueFd source = attach(1, closed);
  EXPECT_TRUE(CloseHandle(closed));
  EXPECT_FALSE(signal(source)) << "nobody is there";
  int ends[2];
  ASSERT_EQ(::pipe2(ends, O_CLOEXEC), 0);
  EXPECT_FALSE(openlsa_private_attach_to_event(value_of(closed), 1, ends[0])) << "a stale handle";
  EXPECT_EQ(::fcntl(ends[0], F_GETFD), -1) << "taken in every case";
  ::close(ends[1]);
  for (const std::uint32_t none : {0u, 8u, 0x7ffffffcu})
    EXPECT_FALSE(openlsa_private_detach_from_event(none, 1)) << none;
}

// What a child reads, its parent would miss.
TEST_F(EventSources, AreThoseOfTheirProcess) {
  const base::UniqueFd source = attach(1, event_);
  ASSERT_TRUE(signal(source));
  const pid_t child = ::fork();
  if (child == 0) ::_exit(WaitForSingleObject(event_, 0) == WAIT_TIMEOUT ? 0 : 1);
  int status = 0;
  ASSERT_EQ(::waitpid(child, &status, 0), child);
  EXPECT_EQ(status, 0);
  EXPECT_EQ(WaitForSingleObject(event_, 0), WAIT_OBJECT_0);
}

}  // namespace
}  // namespace openlsa::win32_tests
