#include <gtest/gtest.h>

#include "protocol/messages.hpp"

namespace sshkey {
namespace {

Message1 sample() {
  Message1 message;
  message.flags = flag_replay_detect;
  message.ephemeral.fill(1);
  message.target = "web@" + std::string(64, 'a');
  message.binding.fill(2);
  return message;
}

TEST(Messages, EachRoundTrips) {
  const auto first = decode_message1(encode(sample()));
  ASSERT_TRUE(first);
  EXPECT_EQ(first->target, sample().target);
  EXPECT_EQ(first->flags, sample().flags);
  EXPECT_EQ(first->binding, sample().binding);
  Fixed32 ephemeral;
  ephemeral.fill(3);
  const auto second = decode_message2(encode(Message2{ephemeral, {1, 2, 3}}));
  ASSERT_TRUE(second);
  EXPECT_EQ(second->ephemeral, ephemeral);
  EXPECT_EQ(second->sealed, (Bytes{1, 2, 3}));
  const auto third = decode_message3(encode_message3(Bytes{4, 5}));
  ASSERT_TRUE(third);
  EXPECT_EQ(*third, (Bytes{4, 5}));
}

TEST(Messages, EveryTruncationAndEveryTrailingByteIsRefused) {
  Bytes bytes = encode(sample());
  for (std::size_t size = 0; size < bytes.size(); ++size)
    EXPECT_FALSE(decode_message1(View(bytes).first(size))) << size;
  bytes.push_back(0);
  EXPECT_FALSE(decode_message1(bytes));
  Bytes third = encode_message3(Bytes{4, 5});
  for (std::size_t size = 0; size < third.size(); ++size)
    EXPECT_FALSE(decode_message3(View(third).first(size))) << size;
  third.push_back(0);
  EXPECT_FALSE(decode_message3(third));
}

TEST(Messages, OneMessageIsNeverTakenForAnother) {
  const Bytes first = encode(sample());
  EXPECT_FALSE(decode_message2(first));
  EXPECT_FALSE(decode_message3(first));
  EXPECT_FALSE(decode_message1(encode_message3(Bytes{1})));
  EXPECT_FALSE(decode_message3(encode(Message2{{}, {1}})));
}

TEST(Messages, AnotherSuiteIsRefused) {
  Bytes bytes = encode(sample());
  bytes[1] = 2;
  EXPECT_FALSE(decode_message1(bytes));
}

TEST(Messages, UnknownFlagsAreRefused) {
  Message1 message = sample();
  message.flags = 8;
  EXPECT_FALSE(decode_message1(encode(message)));
}

TEST(Messages, ATargetAboveItsLimitIsRefused) {
  Message1 message = sample();
  message.target.assign(max_target + 1, 'a');
  EXPECT_FALSE(decode_message1(encode(message)));
}

}  // namespace
}  // namespace sshkey
