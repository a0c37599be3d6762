#include "wire/mux_channel.hpp"

#include <gtest/gtest.h>
#include <sys/socket.h>

#include <atomic>
#include <future>

namespace openlsa::wire {
namespace {

struct Pair {
  base::UniqueFd a, b;
};
Pair make_pair_of_sockets() {
  int ends[2];
  EXPECT_EQ(::socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends), 0);
  return {base::UniqueFd(ends[0]), base::UniqueFd(ends[1])};
}
Message message_of(std::uint8_t value) {
  Message message;
  message.bytes = {value};
  return message;
}
bool call_once(MuxChannel& channel, std::uint64_t chain) {
  Message request = message_of(1);
  return channel.call(1, request, chain).has_value();
}

TEST(MuxChannel, AnswersManyCallsAtOnce) {
  auto sockets = make_pair_of_sockets();
  MuxChannel a(std::move(sockets.a), [](auto, auto&, auto, auto&) { return false; }, [] {});
  MuxChannel b(
      std::move(sockets.b),
      [](std::uint16_t method, Message& request, std::uint64_t, Message& reply) {
        reply = message_of(static_cast<std::uint8_t>(request.bytes[0] + method));
        return true;
      },
      [] {});
  a.start();
  b.start();
  std::vector<std::future<bool>> calls;
  for (std::uint8_t i = 0; i < 32; ++i)
    calls.push_back(std::async(std::launch::async, [&a, i] {
      for (int round = 0; round < 50; ++round) {
        Message request = message_of(i);
        const auto reply = a.call(3, request, 0);
        if (!reply || reply->bytes[0] != i + 3) return false;
      }
      return true;
    }));
  for (auto& call : calls) EXPECT_TRUE(call.get());
}

// A calls B calls A calls B ... with one chain: every level runs on the thread that waits.
TEST(MuxChannel, ServesNestedCallsOfAChainOnTheWaitingThread) {
  auto sockets = make_pair_of_sockets();
  std::unique_ptr<MuxChannel> a, b;
  const std::thread::id caller = std::this_thread::get_id();
  std::atomic<int> on_caller{0};
  a = std::make_unique<MuxChannel>(
      std::move(sockets.a),
      [&](std::uint16_t, Message& request, std::uint64_t chain, Message& reply) {
        if (std::this_thread::get_id() == caller) ++on_caller;
        Message next = message_of(static_cast<std::uint8_t>(request.bytes[0] - 1));
        auto inner = a->call(1, next, chain);
        if (!inner) return false;
        reply = std::move(*inner);
        return true;
      },
      [] {});
  b = std::make_unique<MuxChannel>(
      std::move(sockets.b),
      [&](std::uint16_t, Message& request, std::uint64_t chain, Message& reply) {
        if (request.bytes[0] == 0) {
          reply = message_of(99);
          return true;
        }
        auto inner = b->call(1, request, chain);
        if (!inner) return false;
        reply = std::move(*inner);
        return true;
      },
      [] {});
  a->start();
  b->start();
  Message first = message_of(5);
  const auto reply = a->call(1, first, 42);
  ASSERT_TRUE(reply);
  EXPECT_EQ(reply->bytes[0], 99);
  EXPECT_EQ(on_caller, 5);
}

TEST(MuxChannel, FailsWaitingCallsWhenTheOtherSideDies) {
  auto sockets = make_pair_of_sockets();
  std::promise<void> lost;
  MuxChannel a(std::move(sockets.a), [](auto, auto&, auto, auto&) { return true; }, [&] { lost.set_value(); });
  a.start();
  auto call = std::async(std::launch::async, [&] { return call_once(a, 0); });
  static_cast<void>(receive_frame(sockets.b.get()));  // the request has arrived
  sockets.b.reset();
  EXPECT_FALSE(call.get());
  lost.get_future().wait();
  EXPECT_FALSE(call_once(a, 0));
}

// What the other side sends faster than we answer costs it the channel, not us our memory: of its own requests, and of
// those in a call that we wait in.
void flood(std::uint64_t chain, std::size_t body_bytes, std::size_t limit) {
  auto sockets = make_pair_of_sockets();
  std::promise<void> release, lost;
  const auto released = release.get_future().share();
  MuxChannel a(
      std::move(sockets.a),
      [&](std::uint16_t, Message&, std::uint64_t, Message&) {
        released.wait();
        return true;
      },
      [&] { lost.set_value(); });
  a.start();
  auto call = std::async(std::launch::async, [&] { return call_once(a, 42); });
  static_cast<void>(receive_frame(sockets.b.get()));
  Message request;
  request.bytes.resize(body_bytes);
  std::size_t sent = 0;
  while (sent < 2 * limit && send_frame(sockets.b.get(), {.method = 1, .id = sent + 1, .chain = chain}, request))
    ++sent;
  EXPECT_LT(sent, 2 * limit);
  release.set_value();
  lost.get_future().wait();
  EXPECT_FALSE(call.get());
}

TEST(MuxChannel, GivesUpASideThatFloodsIt) {
  flood(0, 1, 1500);
  flood(42, 1, 1500);
}

TEST(MuxChannel, GivesUpASideThatFillsItsMemory) {
  flood(0, 1 << 20, 300);
  flood(42, 1 << 20, 300);
}

TEST(MuxChannel, EndsOnAReplyThatNobodyAskedFor) {
  auto sockets = make_pair_of_sockets();
  std::promise<void> lost;
  MuxChannel a(std::move(sockets.a), [](auto, auto&, auto, auto&) { return true; }, [&] { lost.set_value(); });
  a.start();
  ASSERT_TRUE(send_frame(sockets.b.get(), {.kind = FrameKind::reply, .method = 1, .id = 5}, message_of(1)));
  lost.get_future().wait();
  EXPECT_TRUE(a.ended());
}

}  // namespace
}  // namespace openlsa::wire
