// The loop of the server: who is told what.
#include "service/server/event_loop.hpp"

#include <gtest/gtest.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <unistd.h>

namespace openlsa::service {
namespace {

// Two descriptors are ready in one round; the first one's handler closes both, and others take their numbers. The
// second event is of the closed one: another client would be taken for one whose process has ended.
TEST(EventLoop, TellsNobodyOfAnEventOfTheDescriptorThatHadTheNumberBefore) {
  EventLoop loop;
  const int first = ::eventfd(1, EFD_CLOEXEC), second = ::eventfd(1, EFD_CLOEXEC);
  int told_old = 0, told_new = 0;
  const auto replace = [&](std::uint32_t) {
    ++told_old;
    for (const int fd : {first, second}) {
      loop.forget(fd);
      ::close(fd);
    }
    for (const int fd : {first, second}) {
      const int never_ready = ::eventfd(0, EFD_CLOEXEC);
      if (never_ready != fd) {
        ASSERT_EQ(::dup2(never_ready, fd), fd);
        ::close(never_ready);
      }
      ASSERT_TRUE(loop.watch(fd, EPOLLIN, [&](std::uint32_t) { ++told_new; }));
    }
    loop.stop();
  };
  ASSERT_TRUE(loop.watch(first, EPOLLIN, replace));
  ASSERT_TRUE(loop.watch(second, EPOLLIN, replace));
  loop.run();
  EXPECT_EQ(told_old, 1);
  EXPECT_EQ(told_new, 0);
  for (const int fd : {first, second}) ::close(fd);
}

}  // namespace
}  // namespace openlsa::service
