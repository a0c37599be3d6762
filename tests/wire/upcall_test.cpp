// Up-calls of one request share one time: a client that answers late, or not, must not cost the host its deadline.
#include <gtest/gtest.h>
#include <sys/socket.h>

#include <thread>

#include "wire/blocking_channel.hpp"

namespace openlsa::wire {
namespace {

Message nothing;

struct Pair {
  Pair() {
    int ends[2];
    EXPECT_EQ(::socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends), 0);
    host.reset(ends[0]);
    client.reset(ends[1]);
  }
  base::UniqueFd host, client;
};

TEST(Upcall, AnUnansweredOneLeavesNoTimeForAnother) {
  Pair sockets;
  UpcallTime time{std::chrono::milliseconds(20)};
  for (int i = 0; i < 3; ++i) {
    UpcallTransport transport(sockets.host.get(), 7, time);
    EXPECT_FALSE(transport.call(1, nothing, 0));
    EXPECT_TRUE(transport.broken());
  }
  EXPECT_TRUE(receive_frame(sockets.client.get(), MSG_DONTWAIT));
  EXPECT_EQ(receive_frame(sockets.client.get(), MSG_DONTWAIT).error(), WireError::would_block) << "asked again";
}

TEST(Upcall, AnAnswerThatIsNoneLeavesNoTimeEither) {
  Pair sockets;
  const FrameHeader wrong{.kind = FrameKind::upcall_reply, .method = 1, .id = 8, .chain = 0};
  ASSERT_TRUE(send_frame(sockets.client.get(), wrong, {}));
  UpcallTime time;
  UpcallTransport transport(sockets.host.get(), 7, time);
  EXPECT_FALSE(transport.call(1, nothing, 0));
  EXPECT_TRUE(UpcallTransport(sockets.host.get(), 7, time).broken());
}

TEST(Upcall, AnsweredOnesUseUpTheTimeThatTheyTake) {
  Pair sockets;
  std::thread client([&] {
    for (int i = 0; i < 2; ++i) {
      auto frame = receive_frame(sockets.client.get());
      ASSERT_TRUE(frame);
      std::this_thread::sleep_for(std::chrono::milliseconds(30));
      frame->header.kind = FrameKind::upcall_reply;
      EXPECT_TRUE(send_frame(sockets.client.get(), frame->header, {}));
    }
  });
  UpcallTime time{std::chrono::milliseconds(20'000)};
  for (int i = 0; i < 2; ++i) {
    UpcallTransport transport(sockets.host.get(), 7, time);
    EXPECT_TRUE(transport.call(1, nothing, 0));
    EXPECT_FALSE(transport.broken());
  }
  client.join();
  EXPECT_LE(time.left.count(), 20'000 - 2 * 30);
}

}  // namespace
}  // namespace openlsa::wire
