#include "base/budget.hpp"

#include <gtest/gtest.h>

namespace openlsa::base {
namespace {

using std::chrono::milliseconds;

TEST(Budget, IsABurstAndOneMoreEachRefill) {
  const auto start = Budget::Clock::now();
  Budget budget(3, milliseconds(10), start);
  for (int i = 0; i < 3; ++i) EXPECT_TRUE(budget.take(start)) << i;
  EXPECT_FALSE(budget.take(start + milliseconds(9)));
  EXPECT_TRUE(budget.take(start + milliseconds(10)));
  EXPECT_FALSE(budget.take(start + milliseconds(19)));
  EXPECT_TRUE(budget.take(start + milliseconds(20))) << "the part of a refill that had passed is not lost";
}

TEST(Budget, NeverSavesMoreThanItsBurst) {
  const auto start = Budget::Clock::now();
  Budget budget(2, milliseconds(10), start);
  const auto later = start + std::chrono::hours(1);
  EXPECT_TRUE(budget.take(later));
  EXPECT_FALSE(budget.is_full(later));
  EXPECT_TRUE(budget.take(later));
  EXPECT_FALSE(budget.take(later));
  EXPECT_FALSE(budget.take(start)) << "time that goes back earns nothing";
  EXPECT_TRUE(budget.is_full(later + milliseconds(20)));
}

TEST(Budget, TellsOnceWhatWasLeftOut) {
  const auto start = Budget::Clock::now();
  Budget budget(1, milliseconds(10), start);
  EXPECT_TRUE(budget.take(start));
  EXPECT_EQ(budget.take_left_out(), 0u);
  EXPECT_FALSE(budget.take(start));
  EXPECT_FALSE(budget.take(start));
  EXPECT_EQ(budget.take_left_out(), 2u);
  EXPECT_EQ(budget.take_left_out(), 0u);
}

}  // namespace
}  // namespace openlsa::base
