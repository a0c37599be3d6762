#include <gtest/gtest.h>

#include "protocol/pending.hpp"

namespace sshkey {
namespace {

PendingChallenge challenge_of(std::uint32_t uid, Fixed32& challenge) {
  PendingChallenge pending;
  fill_random(pending.fields.challenge);
  challenge = pending.fields.challenge;
  pending.uid = uid;
  return pending;
}

TEST(PendingTable, AChallengeServesOneAttempt) {
  PendingTable table;
  Fixed32 challenge;
  ASSERT_TRUE(table.add(challenge_of(1, challenge), 100));
  EXPECT_TRUE(table.take(challenge, 1, 101));
  EXPECT_FALSE(table.take(challenge, 1, 101));
}

TEST(PendingTable, AChallengeLives60Seconds) {
  PendingTable table;
  Fixed32 young, old;
  ASSERT_TRUE(table.add(challenge_of(1, young), 100));
  ASSERT_TRUE(table.add(challenge_of(1, old), 100));
  EXPECT_TRUE(table.take(young, 1, 159));
  EXPECT_FALSE(table.take(old, 1, 160));
}

TEST(PendingTable, AnotherUidCannotUseAChallengeAndItIsGoneAfterwards) {
  PendingTable table;
  Fixed32 challenge;
  ASSERT_TRUE(table.add(challenge_of(1, challenge), 100));
  EXPECT_FALSE(table.take(challenge, 2, 101));
  EXPECT_FALSE(table.take(challenge, 1, 101));
}

TEST(PendingTable, TheQuotaOfOneUidLeavesRoomForOthersAndComesBackWithTime) {
  PendingTable table;
  Fixed32 challenge;
  for (std::size_t i = 0; i < max_pending_per_uid; ++i) ASSERT_TRUE(table.add(challenge_of(1, challenge), 100));
  EXPECT_FALSE(table.add(challenge_of(1, challenge), 100));
  EXPECT_TRUE(table.add(challenge_of(2, challenge), 100));
  EXPECT_TRUE(table.add(challenge_of(1, challenge), 160));
}

}  // namespace
}  // namespace sshkey
