// Whole handshakes with bytes changed, cut off or added on the way: nothing but the untouched messages leads to a
// context.
#include <gtest/gtest.h>

#include <random>

#include "peers.hpp"

namespace msv1_0 {
namespace {

using test::Handshake;

Bytes mutate(Bytes message, std::mt19937& random) {
  const unsigned changes = 1 + random() % 4;
  for (unsigned i = 0; i < changes; ++i) {
    const std::size_t place = random() % message.size();
    switch (random() % 8) {
      case 0:
        message.resize(place + 1);
        break;
      case 1:
        message.insert(message.begin() + static_cast<std::ptrdiff_t>(place), static_cast<std::uint8_t>(random()));
        break;
      case 2:
        message[place] = 0;
        break;
      case 3:
        message[place] = 0xff;
        break;
      default:
        message[place] ^= static_cast<std::uint8_t>(1 << random() % 8);
    }
  }
  return message;
}

TEST(Mutation, NoChangedHandshakeSucceeds) {
  std::mt19937 random(5);
  unsigned reached_the_end = 0, altered = 0;
  for (unsigned round = 0; round < 30'000; ++round) {
    Handshake handshake;
    handshake.client.wanted = round % 2 == 0 ? flag::sign | flag::seal : 0;
    Bytes* const messages[] = {&handshake.negotiate, &handshake.challenge, &handshake.authenticate};
    const unsigned which = random() % 3;
    const auto leg = [&](unsigned number) {
      if (number != which) return true;
      const Bytes before = *messages[number];
      *messages[number] = mutate(before, random);
      return *messages[number] != before;
    };
    ASSERT_TRUE(handshake.send_negotiate());
    if (!leg(0) || !handshake.send_challenge()) continue;
    if (!leg(1) || !handshake.send_authenticate()) continue;
    if (!leg(2)) continue;
    ++reached_the_end;
    const SECURITY_STATUS status = handshake.finish();
    ASSERT_NE(status, SEC_E_OK) << round;
    ASSERT_FALSE(handshake.acceptor->established());
    altered += status == SEC_E_MESSAGE_ALTERED;
  }
  EXPECT_GT(reached_the_end, 10'000u) << "the changes must leave something to decide";
  EXPECT_GT(altered, 2'000u);
}

}  // namespace
}  // namespace msv1_0
