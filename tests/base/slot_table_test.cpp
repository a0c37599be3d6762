#include "base/slot_table.hpp"

#include <gtest/gtest.h>

#include <set>
#include <string>

namespace openlsa::base {
namespace {

TEST(SlotTable, FindsWhatWasInserted) {
  SlotTable<std::string> table;
  const auto name = table.insert("a");
  ASSERT_TRUE(name);
  ASSERT_NE(table.find(*name), nullptr);
  EXPECT_EQ(*table.find(*name), "a");
}

TEST(SlotTable, AStaleNameFindsNothingEvenWhenItsSlotIsInUseAgain) {
  SlotTable<int> table(1);
  const auto first = table.insert(1);
  ASSERT_TRUE(table.take(*first));
  const auto second = table.insert(2);
  ASSERT_TRUE(second);
  EXPECT_EQ(table.find(*first), nullptr);
  EXPECT_FALSE(table.take(*first));
  EXPECT_EQ(*table.find(*second), 2);
}

TEST(SlotTable, AForgedNameFindsNothing) {
  SlotTable<int> table;
  const auto name = table.insert(7);
  for (std::uint32_t forged : {0u, *name + 1, *name ^ (1u << SlotTable<int>::slot_bits), 0xffffffffu})
    EXPECT_EQ(table.find(forged), nullptr) << forged;
}

TEST(SlotTable, ANameOfATableThatBeganElsewhereFindsNothing) {
  SlotTable<int> one(4, 1), other(4, 77);
  const auto name = one.insert(7);
  ASSERT_TRUE(other.insert(8));
  EXPECT_EQ(other.find(*name), nullptr);
  SlotTable<int> zero(4, 1u << SlotTable<int>::generation_bits);  // a generation of 0 would make a name of 0
  EXPECT_NE(*zero.insert(9), 0u);
}

TEST(SlotTable, RefusesMoreThanItsLimit) {
  SlotTable<int> table(2);
  EXPECT_TRUE(table.insert(1));
  EXPECT_TRUE(table.insert(2));
  EXPECT_FALSE(table.insert(3));
  EXPECT_EQ(table.size(), 2u);
}

TEST(SlotTable, NamesFitTwentyEightBitsAndAreNeverZero) {
  SlotTable<int> table(1);
  std::set<std::uint32_t> names;
  for (int i = 0; i < 40000; ++i) {
    const auto name = table.insert(i);
    ASSERT_TRUE(name);
    ASSERT_NE(*name, 0u);
    ASSERT_EQ(*name >> 28, 0u);
    names.insert(*name);
    table.take(*name);
  }
  EXPECT_EQ(names.size(), (1u << SlotTable<int>::generation_bits) - 1);  // a name returns only after all others
}

}  // namespace
}  // namespace openlsa::base
