#include "protocol/protection.hpp"

#include <gtest/gtest.h>

namespace sshkey {
namespace {

class GcmKeyTest : public ::testing::Test {
 protected:
  GcmKeyTest() : secret_(key_size) { fill_random(secret_.reveal_mutable()); }
  bool open(Bytes& data, const std::uint8_t* tag, std::uint64_t sequence, View associated) {
    GcmKey key(secret_, GcmKey::Direction::open);
    return key.begin(sequence) && key.associated(associated) && key.crypt(data) && key.finish_open(tag);
  }
  Secret secret_;
};

TEST_F(GcmKeyTest, OneContextServesManyMessages) {
  GcmKey sealer(secret_, GcmKey::Direction::seal), opener(secret_, GcmKey::Direction::open);
  for (std::uint64_t sequence = 0; sequence < 5; ++sequence) {
    Bytes data(100, static_cast<std::uint8_t>(sequence)), original = data, head{1, 2};
    std::uint8_t tag[16];
    ASSERT_TRUE(sealer.begin(sequence) && sealer.associated(head) && sealer.crypt(data) && sealer.finish_seal(tag));
    EXPECT_NE(data, original);
    ASSERT_TRUE(opener.begin(sequence) && opener.associated(head) && opener.crypt(data) && opener.finish_open(tag));
    EXPECT_EQ(data, original);
  }
}

TEST_F(GcmKeyTest, AnyChangeIsNoticed) {
  GcmKey sealer(secret_, GcmKey::Direction::seal);
  Bytes data(40, 7), head{1, 2};
  std::uint8_t tag[16];
  ASSERT_TRUE(sealer.begin(3) && sealer.associated(head) && sealer.crypt(data) && sealer.finish_seal(tag));
  Bytes copy = data;
  EXPECT_TRUE(open(copy, tag, 3, head));
  copy = data;
  EXPECT_FALSE(open(copy, tag, 4, head));
  copy = data;
  EXPECT_FALSE(open(copy, tag, 3, Bytes{1, 3}));
  copy = data;
  copy[39] ^= 1;
  EXPECT_FALSE(open(copy, tag, 3, head));
  tag[0] ^= 1;
  copy = data;
  EXPECT_FALSE(open(copy, tag, 3, head));
}

TEST(ReceiveWindow, WithSequenceDetectionOnlyTheNextMessageIsTaken) {
  ReceiveWindow window(true, true);
  EXPECT_TRUE(window.acceptable(0));
  EXPECT_FALSE(window.acceptable(1));
  window.record(0);
  EXPECT_FALSE(window.acceptable(0));
  EXPECT_TRUE(window.acceptable(1));
}

TEST(ReceiveWindow, WithReplayDetectionReorderingAndLossPassAndReplayDoesNot) {
  ReceiveWindow window(true, false);
  window.record(0);
  window.record(5);
  EXPECT_TRUE(window.acceptable(3));
  window.record(3);
  EXPECT_FALSE(window.acceptable(3));
  EXPECT_FALSE(window.acceptable(5));
  EXPECT_FALSE(window.acceptable(0));
  EXPECT_TRUE(window.acceptable(4));
  EXPECT_TRUE(window.acceptable(1'000'000));
}

TEST(ReceiveWindow, WhatIsOlderThanTheWindowIsRefused) {
  ReceiveWindow window(true, false);
  window.record(100);
  EXPECT_TRUE(window.acceptable(37));
  EXPECT_FALSE(window.acceptable(36));
  window.record(1000);
  EXPECT_FALSE(window.acceptable(100));
  EXPECT_TRUE(window.acceptable(999));
}

TEST(ReceiveWindow, WithoutDetectionEverythingAuthenticPasses) {
  ReceiveWindow window(false, false);
  window.record(7);
  EXPECT_TRUE(window.acceptable(7));
  EXPECT_TRUE(window.acceptable(0));
}

TEST(ReceiveWindow, NumbersBeyondTheKeysLifeAreRefused) {
  ReceiveWindow window(false, false);
  EXPECT_TRUE(window.acceptable(max_messages - 1));
  EXPECT_FALSE(window.acceptable(max_messages));
  EXPECT_FALSE(window.acceptable(~std::uint64_t{0}));
}

}  // namespace
}  // namespace sshkey
